"""Where are her private pages, on the youth site? Their addresses say nothing."""

from django.urls import path

from spheres.portal.own_pages import views

app_name = "own_pages"
urlpatterns = [
    path("n/61/", views.pages, name="list"),
    path("n/62/", views.write, name="write"),
    path("n/63/<uuid:own_page_id>/", views.page, name="page"),
    path("n/64/<uuid:own_page_id>/", views.change, name="change"),
    path("n/65/<uuid:own_page_id>/", views.delete, name="delete"),
    path("n/66/<uuid:own_page_id>/", views.give, name="give"),
]
