"""Where is supervision offered, asked for, moved, held, and written of?"""

from django.urls import path

from spheres.worker_support.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("offer/", views.offer, name="offer"),
    path("<uuid:slot_id>/", views.slot, name="slot"),
    path("<uuid:slot_id>/note/", views.write, name="write"),
    path("<uuid:slot_id>/bring/", views.bring_whose, name="bring_whose"),
    path("<uuid:slot_id>/bring/<uuid:file_id>/", views.bring, name="bring"),
    path("<uuid:slot_id>/brought/", views.read_brought, name="brought"),
    path("<uuid:slot_id>/brought/take-back/", views.take_back, name="take_back"),
    path("<uuid:slot_id>/brought/known/", views.step_back, name="step_back"),
    path("<uuid:slot_id>/accept/", views.accept, name="accept"),
    path("<uuid:slot_id>/move/", views.move, name="move"),
    path("<uuid:slot_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:slot_id>/held/", views.say_held, name="held"),
]
