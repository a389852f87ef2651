"""Where do partners ask themselves what they think?"""

from django.urls import path

from spheres.partners.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.list_all, name="list"),
    path("open/", views.open_one, name="open"),
    path("<uuid:round_id>/", views.show, name="round"),
    path("<uuid:round_id>/answer/", views.answer, name="answer"),
    path("<uuid:round_id>/paper/", views.paper, name="paper"),
    path("<uuid:round_id>/longer/", views.make_longer, name="longer"),
    path("<uuid:round_id>/count/", views.count, name="count"),
    path("<uuid:round_id>/settle/", views.settle, name="settle"),
]
