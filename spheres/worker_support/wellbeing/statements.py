"""What is a worker asked about herself? Eight sentences of our own, and how far each is true.

They are no instrument: nothing is added up, and no figure says how somebody is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.IntegerChoices):
    """How far a sentence is true, these last two weeks."""

    NOT_REALLY = 1, _("Not really")
    A_LITTLE = 2, _("A little")
    FAIRLY = 3, _("Fairly well")
    ENTIRELY = 4, _("Entirely")


@dataclass(frozen=True)
class Statement:
    """One sentence; and its few words, beside the picture."""

    code: str
    words: Any
    short: Any


STATEMENTS: Final = (
    Statement("rest", _("I get enough rest."), _("Rest")),
    Statement("aside", _("Once the day is over, I can put work down."), _("Putting work down")),
    Statement("heard", _("What I hear leaves me room to breathe."), _("What I hear")),
    Statement("body", _("My body is at ease: breath, stomach, shoulders."), _("My own body")),
    Statement("good", _("I have moments that do me good."), _("What does me good")),
    Statement(
        "someone", _("I have somebody to talk to about what I carry."), _("Somebody to talk to")
    ),
    Statement(
        "limits", _("I can say that it is too much, and be heard."), _("Saying it is too much")
    ),
    Statement("sense", _("My work makes sense to me."), _("What it means to me")),
)
