"""Where does one answer about oneself, and erase it?"""

from django.urls import path

from spheres.worker_support.wellbeing import views

app_name = "wellbeing"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("erase/", views.erase_all, name="erase_all"),
    path("<uuid:check_in_id>/erase/", views.erase, name="erase"),
]
