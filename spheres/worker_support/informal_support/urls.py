"""Where does one keep a line on the support between colleagues, and erase it?"""

from django.urls import path

from spheres.worker_support.informal_support import views

app_name = "informal_support"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:informal_id>/erase/", views.erase, name="erase"),
]
