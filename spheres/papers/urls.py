"""Where are the papers of a thing, and each of their pages?"""

from django.urls import path

from spheres.papers import views

app_name = "papers"
HERE = "files/<uuid:file_id>/papers"
urlpatterns = [
    path(f"{HERE}/of/<slug:kind>/<uuid:about_id>/", views.page, name="page"),
    path(f"{HERE}/<uuid:paper_id>/<uuid:part_id>/", views.part, name="part"),
    path(f"{HERE}/<uuid:paper_id>/look/", views.look, name="look"),
]
