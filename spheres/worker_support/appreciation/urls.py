"""Where does one say a good word to a colleague, read it, and erase it?"""

from django.urls import path

from spheres.worker_support.appreciation import views

app_name = "appreciation"
urlpatterns = [
    path("", views.home, name="home"),
    path("write/", views.write, name="write"),
    path("<uuid:word_id>/erase/", views.erase, name="erase"),
]
