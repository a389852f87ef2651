"""Where are the library, and its links to look at?"""

from django.urls import path

from spheres.partners.library import views

app_name = "library"
urlpatterns = [
    path("", views.index, name="list"),
    path("links/", views.due, name="due"),
    path("<uuid:work_id>/link/", views.check, name="check"),
]
