"""Where is supervision offered, asked for, moved, held, and written of?"""

from django.urls import path

from spheres.worker_support.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("offer/", views.offer, name="offer"),
    path("<uuid:slot_id>/", views.slot, name="slot"),
    path("<uuid:slot_id>/note/", views.write, name="write"),
    path("<uuid:slot_id>/accept/", views.accept, name="accept"),
    path("<uuid:slot_id>/move/", views.move, name="move"),
    path("<uuid:slot_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:slot_id>/held/", views.say_held, name="held"),
]
