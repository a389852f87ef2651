"""How are days, hours and delays said, in the reader's language, in Canada?"""

from datetime import UTC, datetime
from functools import cache

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, ngettext

MINUTE, HOUR, DAY = 60, 3_600, 86_400


class NoSuchHour(ValueError):
    """The clock jumps over this hour, the night it moves forward."""


def moment_of(on_day, at_hour):
    """The moment of a day and an hour where the programme works; given twice, the first of two.

    Raises NoSuchHour.
    """
    moment_there = datetime.combine(on_day, at_hour, tzinfo=timezone.get_default_timezone())
    back = moment_there.astimezone(UTC).astimezone(moment_there.tzinfo)
    if back.replace(tzinfo=None) != moment_there.replace(tzinfo=None):
        raise NoSuchHour
    return moment_there


def day(value):
    """26 novembre 2026 · November 26, 2026."""
    return _day(local(value), get_language())


def day_of_year(value):
    """26 novembre · November 26."""
    return _day_of_year(local(value), get_language())


def month(value):
    """novembre 2026 · November 2026."""
    here = local(value)
    return f"{_months(get_language())[here.month]} {here.year}"


def month_name(value):
    """novembre · November."""
    return _months(get_language())[local(value).month]


def hour(value):
    """14 h 05 · 2:05 p.m."""
    return _hour(local(value), get_language())


def hour_of_day(value):
    """16 h 30 · 4:30 p.m.: an hour of any day, that no zone moves."""
    return _hour(value, get_language())


def day_of_year_or_day(value, today):
    """The year is said only when it is not this one."""
    return day_of_year(value) if value.year == today.year else day(value)


def moment(value):
    """26 novembre 2026, 14 h 05 · November 26, 2026, 2:05 p.m."""
    here, language = local(value), get_language()
    return f"{_day(here, language)}, {_hour(here, language)}"


def short_moment(value):
    """26 novembre, 14 h 05 · November 26, 2:05 p.m."""
    here, language = local(value), get_language()
    return f"{_day_of_year(here, language)}, {_hour(here, language)}"


def weekday_moment(value):
    """jeudi 26 novembre, 14 h 05 · Thursday, November 26, 2:05 p.m."""
    here, language = local(value), get_language()
    return f"{_weekday_day(here, language)}, {_hour(here, language)}"


def weekday_day(value):
    """jeudi 26 novembre · Thursday, November 26."""
    return _weekday_day(local(value), get_language())


def weekday_and_day(value):
    """jeudi 26 novembre 2026 · Thursday, November 26, 2026."""
    here, language = local(value), get_language()
    comma = "," if language == "en" else ""
    return f"{WEEKDAYS[here.weekday()]}{comma} {_day(here, language)}"


def hours_long(minutes):
    """45 min · 2 h · 15 h 20 min: the same in both languages."""
    hours, left = divmod(minutes, 60)
    parts = [f"{hours}\u00a0h" if hours else "", f"{left}\u00a0min" if left or not hours else ""]
    return "\u00a0".join(part for part in parts if part)


def machine(value):
    """The moment for a programme, in universal time."""
    return value.astimezone(UTC).isoformat(timespec="seconds")


def how_long(since, now):
    """A delay in its largest whole unit: 3 jours · 3 days."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds >= DAY:
        return ngettext("%(number)d day", "%(number)d days", seconds // DAY) % {
            "number": seconds // DAY
        }
    if seconds >= HOUR:
        return ngettext("%(number)d hour", "%(number)d hours", seconds // HOUR) % {
            "number": seconds // HOUR
        }
    return ngettext("%(number)d minute", "%(number)d minutes", seconds // MINUTE) % {
        "number": seconds // MINUTE
    }


def local(value):
    """Where the programme works; a day has no hour to move."""
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _day(here, language):
    return f"{_day_of_year(here, language)}{', ' if language == 'en' else ' '}{here.year}"


def _day_of_year(here, language):
    name = _months(language)[here.month]
    if language == "en":
        return f"{name} {here.day}"
    return f"{'1er' if here.day == 1 else here.day} {name}"


def _weekday_day(here, language):
    comma = "," if language == "en" else ""
    return f"{WEEKDAYS[here.weekday()]}{comma} {_day_of_year(here, language)}"


def _hour(here, language):
    if language == "en":
        half = "a.m." if here.hour < 12 else "p.m."
        return f"{here.hour % 12 or 12}:{here.minute:02}\u00a0{half}"
    return f"{here.hour}\u00a0h\u00a0{here.minute:02}"


@cache
def _months(language):
    """The names of the twelve months, asked of the catalogues once a language."""
    return {number: str(name) for number, name in MONTHS.items()}
