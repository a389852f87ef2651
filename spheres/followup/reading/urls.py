"""Where is a reading prepared, held, hidden from, answered? Under her file."""

from django.urls import path

from spheres.followup.reading import views

app_name = "reading"
urlpatterns = [
    path("", views.before, name="before"),
    path("together/", views.together, name="together"),
    path("together/<slug:code>/", views.page, name="page"),
    path("held/", views.hold, name="hold"),
    path("paper/", views.paper, name="paper"),
    path("<slug:kind>/<uuid:record_id>/hide/", views.hide, name="hide"),
    path("<slug:kind>/<uuid:record_id>/say/", views.say, name="say"),
    path("masks/<uuid:mask_id>/lift/", views.lift, name="lift"),
]
