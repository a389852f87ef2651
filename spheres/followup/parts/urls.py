"""Where is it said who does what for a person? Under her file; its own part, at a partner's."""

from django.urls import path

from spheres.followup.parts import views

app_name = "parts"
urlpatterns = [
    path("files/<uuid:file_id>/parts/", views.page, name="page"),
    path("files/<uuid:file_id>/parts/together/", views.together, name="together"),
    path("files/<uuid:file_id>/parts/new/", views.add, name="add"),
    path("files/<uuid:file_id>/parts/<uuid:part_id>/", views.change, name="change"),
    path("sharing/<uuid:consent_id>/parts/<uuid:part_id>/", views.ours, name="ours"),
]
