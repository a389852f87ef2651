"""Where are the partners’ cards, what they expect of each other, and their agreements?"""

from django.urls import path

from spheres.partners.cards import views

app_name = "cards"
urlpatterns = [
    path("", views.overview, name="list"),
    path("region/", views.region, name="region"),
    path("ours/", views.say, name="say"),
    path("agreements/", views.protocols, name="protocols"),
    path("agreements/new/", views.sign, name="sign"),
    path("agreements/<uuid:protocol_id>/again/", views.review, name="review"),
    path("expectations/<uuid:expectation_id>/agree/", views.agree, name="agree"),
    path("<uuid:partner_id>/", views.card, name="card"),
    path("<uuid:partner_id>/expect/", views.expect, name="expect"),
]
