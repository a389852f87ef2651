"""Where are the papers of a thing, and each of their pages?"""

from django.urls import path

from spheres.papers import views

app_name = "papers"
HERE = "files/<uuid:file_id>/papers"
SEAT = "papers/seats/<slug:kind>/<uuid:about_id>"
urlpatterns = [
    path(f"{HERE}/of/<slug:kind>/<uuid:about_id>/", views.page, name="page"),
    path(f"{HERE}/<uuid:paper_id>/<uuid:part_id>/", views.part, name="part"),
    path(f"{HERE}/<uuid:paper_id>/look/", views.look, name="look"),
    path(f"{SEAT}/", views.seat, name="seat"),
    path(f"{SEAT}/<uuid:paper_id>/<uuid:part_id>/", views.seat_part, name="seat_part"),
    path(f"{SEAT}/<uuid:paper_id>/look/", views.seat_look, name="seat_look"),
]
