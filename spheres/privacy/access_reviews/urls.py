"""Where is access looked at, once a year?"""

from django.urls import path

from spheres.privacy.access_reviews import views

app_name = "access_reviews"
urlpatterns = [path("access/", views.page, name="page")]
