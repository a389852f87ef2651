"""What may be typed in a note? Only the kind and the moment are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.notes.actions import Written
from spheres.followup.notes.models import ACTIVITY, CHANGE, MEETING, Note
from spheres.records.between.serving import Wanted
from spheres.records.naming.identifiers import Finding, look
from spheres.regions import queries as regions
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form

FREE_TEXTS = ("her_words", "observation", "support")
UNKNOWN = ("", _("Unknown"))
# What is asked under «more», and the vocabulary it is answered from.
FOLDED = {
    "place": "contact_places",
    "length": "contact_lengths",
    "initiative": "contact_beginners",
}


class NoteForm(Form):
    """Her words above the worker's; everything but kind and day may stay empty."""

    kind = RadiosField(label=_("What was it?"))
    day = DayField(label=_("Which day?"))
    hour = TimeField(
        label=_("At what time?"), hint=_("Leave empty if you do not recall."), required=False
    )
    place = SelectField(label=_("Where?"), required=False)
    length = SelectField(label=_("How long, about?"), required=False)
    initiative = SelectField(label=_("Who began it?"), required=False)
    tags = ChecksField(label=_("What was it about?"), required=False)
    # Something of her plan, when the page was opened from there.
    towards = forms.UUIDField(required=False, widget=forms.HiddenInput)
    her_words: TextField = LongTextField(
        label=_("In their words"),
        hint=_("What the person said, as they said it. They may read this page."),
        required=False,
        rows=3,
    )
    observation = LongTextField(
        label=_("What you saw or did"),
        hint=_(
            "Facts, without names of other people, addresses or phone numbers. What youth "
            "protection told you stays with it: it is not copied here."
        ),
        required=False,
        rows=6,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    is_guided = False
    texts: tuple[str, ...] = FREE_TEXTS

    def __init__(self, *args: Any, wanted: Sequence[Wanted] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        self.wanted = wanted
        self.choose_from("kind", regions.choices("contact_kinds"))
        for name, vocabulary in FOLDED.items():
            self.choose_from(name, [UNKNOWN, *regions.choices(vocabulary)])
        self.choose_from("tags", regions.choices("contact_tags"))

    @property
    def is_more_said(self) -> bool:
        """Whether something is written, or wrong, in what is folded: then it is shown unfolded."""
        return any(self[name].value() or self[name].errors for name in (*FOLDED, "tags"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error("day", _("This day has not come yet. A note tells what took place."))
        return day

    def clean_towards(self) -> UUID | None:
        """Only what stands in her own plan; anything else is left out."""
        said = self.cleaned_data["towards"]
        return said if said in {one.id for one in self.wanted} else None

    @classmethod
    def starting_values(cls, kind: str = MEETING) -> dict[str, object]:
        """Now, as most notes are written just after."""
        now = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
        return {"kind": kind, "day": now.date(), "hour": f"{now:%H:%M}"}

    @classmethod
    def values_of(cls, note: Note) -> dict[str, object]:
        """What an opened note says, to be corrected."""
        moment = note.occurred_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        return {
            "kind": note.kind,
            "day": moment.date(),
            "hour": f"{moment:%H:%M}",
            "place": note.place,
            "length": note.length,
            "initiative": note.initiative,
            "tags": note.tags,
            "towards": note.towards_id,
            "her_words": note.opened.her_words,
            "observation": note.opened.observation,
            "support": note.opened.support,
        }

    # Chosen names that do not belong in this file: of those who were there too.
    others: Collection[str] = ()

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        texts = (str(self.data.get(name) or "") for name in self.texts)
        return [finding for text in texts for finding in look(text, others=self.others)]

    def written(self, **more: Any) -> Written:
        """The valid answers, as the action takes them. Without an hour, noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(
            said["day"], said["hour"] or time(12), tzinfo=ZoneInfo(settings.TIME_ZONE)
        )
        return Written(
            id=self.record_id,
            kind=said["kind"],
            occurred_at=moment,
            **{name: said[name] for name in (*FOLDED, "tags")},
            towards_id=said["towards"],
            her_words=said["her_words"],
            observation=said["observation"],
            support=said["support"],
            **more,
        )


class ConversationForm(NoteForm):
    """The same note, after a conversation about change: four questions, and each may stay empty."""

    is_guided = True
    texts = (*FREE_TEXTS, "given_back")

    guide = forms.ChoiceField(widget=forms.HiddenInput, choices=[(CHANGE, CHANGE)], initial=CHANGE)
    her_words = TextField(
        label=_("What they said that matters"),
        hint=_("One sentence, as they said it. They may read this page."),
        required=False,
        max_length=200,
    )
    agreed = AgreeField(label=_("They agree that this sentence is kept"), required=False)
    observation = LongTextField(
        label=_("What you affirmed"),
        hint=_("An effort, a strength, a choice of theirs that you saw and named."),
        required=False,
        rows=3,
    )
    given_back = LongTextField(
        label=_("The summary you gave back"),
        hint=_("As you said it to them; and what they mended in it."),
        required=False,
        rows=3,
    )
    support = LongTextField(
        label=_("The next small step"),
        hint=_("Theirs, as small as they like. None today is an answer too."),
        required=False,
        rows=2,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("her_words") and not said.get("agreed"):
            self.add_error(
                "agreed",
                _("Without their agreement, leave the sentence out: your own words are enough."),
            )
        return said

    @classmethod
    def values_of(cls, note: Note) -> dict[str, object]:
        words = {"guide": CHANGE, "given_back": note.opened.given_back}
        return {**super().values_of(note), **words, "agreed": bool(note.opened.her_words)}

    def written(self, **more: Any) -> Written:
        said = self.cleaned_data
        kept = {name: said[name] for name in ("guide", "given_back", "agreed")}
        return super().written(**kept, **more)


def form_for(guide: object) -> type[NoteForm]:
    """The page of a guide; without one, or with one that nobody knows, the page of any contact."""
    return ConversationForm if guide == CHANGE else NoteForm


# What goes on to the next person's page. Her words, her needs, what helps her: never.
COMMON = ("kind", "day", *FOLDED, "observation")


@dataclass(frozen=True)
class Outing:
    """Several persons who were there, noted one after another: each her page, her note, her key.

    Nothing of it is kept anywhere: it travels from page to page in what the browser sends, so
    that no row, event or draft ever says who was there together (ADR several persons).
    """

    now: UUID
    then: list[UUID]
    is_arriving: bool  # the page that sent this was another person's, or the list of people
    names: Mapping[UUID, str]

    @classmethod
    def sent(cls, file_id: UUID, data: QueryDict, names: Mapping[UUID, str]) -> Outing:
        """Who is still to be noted after this one; whoever is not among my people is left out."""
        ticked = list(dict.fromkeys(one for raw in data.getlist("people") if (one := number(raw))))
        place = ticked.index(file_id) + 1 if file_id in ticked else len(ticked)
        then = [one for one in ticked[place:] if one in names]
        return cls(file_id, then, number(data.get("shown_for", "")) != file_id, names)

    @property
    def still(self) -> list[UUID]:
        return [self.now, *self.then]

    @property
    def others(self) -> list[str]:
        return [name for file_id, name in self.names.items() if file_id != self.now]

    @property
    def then_names(self) -> list[str]:
        return [self.names[file_id] for file_id in self.then]

    def form(self, data: QueryDict, next_id: Callable[[UUID, UUID], UUID]) -> NoteForm:
        """The page of whom it is for now: as sent, or begun with what the last one left."""
        sent = NoteForm(data)
        if not self.is_arriving:
            sent.others = self.others
            return sent
        if "form_id" not in data:
            return NoteForm(initial={**NoteForm.starting_values(ACTIVITY), "hour": ""})
        return NoteForm(
            initial={name: value for name, value in sent.typed().items() if name in COMMON},
            record_id=next_id(sent.record_id, self.now) if sent.intact else None,
        )


def number(raw: str) -> UUID | None:
    """An identifier as an address or a page writes it; None when it is none."""
    try:
        return UUID(raw)
    except ValueError:
        return None
