"""Where is one's list, where each person is handed over, met, and who is left behind?"""

from django.urls import path

from spheres.followup.handing_over import views

app_name = "handing_over"
urlpatterns = [
    path("handing-over/", views.leaving, name="leaving"),
    path("handing-over/team/", views.team, name="team"),
    path("handing-over/team/<uuid:token>/", views.name_worker, name="name_worker"),
    path("handing-over/left/", views.left, name="left"),
    path("handed/<uuid:handed_id>/", views.handed, name="handed"),
    path("handed/<uuid:handed_id>/met/", views.met, name="met"),
    path("handed/<uuid:handed_id>/decline/", views.decline, name="decline"),
    path("files/<uuid:file_id>/handing-over/", views.decide, name="decide"),
    path("files/<uuid:file_id>/handing-over/told/", views.tell, name="tell"),
    path("files/<uuid:file_id>/handing-over/welcome/", views.welcome, name="welcome"),
]
