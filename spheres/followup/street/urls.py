"""Where does one write without a network, and place what came of it?"""

from django.urls import path

from spheres.followup.street import views

app_name = "street"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("write/", views.write, name="write"),
    path("worker.js", views.worker, name="worker"),
    path("entries/", views.receive, name="receive"),
    path("<uuid:entry_id>/", views.entry, name="entry"),
    path("<uuid:entry_id>/away/", views.put_away, name="put_away"),
]
