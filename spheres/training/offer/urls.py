"""Where is the yearly offer?"""

from django.urls import path

from spheres.training.offer import views

app_name = "offer"
urlpatterns = [
    path("", views.index, name="list"),
    path("<uuid:offered_id>/out/", views.take_out, name="take_out"),
]
