"""Where is a custodian named, and where are the notes read that she holds?"""

from django.urls import path

from spheres.followup.custody import views

app_name = "custody"
urlpatterns = [
    path("custody/", views.page, name="page"),
    path("custody/end/<uuid:custody_id>/", views.end, name="end"),
    path("custody/held/", views.held, name="held"),
    path("custody/held/<uuid:file_id>/", views.notes, name="notes"),
]
