"""Where are the figures?"""

from django.urls import path

from spheres.evaluation.indicators import views

app_name = "indicators"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/sheet/", views.sheet, name="sheet"),
    path("figures/ours/", views.ours, name="ours"),
    path("figures/ours/sheet/", views.our_sheet, name="our_sheet"),
    path("figures/quality/", views.quality, name="quality"),
    path("figures/definitions/", views.definitions, name="definitions"),
]
