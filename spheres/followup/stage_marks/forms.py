"""What may be typed of where she is? A topic and a sentence; everything else may stay empty."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.stage_marks.actions import TEXTS, Written
from spheres.followup.stage_marks.models import OWN, TOPICS, StageMark, sentences
from spheres.records.forms import LookingForm
from spheres.records.models import Pen
from spheres.regions import queries as regions
from spheres.ui.fields import DayField, LongTextField, RadiosField, TextField

Sentences = StageMark.Sentences


class StageMarkForm(LookingForm):
    """For one topic: which sentence is like you today?"""

    texts = TEXTS

    topic = RadiosField(label=_("What is this about?"))
    topic_words = TextField(
        label=_("Something else, in your words"),
        hint=_("A word or two, without the name of anyone."),
        required=False,
        max_length=80,
        width="half",
    )
    sentences = forms.ChoiceField(choices=Sentences, widget=forms.HiddenInput, required=False)
    stage = RadiosField(label=_("Which sentence is like you today?"))
    her_words = LongTextField(
        label=_("In your words"),
        hint=_("If you want: what makes you choose this one."),
        required=False,
        rows=3,
    )
    day = DayField(label=_("For which day?"), hint=_("Today, or the day you choose."))
    pen = RadiosField(label=_("Who held the pen?"), choices=Pen.choices)
    observation = LongTextField(
        label=_("What the worker saw"),
        hint=_("Facts, without names of other people, addresses or phone numbers."),
        required=False,
        rows=2,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, vocabulary: str = Sentences.STAGES, **others: Any) -> None:
        super().__init__(*args, **others)
        said = self.data.get("sentences") if self.is_bound else self.initial.get("sentences")
        self.vocabulary = said if said in Sentences.values else vocabulary
        self.initial.setdefault("sentences", self.vocabulary)
        self.choose_from("topic", regions.choices(TOPICS))
        self.choose_from("stage", sentences(self.vocabulary))

    @property
    def other_sentences(self) -> str:
        """The vocabulary that is not shown."""
        is_stages = self.vocabulary == Sentences.STAGES
        return Sentences.CYCLE if is_stages else Sentences.STAGES

    @property
    def is_more_said(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ("observation", "support"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error("day", _("This day has not come yet. A mark says where one is."))
        return day

    def clean_topic_words(self) -> str:
        """Kept only of a topic that is hers."""
        words: str = self.cleaned_data["topic_words"]
        return words if self.cleaned_data.get("topic") == OWN else ""

    @classmethod
    def values_of(cls, record: StageMark) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        return {
            "topic": record.topic,
            "sentences": record.sentences,
            "stage": record.stage,
            "pen": record.pen,
            "day": clock.day_of(record.occurred_at),
            **{name: getattr(record.opened, name) for name in TEXTS},
        }

    def written(self) -> Written:
        """The valid answers, as the action takes them; noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(said["day"], time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
        return Written(
            id=self.record_id,
            topic=said["topic"],
            sentences=self.vocabulary,
            stage=said["stage"],
            occurred_at=moment,
            pen=said["pen"],
            **{name: said[name] for name in TEXTS},
        )
