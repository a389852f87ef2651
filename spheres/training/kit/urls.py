"""Where is the trainer’s kit?"""

from django.urls import path

from spheres.training.kit import views

app_name = "kit"
urlpatterns = [
    path("", views.kit, name="kit"),
    path("copy/", views.take, name="take"),
    path("look/", views.look, name="look"),
    path("look/files/", views.files, name="files"),
]
