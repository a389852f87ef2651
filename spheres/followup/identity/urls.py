"""Where is who she says she is? Under her file."""

from django.urls import path

from spheres.followup.identity import views

app_name = "identity"
urlpatterns = [
    path("files/<uuid:file_id>/identity/", views.say, name="say"),
    path("files/<uuid:file_id>/identity/nations/", views.belonging, name="belonging"),
    path("files/<uuid:file_id>/identity/nations/open/", views.open_belonging, name="open"),
]
