"""Where are my day, my people, and the pages of one file?"""

from django.urls import path

from spheres.followup.dossier import views

app_name = "dossier"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("people/", views.people, name="people"),
    path("contact/", views.contact, name="contact"),
    path("files/<uuid:file_id>/", views.file, name="file"),
    path("files/<uuid:file_id>/history/", views.history, name="history"),
    path("files/<uuid:file_id>/who/", views.who, name="who"),
]
