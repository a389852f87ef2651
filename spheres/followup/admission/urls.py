"""Where are the desk, the offers, and the way to a follow-up?"""

from django.urls import path

from spheres.followup.admission import views

app_name = "admission"
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/new/", views.type_in, name="type_in"),
    path("desk/<uuid:file_id>/", views.referral, name="referral"),
    path("desk/<uuid:file_id>/close/", views.close_at_desk, name="close_at_desk"),
    path(
        "desk/<uuid:file_id>/offers/<uuid:offer_id>/take-back/", views.take_back, name="take_back"
    ),
    path("desk/<uuid:file_id>/offers/<uuid:offer_id>/answer/", views.tell_more, name="tell_more"),
    path("offers/<uuid:offer_id>/", views.offer, name="offer"),
    path("offers/<uuid:offer_id>/question/", views.ask_more, name="ask_more"),
    path("offers/<uuid:offer_id>/accept/", views.accept, name="accept"),
    path("files/<uuid:file_id>/met/", views.meet, name="meet"),
    path("files/<uuid:file_id>/admission/", views.admit, name="admit"),
    path("files/<uuid:file_id>/own-agreement/", views.agree_anew, name="agree_anew"),
    path("files/<uuid:file_id>/not-now/", views.close, name="close"),
]
