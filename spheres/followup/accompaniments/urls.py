"""Where are accompaniments? Under their file."""

from django.urls import path

from spheres.followup.accompaniments import views

app_name = "accompaniments"
urlpatterns = [
    path("", views.steps.all_of_file, name="of_file"),
    path("new/", views.steps.write, name="write"),
    path("resources/", views.resources.look, name="resources"),
    path("new/with/", views.resources.begin_with, name="begin_with"),
    path("draft/", views.steps.keep_draft, name="draft"),
    path("<uuid:record_id>/", views.steps.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.steps.correct, name="correct"),
    path("<uuid:record_id>/tell/", views.steps.tell, name="tell"),
    path("<uuid:record_id>/sheet/", views.steps.sheet, name="sheet"),
    path("<uuid:record_id>/leaves/", views.outgoing.agree, name="agree"),
    path("leaves/<uuid:referral_id>/", views.outgoing.detail, name="outgoing"),
    path("leaves/<uuid:referral_id>/hand/", views.outgoing.hand_over, name="hand"),
    path("leaves/<uuid:referral_id>/withdraw/", views.outgoing.withdraw, name="withdraw"),
    path("leaves/<uuid:referral_id>/reply/", views.outgoing.reply, name="reply"),
]
