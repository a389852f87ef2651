"""Where are the charter of values, and what is asked before a real person is received?"""

from django.urls import path

from spheres.partners.joining import views

app_name = "joining"
urlpatterns = [
    path("", views.charter, name="charter"),
    path("ready/", views.ready, name="ready"),
    path("ready/assessment/", views.assessment, name="assessment"),
    path("ready/profile/", views.profile, name="profile"),
    path("ready/open/", views.open_it, name="open"),
]
