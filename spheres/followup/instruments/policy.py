"""Who may offer a questionnaire, to whom, until when; who corrects a filled one, or reads figures?

Nothing here says who may read: the answers live in a section, and the rules open it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.instruments.items import Terms
from spheres.followup.instruments.models import AnswerSheet
from spheres.records.models import RecordStatus
from spheres.sharing.rules import ACCOMPANYING, HEALTH, THERAPISTS, THERAPY, WORKERS
from spheres.ui import moments

WRITERS: Final = {HEALTH: WORKERS, THERAPY: THERAPISTS}


class OfAge(StrEnum):
    """Whether somebody is old enough for what asks an age."""

    YES = "yes"
    NOT_YET = "not yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Age:
    """What is known of somebody’s age: a day of birth, else the ages between which it was said."""

    birth_date: str
    age_band: str

    def reaches(self, youngest: int, *, on: date) -> OfAge:
        """Whether it is certain that they are of this age that day; never guessed."""
        try:
            born = date.fromisoformat(self.birth_date)
        except ValueError:
            return self._by_band(youngest)
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return OfAge.YES if age >= youngest else OfAge.NOT_YET

    def _by_band(self, youngest: int) -> OfAge:
        least, _to, most = self.age_band.partition("-")
        if not least.isdecimal():
            return OfAge.UNKNOWN
        if int(least) >= youngest:
            return OfAge.YES
        return OfAge.NOT_YET if most.isdecimal() and int(most) < youngest else OfAge.UNKNOWN


def can_open(actor: Actor) -> Decision:
    """Those who accompany people have the library of questionnaires."""
    if not actor.has(*ACCOMPANYING):
        return no(_("Only those who accompany the person have questionnaires."))
    return yes()


def can_write(actor: Actor, section: str) -> Decision:
    """Workers write in the section « health », the psychotherapist in her own."""
    if not actor.has(*WRITERS[section]):
        return no(_("Only those who accompany the person have questionnaires."))
    return yes()


def can_offer(
    actor: Actor, section: str, terms: Terms, *, is_offered: bool, age: Age, on: date
) -> Decision:
    """Whom its licence names, while its permission lasts, to somebody old enough for it."""
    if not (allowed := can_write(actor, section)):
        return allowed
    if not actor.has(*terms.offered_by):
        return no(_("Its licence names who may offer it: your role is not among them."))
    if not is_offered:
        return no(_("The region no longer offers it. What was answered stays readable."))
    if terms.until is not None and terms.is_over(on):
        return no(
            _("The permission to use it ended on %(day)s. What was answered stays readable.")
            % {"day": moments.day(terms.until)}
        )
    return _is_old_enough(terms.youngest, age, on)


def _is_old_enough(youngest: int, age: Age, on: date) -> Decision:
    if not youngest:
        return yes()
    reached = age.reaches(youngest, on=on)
    if reached == OfAge.NOT_YET:
        return no(
            _("It is made for people of %(age)s or over: it is not for them yet.")
            % {"age": youngest}
        )
    if reached == OfAge.UNKNOWN:
        return no(
            _(
                "It is made for people of %(age)s or over, and their age is not known here. It is "
                "not offered, and nobody is asked their day of birth for it."
            )
            % {"age": youngest}
        )
    return yes()


def can_correct(actor: Actor, sheet: AnswerSheet, status: str) -> Decision:
    """Only who kept it corrects it, and once: the correction is corrected in its turn."""
    if sheet.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != RecordStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


def can_read_figures(actor: Actor, terms: Terms) -> Decision:
    """Only the roles that its recipe names unfold the figures, on its own page and nowhere else."""
    if not terms.figures_for or not actor.has(*terms.figures_for):
        return no(_("Its recipe keeps the figures for others."))
    return yes()


def can_print(actor: Actor, section: str, terms: Terms, *, on: date) -> Decision:
    """Those who may write it print it, when its licence lets it be, and while permission lasts."""
    if not terms.may_print:
        return no(_("Its licence does not let it be printed."))
    if terms.is_over(on):
        return no(_("Its licence does not let it be printed any more."))
    return can_write(actor, section)


def can_print_blank(actor: Actor, section: str, terms: Terms, *, on: date) -> Decision:
    """The same, empty; never one that asks about suicide: a sheet alone answers nobody."""
    if terms.protocol is not None and terms.protocol.items:
        return no(_("It asks about suicide or self-harm: it is answered with somebody there."))
    return can_print(actor, section, terms, on=on)


@dataclass(frozen=True)
class Buttons:
    """What the page of a filled questionnaire offers."""

    correct: Decision
    print: Decision
    figures: Decision


def buttons(
    actor: Actor, section: str, sheet: AnswerSheet, status: str, terms: Terms, *, on: date
) -> Buttons:
    return Buttons(
        can_correct(actor, sheet, status),
        can_print(actor, section, terms, on=on),
        can_read_figures(actor, terms),
    )
