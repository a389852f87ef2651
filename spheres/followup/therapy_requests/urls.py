"""Where is a psychotherapy asked for, and where is that answered?"""

from django.urls import path

from spheres.followup.therapy_requests import views

app_name = "therapy_requests"
urlpatterns = [
    path("files/<uuid:file_id>/asked/<uuid:consent_id>/", views.ask, name="ask"),
    path("asked/", views.to_us, name="to_us"),
    path("asked/<uuid:consent_id>/", views.answer, name="answer"),
]
