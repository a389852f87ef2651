"""Where is whom trainings reached?"""

from django.urls import path

from spheres.training.reach import views

app_name = "reach"
urlpatterns = [
    path("", views.reach, name="reach"),
    path("sheet/", views.sheet, name="sheet"),
]
