"""Where is her one page? Under her file."""

from django.urls import path

from spheres.followup.summary import views

app_name = "summary"
urlpatterns = [
    path("files/<uuid:file_id>/summary/", views.page, name="page"),
    path("files/<uuid:file_id>/summary/new/", views.add, name="add"),
    path("files/<uuid:file_id>/summary/lines/<uuid:line_id>/", views.change, name="change"),
    path("files/<uuid:file_id>/summary/lines/<uuid:line_id>/off/", views.remove, name="remove"),
    path("files/<uuid:file_id>/summary/versions/", views.versions, name="versions"),
    path("files/<uuid:file_id>/summary/versions/<uuid:version_id>/", views.version, name="version"),
]
