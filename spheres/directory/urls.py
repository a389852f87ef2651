"""Where is the directory, one resource, its paper, and what is to be seen to?"""

from django.urls import path

from spheres.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.index, name="index"),
    path("paper/", views.paper, name="paper"),
    path("upkeep/", views.upkeep, name="upkeep"),
    path("remarks/<uuid:remark_id>/settle/", views.settle, name="settle"),
    path("<uuid:resource_id>/", views.detail, name="detail"),
    path("<uuid:resource_id>/tell/", views.tell, name="tell"),
]
