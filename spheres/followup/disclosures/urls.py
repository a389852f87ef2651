"""Where is what is told of her prepared, decided, received; and where is its register?"""

from django.urls import path

from spheres.followup.disclosures.views import parcel, telling, transfer

app_name = "disclosures"
urlpatterns = [
    path("files/<uuid:file_id>/communications/", telling.page, name="page"),
    path("files/<uuid:file_id>/communications/register/", telling.register, name="register"),
    path("files/<uuid:file_id>/communications/new/", telling.prepare, name="prepare"),
    path("files/<uuid:file_id>/communications/meeting/", telling.survivors, name="survivors"),
    path("files/<uuid:file_id>/communications/transfer/", transfer.transfer, name="transfer"),
    path("files/<uuid:file_id>/communications/asked/", telling.asked, name="asked"),
    path(
        "files/<uuid:file_id>/communications/<uuid:disclosure_id>/", telling.detail, name="detail"
    ),
    path(
        "files/<uuid:file_id>/communications/<uuid:disclosure_id>/paper/",
        telling.paper,
        name="paper",
    ),
    path(
        "files/<uuid:file_id>/communications/<uuid:disclosure_id>/sealed/",
        parcel.seal,
        name="seal",
    ),
    path("communications/", telling.to_decide, name="to_decide"),
    path("communications/<uuid:disclosure_id>/", telling.decide, name="decide"),
    path("received/", telling.received, name="received"),
    path("received/<uuid:disclosure_id>/", telling.told, name="told"),
]
