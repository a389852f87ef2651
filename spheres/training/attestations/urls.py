"""Where are attestations read, followed and written?"""

from django.urls import path

from spheres.training.attestations import views

app_name = "attestations"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("coverage/", views.coverage, name="coverage"),
    path("coverage/sheet/", views.sheet, name="sheet"),
    path("coverage/<uuid:colleague_id>/", views.person, name="person"),
    path("coverage/<uuid:colleague_id>/shown/", views.shown, name="shown"),
    path("outside/", views.outside, name="outside"),
    path("outside/shown/", views.shown_outside, name="shown_outside"),
    path("refreshers/", views.refreshers, name="refreshers"),
    path("attestations/<uuid:attestation_id>/paper/", views.paper, name="paper"),
    path("attestations/<uuid:attestation_id>/back/", views.take_back, name="take_back"),
]
