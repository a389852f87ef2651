"""Where does a worker withdraw, and where do leads see that somebody needs someone else?"""

from django.urls import path

from spheres.followup.withdrawals import views

app_name = "withdrawals"
urlpatterns = [
    path("files/<uuid:file_id>/withdraw/", views.withdraw, name="withdraw"),
    path("withdrawn/", views.done, name="done"),
    path("team/someone-else/", views.notices, name="notices"),
    path("team/someone-else/<uuid:notice_id>/", views.settle, name="settle"),
]
