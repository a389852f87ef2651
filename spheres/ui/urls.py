"""Where are the gallery, the language switch, the way out and the blank page?

Included at the root of both sites. The way out and the blank page have addresses that say nothing.
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
    path("e/", views.away, name="away"),
    path("b", views.blank, name="blank"),
    path("e/limites", views.exit_limits, name="exit_limits"),
]
