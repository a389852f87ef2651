"""What is kept of a stage mark: the topic, the sentence she chose, who held the pen, which day?

A mark is added and never changed: going back, trying, setting aside are marks like the others. It
opens no right and closes none (admission.policy knows nothing of it).
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core.words import FileSection
from spheres.records.models import Pen, Record, RecordStatus
from spheres.regions import queries as regions
from spheres.sharing.rules import PLAN
from spheres.vault.models import LockedText

# Vocabularies of the region.
TOPICS: Final = "stage_topics"
OWN: Final = "own"  # the topic in her own words
# Sentences that say she went back: part of the way, in both vocabularies.
GOING_BACK: Final = frozenset({"return", "going_back"})


class Unsaid(models.TextChoices):
    """Answers that are always there beside the sentences."""

    UNSURE = "unsure", gettext_lazy("I do not know")
    NOT_SAID = "not_said", gettext_lazy("I prefer not to say")


class StageMark(Record):
    """One sentence she recognised herself in, for one topic, some day."""

    class Sentences(models.TextChoices):
        """Two ways to say it; each is a vocabulary of the region."""

        STAGES = "stages", gettext_lazy("Stages of change")
        CYCLE = "engagement_cycle", gettext_lazy("Cycle of engagement")

    # Never read by a partner: out of its place, a stage is soon read as a judgement.
    access = FileSection(PLAN, by="written_by", stays=True)

    topic = models.CharField(max_length=32)
    topic_words = LockedText()
    sentences = models.CharField(max_length=24, choices=Sentences)
    # A code of that vocabulary, or one of `Unsaid`.
    stage = models.CharField(max_length=24)
    pen = models.CharField(max_length=8, choices=Pen)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["file", "-occurred_at", "id"], name="stage_marks_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.id}"

    @property
    def topic_label(self) -> str:
        """The topic as she names it; asked of an opened one."""
        if self.topic == OWN:
            return self.opened.topic_words or regions.label(TOPICS, OWN)
        return regions.label(TOPICS, self.topic)

    @property
    def sentence(self) -> str:
        """What she recognised herself in, in the reader's language."""
        return sentence_of(self.sentences, self.stage)

    @property
    def pen_label(self) -> str:
        return str(Pen(self.pen).label)

    @property
    def is_going_back(self) -> bool:
        return self.stage in GOING_BACK


class StageMarkStatus(RecordStatus):
    access = FileSection(PLAN, amend=True)

    record = models.OneToOneField(
        StageMark, models.PROTECT, primary_key=True, related_name="standing"
    )

    def __str__(self) -> str:
        return self.status


def sentences(vocabulary: str) -> list[tuple[str, str]]:
    """The sentences one may choose among, then the answers that are always there."""
    said = [(word.code, sentence_of(vocabulary, word.code)) for word in regions.words(vocabulary)]
    return [*said, *((code, str(label)) for code, label in Unsaid.choices)]


def sentence_of(vocabulary: str, code: str) -> str:
    """One of them. Of the cycle, the name of the moment, then how it sounds to whoever lives it."""
    if code in Unsaid.values:
        return str(Unsaid(code).label)
    if vocabulary != StageMark.Sentences.CYCLE:
        return regions.label(vocabulary, code)
    word = next((one for one in regions.words(vocabulary) if one.code == code), None)
    if word is None or not word.help:
        return regions.label(vocabulary, code)
    return _("%(moment)s. %(sentence)s") % {"moment": word.label, "sentence": word.help}
