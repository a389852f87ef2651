"""Where does a worker withdraw, or a reader say that they know somebody; and where do leads see
that somebody needs someone else?"""

from django.urls import path

from spheres.followup.withdrawals import views

app_name = "withdrawals"
urlpatterns = [
    path("files/<uuid:file_id>/withdraw/", views.withdraw, name="withdraw"),
    path("outside-work/<slug:kind>/<uuid:known_id>/", views.known, name="known"),
    path("withdrawn/", views.done, name="done"),
    path("team/someone-else/", views.notices, name="notices"),
    path("team/someone-else/<uuid:notice_id>/", views.settle, name="settle"),
]
