"""What is asked of whoever asks one question, and comes back with a code for the answer?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission.forms import Part
from spheres.followup.questions import actions as questions
from spheres.public.forms.parts import PublicForm
from spheres.ui.fields import ChecksField, LongTextField, TextField

NICKNAME, QUESTION = "nickname", "question"


class AskForm(PublicForm):
    """One question. No name, no number, no age; a nickname for whoever wants one."""

    LOOK_AT = ("words", "nickname")
    COUNTED = ("question", "question_day", "question_everywhere")
    PARTS = (
        Part("words", _("Your question"), ("words",)),
        Part("nickname", _("If you like"), ("nickname",)),
    )

    words = LongTextField(
        label=_("What do you want to ask?"),
        hint=_("In your words. No name, no address, and no need to tell what happened."),
        max_length=2_000,
        rows=5,
    )
    nickname = TextField(
        label=_("A nickname"),
        hint=_("Made up, so that we can call you something. You can leave it empty."),
        max_length=40,
        required=False,
        width="half",
    )

    @property
    def code(self) -> str:
        return questions.code_of(self.record_id)

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One question at the coordination's desk, however often it is sent."""
        questions.ask(
            self.record_id,
            words=self.cleaned_data["words"],
            nickname=self.cleaned_data["nickname"],
            language=get_language() or "fr",
            desk=desk,
            by=by,
            at=at,
        )


class CodeForm(PublicForm):
    """The code of a receipt, and nothing else."""

    PARTS = (Part("code", _("Your code"), ("answer_code",)),)

    answer_code = TextField(
        label=_("Your code"),
        hint=_("Twelve letters and figures, in three groups."),
        max_length=40,
        width="half",
    )

    def read_id(self) -> None:
        """It makes nothing: any page of ours may carry the code, an old one too."""


class AddForm(PublicForm):
    """One more word of hers, under the same code."""

    LOOK_AT = ("words",)
    PARTS = (Part("words", _("Your message"), ("words",)),)

    words = LongTextField(
        label=_("Something to add?"),
        hint=_("A question, a word. No name, no address."),
        max_length=2_000,
        rows=4,
    )


class BringForm(PublicForm):
    """She would like to meet somebody: what comes along, by her own choice."""

    PARTS = (Part("bring", _("What comes along"), ("bring",)),)

    bring = ChecksField(
        label=_("What should already be written in the form?"),
        hint=_("Nothing is sent yet. Leave both empty to begin on a blank page."),
        choices=[(NICKNAME, _("My nickname")), (QUESTION, _("My first question"))],
        required=False,
    )
