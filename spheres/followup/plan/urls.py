"""Where is her plan? Under her file."""

from django.urls import path

from spheres.followup.plan import views

app_name = "plan"
urlpatterns = [
    path("files/<uuid:file_id>/plan/", views.page, name="page"),
    path("files/<uuid:file_id>/plan/paper/", views.paper, name="paper"),
    path("files/<uuid:file_id>/plan/copy/", views.copy, name="copy"),
]
