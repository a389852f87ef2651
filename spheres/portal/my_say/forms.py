"""What does she type to have her say, and her worker to answer?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.consents.actions import end_of
from spheres.followup.consents.queries import Shared
from spheres.followup.dossier import journal
from spheres.followup.identity.forms import MOST
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.notebook.forms import PinField
from spheres.sharing.rules import IDENTITY
from spheres.ui import moments
from spheres.ui.fields import AgreeField, ChecksField, LongTextField, RadiosField, TextField
from spheres.ui.forms import Form

FRESH: Final = timedelta(minutes=5)
A_MOMENT: Final = timedelta(microseconds=1)  # an end is the midnight after its last day
_SEAL: Final = signing.Signer(salt="spheres.portal.my_say")
NOT_THIS_ONE: Final = _("This is not your PIN. After five wrong tries in all, the notebook closes.")
NOTHING_TICKED: Final = _("Tick at least one, or take back everything.")
NOTHING_LEFT: Final = _("Leave at least one, or take it all back.")
NOTHING_LESS: Final = _("Nothing changes: untick something, or choose a nearer day.")
AS_NOW, TONIGHT, A_WEEK, A_MONTH = "as_now", "tonight", "a_week", "a_month"
END: Final[dict[str, Any]] = {
    AS_NOW: _("As now, until %(day)s"),
    TONIGHT: _("Until tonight, %(day)s"),
    A_WEEK: _("For a week, until %(day)s"),
    A_MONTH: _("For a month, until %(day)s"),
}
Kind = Ask.Kind
# What each is called to her, and what happens then.
TO_HER: Final[dict[str, tuple[Any, Any]]] = {
    Kind.BAR: (
        _("Somebody should not open my file"),
        _(
            "Write who, if you wish. Your worker tells you what it changes, then you decide. Once "
            "you have decided, it holds right away. Your help goes on."
        ),
    ),
    Kind.SHARE: (
        _("Share something, or share it in another way"),
        _(
            "You look at it with your worker: what, with whom, why, until when. Then you say yes "
            "or no."
        ),
    ),
    Kind.CORRECT: (
        _("Say something about what is written"),
        _(
            "You do not agree, or something is missing. Your words go beside what is written. If "
            "it is not corrected, you are told why."
        ),
    ),
    Kind.READ: (
        _("Read my file"),
        _(
            "You read it with your worker. A line can be hidden, to protect somebody. Then you are "
            "told that it is, and why."
        ),
    ),
    Kind.COPY: (
        _("Have a copy of my file"),
        _(
            "On paper, with no name or logo on it if you wish. Think of a safe place to keep it. "
            "It can stay where you meet."
        ),
    ),
    Kind.ERASE: (
        _("Have something erased"),
        _(
            "Say what. The law says what can be erased, and what must be kept for a time. You are "
            "told what is decided, why, and whom you can ask to look at it again."
        ),
    ),
    Kind.RESEARCH: (
        _("Say no to research"),
        _(
            "As soon as you send it, research uses nothing of yours any more. You do not have to "
            "say why. Your help goes on."
        ),
    ),
    Kind.NAME: (
        _("Change my name, my pronouns, my words"),
        _("Write how you want to be called, and the words you like or do not like to hear."),
    ),
    Kind.REACH: (
        _("Change how I am reached"),
        _(
            "Nothing changes by itself: somebody else could be holding your telephone. Your worker "
            "goes over it with you first, in person or by the way you chose."
        ),
    ),
    Kind.REFERRAL: (
        _("See what was said when I was referred"),
        _("You look at it with your worker."),
    ),
    Kind.SURVIVOR: (
        _("Meet somebody who lived through it"),
        _(
            "Ask for it, change it or cancel it: write which. It is not an inquiry. They learn "
            "only what you say yes to, and you can stop any day."
        ),
    ),
}  # fmt: skip
TO_HER[Kind.NO_RESEARCH] = TO_HER[Kind.RESEARCH]
# The same before the age of agreeing alone, when she only asks it.
RESEARCH_ASKED: Final = _(
    "Your worker reads it, and sees with you who must say it too. You do not have to say why. Your "
    "help goes on."
)

_BY_LAW: Final = (
    _("In the register, the days of the law run from the day it was asked."),
    _("Write it in the register"),
)
# What the press of her worker does, before it is made; and what it is called.
PRESS: Final[dict[str, tuple[Any, Any]]] = {
    Kind.READ: _BY_LAW,
    Kind.COPY: _BY_LAW,
    Kind.ERASE: (
        _(
            "Two people decide, and answer in writing. In the register, the days of the law run "
            "from the day it was asked."
        ),
        _("Write it in the register"),
    ),
    Kind.RESEARCH: (
        _("From this press on, no research takes anything of theirs."),
        _("Write down their refusal"),
    ),
    Kind.BAR: (
        _(
            "Whom, and from what, you look at together: the form opens with their words, and keeps "
            "nothing before they have read what it changes."
        ),
        _("Open the form with their words"),
    ),
    Kind.CORRECT: (
        _(
            "You choose together which text it is: the form of the register opens with their "
            "words, as of the day it was asked. A comment is written beside the text, when you "
            "read it together."
        ),
        _("Open the form with their words"),
    ),
    Kind.NAME: (
        _(
            "What you write here is kept at once. Left as it is, the page of who they say they are "
            "opens, with their words beside it."
        ),
        _("Write it, or open the page"),
    ),
    Kind.SURVIVOR: (
        _(
            "A meeting is asked, or asked otherwise, with their yes to each thing that is told: "
            "the form opens with their words beside it."
        ),
        _("Open the form with their words"),
    ),
}


class PinForm(Form):
    """Her PIN once more, before what is for her eyes alone."""

    pin = PinField(label=_("Your PIN, once more"))


def proof(session_id: UUID, *, at: datetime) -> str:
    """What her page carries once she has typed her PIN: of this session, for a few minutes."""
    return _SEAL.sign(f"{session_id}|{at.isoformat()}")


def is_proof(sent: str, session_id: UUID, *, at: datetime) -> bool:
    try:
        session, _bar, typed_at = _SEAL.unsign(sent).partition("|")
        age = at - datetime.fromisoformat(typed_at)
    except (signing.BadSignature, ValueError):
        return False
    return session == str(session_id) and timedelta() <= age <= FRESH


class BackForm(Form):
    """What she no longer shares: what is ticked, or everything."""

    which = ChecksField(label=_("What do I take back?"))

    def __init__(self, *args: Any, live: list[Shared], **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["which"].required = not self.is_all
        self.fields["which"].error_messages["required"] = NOTHING_TICKED
        self.choose_from("which", [(str(one.consent.pk), one.who) for one in live])

    @property
    def is_all(self) -> bool:
        return bool(self.data.get("step") == "all")

    @property
    def chosen(self) -> list[UUID]:
        return [] if self.is_all else [UUID(one) for one in self.cleaned_data["which"]]


def nearer_ends(of: Shared, *, at: datetime) -> dict[str, datetime]:
    """As now; then the ends that come before, in the order of days."""
    today = clock.day_of(at)
    days = {TONIGHT: today, A_WEEK: today + timedelta(days=7), A_MONTH: today + timedelta(days=30)}
    nearer = {name: end_of(on) for name, on in days.items()}
    stays = of.consent.ends_at
    return {AS_NOW: stays, **{name: end for name, end in nearer.items() if end < stays}}


class LessForm(Form):
    """Of one thing she shares: what stays open, and until when; never more than today."""

    parts = ChecksField(
        label=_("What do I still share?"),
        hint=_("Untick what they must not see any more. Your name goes with the rest."),
    )
    until = RadiosField(label=_("Until when?"))

    def __init__(self, *args: Any, of: Shared, at: datetime, **others: Any) -> None:
        super().__init__(*args, **others)
        self.of, self.ends = of, nearer_ends(of, at=at)
        self.may_untick = [s for s in of.consent.sections if s != IDENTITY]
        self.fields["parts"].initial = self.may_untick
        self.fields["parts"].error_messages["required"] = NOTHING_LEFT
        if len(self.may_untick) < 2:  # less than that is to take it back
            del self.fields["parts"]
        else:
            self.choose_from("parts", [(s, journal.SECTIONS[s]) for s in self.may_untick])
        self.fields["until"].initial = AS_NOW
        self.choose_from(
            "until",
            [
                (name, END[name] % {"day": moments.day(end - A_MOMENT)})
                for name, end in self.ends.items()
            ],
        )

    @property
    def sections(self) -> list[str]:
        return [IDENTITY, *self.cleaned_data.get("parts", self.may_untick)]

    @property
    def ends_at(self) -> datetime:
        return self.ends[self.cleaned_data["until"]]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and (set(self.sections), self.ends_at) == (
            set(self.of.consent.sections), self.of.consent.ends_at
        ):  # fmt: skip
            raise ValidationError(NOTHING_LESS)
        return said


class AskForm(Form):
    """What she asks, in her words, if she wishes."""

    words = LongTextField(
        label=_("In your words"),
        hint=_("You can leave this empty and talk about it instead."),
        required=False,
        rows=3,
        max_length=1000,
    )


class AnswerForm(Form):
    """Where it stands, and a few words for her."""

    stands = RadiosField(label=_("Where does it stand?"), choices=Answer.Stands.choices)
    words = LongTextField(
        label=_("A few words for the person"),
        hint=_("They wait in the notebook. Write nothing that somebody beside them must not read."),
        required=False,
        rows=2,
        max_length=1000,
    )


class FaceForm(Form):
    """Before who they say they are is written anew: they said it to you, not to a telephone."""

    name = TextField(label=_("The name they choose"), max_length=MOST, width="half")
    pronouns = TextField(label=_("Their pronouns"), max_length=MOST, required=False, width="half")
    confirmed = AgreeField(label=_("They confirmed it to me, face to face"))

    @property
    def called(self) -> tuple[str, str]:
        return self.cleaned_data["name"], self.cleaned_data["pronouns"]
