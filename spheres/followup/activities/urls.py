"""Where is what an activity was for her? Under her file."""

from django.urls import path

from spheres.followup.activities.views import taking_part, together

app_name = "activities"
urlpatterns = [
    path("", taking_part.all_of_file, name="of_file"),
    path("new/", taking_part.write, name="write"),
    path("draft/", taking_part.keep_draft, name="draft"),
    path("outings/<uuid:along_id>/back/", together.take_back, name="take_back"),
    path("<uuid:record_id>/", taking_part.detail, name="detail"),
    path("<uuid:record_id>/correct/", taking_part.correct, name="correct"),
    path("<uuid:record_id>/how/", taking_part.give_feedback, name="feedback"),
    path("<uuid:record_id>/agreed/", taking_part.authorise, name="authorise"),
    path("<uuid:record_id>/strength/", taking_part.add_strength, name="strength"),
]
