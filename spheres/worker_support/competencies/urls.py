"""Where does one look at where one stands, and erase it?"""

from django.urls import path

from spheres.worker_support.competencies import views

app_name = "competencies"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("look/", views.look, name="look"),
    path("<uuid:look_id>/erase/", views.erase, name="erase"),
]
