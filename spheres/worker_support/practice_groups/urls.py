"""Where does one find a practice group, join it, and say that one comes?"""

from django.urls import path

from spheres.worker_support.practice_groups import views

app_name = "practice_groups"
urlpatterns = [
    path("", views.home, name="home"),
    path("open/", views.open_group, name="open"),
    path("<uuid:practice_group_id>/", views.group, name="group"),
    path("<uuid:practice_group_id>/join/", views.join, name="join"),
    path("<uuid:practice_group_id>/leave/", views.leave, name="leave"),
    path("<uuid:practice_group_id>/close/", views.close, name="close"),
    path("<uuid:practice_group_id>/plan/", views.plan, name="plan"),
    path("sessions/<uuid:practice_session_id>/come/", views.come, name="come"),
    path("sessions/<uuid:practice_session_id>/stay-away/", views.stay_away, name="stay_away"),
    path("sessions/<uuid:practice_session_id>/cancel/", views.cancel, name="cancel"),
]
