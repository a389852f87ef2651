"""How does a line that stood out read: how many files, how often, when?"""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.followup.openings.models import Unusual
from spheres.followup.openings.queries import Question
from spheres.ui import moments

register = template.Library()


@register.filter
def spoken(question: Question) -> str:
    """In one or two sentences; of whom it was is not said."""
    row = question.row
    if row.kind == Unusual.Kind.NO_GROUND:
        said = {"where": question.where, "when": moments.weekday_moment(row.first_at)}
        return _("Acting for %(where)s, %(when)s") % said
    many = ngettext("%(number)s file", "%(number)s different files", row.files)
    said = {"many": many % {"number": row.files}}
    if row.kind == Unusual.Kind.MANY:
        return _("Up to %(many)s in one day, %(when)s") % {**said, "when": _between(row)}
    return _("%(many)s, %(when)s") % {**said, "when": _between(row)}


def _between(row: Unusual) -> str:
    first, last = (timezone.localtime(at) for at in (row.first_at, row.last_at))
    if first == last:
        return moments.weekday_moment(first)
    if first.date() == last.date():
        return _("%(first)s, then until %(hour)s") % {
            "first": moments.weekday_moment(first),
            "hour": moments.hour(last),
        }
    return _("from %(first)s to %(last)s") % {
        "first": moments.weekday_moment(first),
        "last": moments.weekday_moment(last),
    }
