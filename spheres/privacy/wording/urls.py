"""Where are the letters of an organisation worded?"""

from django.urls import path

from spheres.privacy.wording import views

app_name = "wording"
urlpatterns = [
    path("letters/", views.page, name="page"),
    path("letters/<slug:letter>/sample/<slug:language>/", views.sample, name="sample"),
    path("letters/<slug:letter>/<slug:paragraph>/", views.one, name="one"),
    path("letters/<slug:letter>/<slug:paragraph>/back/", views.back, name="back"),
]
