"""What of an activity does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.activities.models import Authorisation, Feedback
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part, Told


def face(feedback: Feedback) -> list[Told]:
    """The face she chose, with its word."""
    return [Told("face", _("How it was"), str(feedback.get_face_display()), is_whole=True)]


def given(authorisation: Authorisation) -> list[Told]:
    """What was asked of a minor, and who gave it."""
    return [
        Told("asked", _("What is asked"), str(authorisation.get_asked_display()), is_whole=True),
        Told("given", _("Who gave it"), str(authorisation.get_given_display()), is_whole=True),
    ]


copying.register(
    Kind(
        "activity_feedback",
        _("How an activity was"),
        Feedback,
        (
            Part("her_words", _("In your words"), is_hers=True),
            Part("found", _("What you found you can do"), is_hers=True),
        ),
        chosen=face,
    ),
    # Why no parent was asked is told to no parent.
    Kind(
        "activity_authorisations",
        _("An authorisation for an activity"),
        Authorisation,
        (Part("line", _("In one line")),),
        chosen=given,
        goes=Goes.LAW,
    ),
)
