"""Who writes the report of a year, and who reads it?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.evaluation.indicators import policy as figures
from spheres.evaluation.reports.models import WRITERS, Report


def can_read(actor: Actor) -> Decision:
    """Whoever reads the figures; of one that is being written, the database shows them nothing."""
    return figures.can_see_figures(actor)


def can_write(actor: Actor, *, is_desk: bool) -> Decision:
    """The coordination of the programme writes reports, and locks them; none of another
    organisation does."""
    if not actor.has(*WRITERS) or not is_desk:
        return no(_("The coordination of the programme writes the reports."))
    return yes()


def can_begin(actor: Actor, starts_on: date, over: list[date], *, is_desk: bool) -> Decision:
    """Of a year whose last quarter is published; before, its figures would still come."""
    if not (allowed := can_write(actor, is_desk=is_desk)):
        return allowed
    if starts_on not in over:
        return no(_("This year is not over yet, or its figures are not published."))
    return yes()


def can_change(actor: Actor, report: Report, *, is_desk: bool) -> Decision:
    """Locked, it stays as it was read: another edition is begun instead."""
    if not (allowed := can_write(actor, is_desk=is_desk)):
        return allowed
    if report.is_locked:
        return no(_("This report is locked: nothing of it changes. Begin another edition."))
    return yes()
