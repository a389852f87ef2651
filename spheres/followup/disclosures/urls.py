"""Where is what is told of her prepared, decided, received; and where is its register?"""

from django.urls import path

from spheres.followup.disclosures import parcel, views

app_name = "disclosures"
urlpatterns = [
    path("files/<uuid:file_id>/communications/", views.page, name="page"),
    path("files/<uuid:file_id>/communications/register/", views.register, name="register"),
    path("files/<uuid:file_id>/communications/new/", views.prepare, name="prepare"),
    path("files/<uuid:file_id>/communications/meeting/", views.survivors, name="survivors"),
    path("files/<uuid:file_id>/communications/asked/", views.asked, name="asked"),
    path("files/<uuid:file_id>/communications/<uuid:disclosure_id>/", views.detail, name="detail"),
    path(
        "files/<uuid:file_id>/communications/<uuid:disclosure_id>/paper/",
        views.paper,
        name="paper",
    ),
    path(
        "files/<uuid:file_id>/communications/<uuid:disclosure_id>/sealed/",
        parcel.seal,
        name="seal",
    ),
    path("communications/", views.to_decide, name="to_decide"),
    path("communications/<uuid:disclosure_id>/", views.decide, name="decide"),
    path("received/", views.received, name="received"),
    path("received/<uuid:disclosure_id>/", views.told, name="told"),
]
