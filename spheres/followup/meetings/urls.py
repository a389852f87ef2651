"""Where are planned meetings? Under their file; and a worker's own week beside her day."""

from django.urls import path

from spheres.followup.meetings import views

app_name = "meetings"
ONE = "files/<uuid:file_id>/meetings/<uuid:meeting_id>"
urlpatterns = [
    path("week/", views.week, name="week"),
    path("files/<uuid:file_id>/meetings/", views.of_file, name="of_file"),
    path("files/<uuid:file_id>/meetings/new/", views.plan, name="plan"),
    path(f"{ONE}/", views.detail, name="detail"),
    path(f"{ONE}/move/", views.move, name="move"),
    path(f"{ONE}/take-back/", views.take_back, name="take_back"),
    *(path(f"{ONE}/{said}/", views.say, {"answer": said}, name=said) for said in views.SAID),
]
