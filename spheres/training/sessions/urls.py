"""Where are sessions planned, and their lists kept?"""

from django.urls import path

from spheres.training.sessions import views

app_name = "sessions"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.plan, name="plan"),
    path("<uuid:training_id>/", views.session, name="session"),
    path("<uuid:training_id>/enrol/", views.enrol, name="enrol"),
    path("<uuid:training_id>/leave/", views.leave, name="leave"),
    path("<uuid:training_id>/team/", views.team, name="team"),
    path("<uuid:training_id>/here/", views.here, name="here"),
    path("<uuid:training_id>/appointment/", views.appointment, name="appointment"),
    path("<uuid:training_id>/move/", views.move, name="move"),
    path("<uuid:training_id>/teachers/", views.reassign, name="reassign"),
    path("<uuid:training_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:training_id>/costs/", views.costs, name="costs"),
    path("<uuid:training_id>/list/", views.names, name="names"),
    path("<uuid:training_id>/list/paper/", views.paper, name="paper"),
    path("<uuid:training_id>/list/room/", views.room, name="room"),
    path("<uuid:training_id>/list/close/", views.close, name="close"),
    path("<uuid:training_id>/list/<uuid:enrolment_id>/off/", views.take_off, name="take_off"),
]
