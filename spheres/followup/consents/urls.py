"""Where is what she shares, and what is shared with us?"""

from django.urls import path

from spheres.followup.consents import views

app_name = "consents"
urlpatterns = [
    path("files/<uuid:file_id>/sharing/", views.hers, name="hers"),
    path("files/<uuid:file_id>/sharing/new/", views.give, name="give"),
    path("files/<uuid:file_id>/sharing/absences/<uuid:cover_id>/", views.agree, name="agree"),
    path("files/<uuid:file_id>/sharing/<uuid:consent_id>/anew/", views.anew, name="anew"),
    path("files/<uuid:file_id>/sharing/<uuid:consent_id>/no/", views.say_no, name="say_no"),
    path("files/<uuid:file_id>/sharing/back/", views.take_back, name="take_back"),
    path("sharing/ending/", views.ending_soon, name="ending"),
    path("sharing/card/", views.card, name="card"),
    path("sharing/", views.with_us, name="with_us"),
    path("sharing/<uuid:consent_id>/", views.shared, name="shared"),
]
