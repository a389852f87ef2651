"""Where are the requests for advice, and the one that somebody answers?"""

from django.urls import path

from spheres.worker_support.intervention_support import views

app_name = "intervention_support"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<uuid:advice_id>/", views.one, name="one"),
    path("<uuid:advice_id>/hand/", views.hand, name="hand"),
    path("<uuid:advice_id>/take/", views.take, name="take"),
    path("<uuid:advice_id>/close/", views.close, name="close"),
    path("<uuid:advice_id>/open-again/", views.reopen, name="reopen"),
]
