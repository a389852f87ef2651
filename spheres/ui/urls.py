"""Where are the gallery, the language switch and the way out?

Included at the root of both sites. The way out has an address that says nothing.
"""

from django.urls import path

from . import language, views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("ui/youth/", views.gallery, {"face": "youth"}, name="gallery_youth"),
    path("ui/plain/", views.gallery, {"face": "plain"}, name="gallery_plain"),
    path("language/", language.set_language, name="language"),
    path("e", views.leave, name="exit"),
    path("e/limites", views.exit_limits, name="exit_limits"),
]
