"""What does one line of a list say: who, in what, on which day; or what is wrong in it?

What is wrong is told by line, column and a code: what the cell held is kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from spheres.training.brought_in.columns import plain
from spheres.training.brought_in.models import OUTSIDE
from spheres.training.brought_in.sheets import Cell

T = TypeVar("T")
Fault = tuple[int, str, str]  # its line, its column, what is wrong
EARLIEST: Final = date(1990, 1, 1)
LONGEST: Final = 120
MOST_HOURS: Final = 60
WRONG: Final = {
    "EMPTY": _("Nothing is written there."),
    "COMPUTES": _("A formula, or a text that begins as one. Write what it gives."),
    "TOO_LONG": _("More than 120 signs."),
    "NO_EMAIL": _("This is no e-mail address. Correct it, or leave it empty."),
    "NO_DAY": _("This is no date. Write it as 2024-03-12."),
    "NO_SUCH_DAY": _("This day is in no calendar."),
    "TO_COME": _("This day is still to come."),
    "TOO_OLD": _("This day is before 1990."),
    "NO_TOPIC": _("No topic of the programme has this name."),
    "NO_ENVIRONMENT": _("No environment has this name."),
    "NO_REGION": _("No administrative region has this name or this number."),
    "NO_KIND": _("Neither initial, ongoing nor refresher."),
    "NO_HOURS": _("This is no length of a training. Write 3, 3.5 or 3:30, 60 hours at most."),
    "NO_LANGUAGE": _("Neither French nor English."),
    "ONESELF": _("This line speaks of you. Somebody else brings it in."),
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil jul july",
            "aout august aug", "septembre sept sep september", "octobre oct october",
            "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


class Wrong(Exception):
    """A cell is not understood; its code says why."""


@dataclass(frozen=True)
class Known:
    """What a line may name: topics and their kind, environments, regions, and those who have an
    account, by e-mail address in small letters."""

    topics: Mapping[str, str]
    kinds_of: Mapping[str, str]
    environments: Mapping[str, str]
    regions: Mapping[str, str]
    kinds: Mapping[str, str]
    languages: Mapping[str, str]
    people: Mapping[str, tuple[UUID, str]]  # the account, and its language
    oneself: UUID
    today: date


@dataclass
class Line:
    """One line that was understood."""

    number: int
    user_id: UUID
    name: str
    organisation: str
    environment: str
    region: str
    language: str
    topic: str
    kind: str
    minutes: int
    taken_on: date
    other_on: date | None
    email: str = field(repr=False)
    person: UUID = OUTSIDE
    alike: UUID | None = None


@dataclass
class Read:
    """What was understood of a list, and what was not."""

    size: int = 0
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_all(
    rows: Sequence[tuple[int, list[Cell]]], places: Mapping[str, int], known: Known
) -> Read:
    """Every line, the wrong ones apart; then who is who."""
    found = Read(size=len(rows))
    for number, cells in rows:
        wrong: dict[str, str] = {}
        line = _line(number, _Cells(cells, places, wrong), known)
        if wrong:
            found.faults += [(number, column, code) for column, code in wrong.items()]
        elif line is not None:
            found.lines.append(line)
    _who_is_who(found.lines)
    return found


class _Cells:
    """The cells of one line, by column; each fault is written down once."""

    def __init__(self, cells: list[Cell], places: Mapping[str, int], wrong: dict[str, str]) -> None:
        self.cells, self.places, self.wrong = cells, places, wrong

    def text(self, column: str, *, asked: bool = False) -> str:
        place = self.places.get(column, -1)
        cell = self.cells[place] if 0 <= place < len(self.cells) else ""
        if cell is None:
            self.wrong[column] = "COMPUTES"
            return ""
        if not cell and asked:
            self.wrong[column] = "EMPTY"
        if len(cell) > LONGEST:
            self.wrong[column] = "TOO_LONG"
            return ""
        return cell

    def one_of(self, column: str, choices: Mapping[str, str], code: str, *, asked: bool) -> str:
        typed = self.text(column, asked=asked)
        chosen = choices.get(plain(typed), "")
        if typed and not chosen:
            self.wrong[column] = code
        return chosen


def _line(number: int, cells: _Cells, known: Known) -> Line | None:
    name = cells.text("name", asked=True)
    email = cells.text("email").lower()
    user_id, language = known.people.get(email, (OUTSIDE, ""))
    if email and user_id == OUTSIDE and not _is_address(email):
        cells.wrong["email"] = "NO_EMAIL"
    if user_id == known.oneself:
        cells.wrong["email"] = "ONESELF"
    organisation = cells.text("organisation", asked=user_id == OUTSIDE)
    environment = cells.one_of("environment", known.environments, "NO_ENVIRONMENT", asked=True)
    region = cells.one_of("region", known.regions, "NO_REGION", asked=False)
    topic = cells.one_of("topic", known.topics, "NO_TOPIC", asked=True)
    kind = cells.one_of("kind", known.kinds, "NO_KIND", asked=False)
    said = cells.one_of("language", known.languages, "NO_LANGUAGE", asked=False)
    minutes = _checked(cells, "minutes", lambda text: minutes_of(text))
    days = _checked(cells, "taken_on", lambda text: days_of(text, known.today), asked=True)
    if cells.wrong or not days:
        return None
    is_outside = user_id == OUTSIDE
    return Line(
        number=number,
        user_id=user_id,
        name=name if is_outside else "",
        organisation=organisation if is_outside else "",
        environment=environment,
        region=region,
        language=language or said or "fr",
        topic=topic,
        kind=kind or known.kinds_of[topic],
        minutes=minutes or 0,
        taken_on=days[0],
        other_on=days[1] if len(days) > 1 else None,
        email=email,
    )


def _checked(
    cells: _Cells, column: str, read: Callable[[str], T], *, asked: bool = False
) -> T | None:
    typed = cells.text(column, asked=asked)
    if not typed:
        return None
    try:
        return read(typed)
    except Wrong as why:
        cells.wrong[column] = why.args[0]
        return None


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def minutes_of(text: str) -> int:
    """How long, from 3, 3.5, 3,5, 3:30 or 3 h 30."""
    bare = text.replace("\u00a0", " ").strip().lower()
    clock = re.fullmatch(r"(\d{1,2}) ?(?::|h) ?(\d{2})?(?: ?min)?", bare)
    number = re.fullmatch(r"(\d{1,2}(?:[.,]\d{1,2})?) ?(?:heures?|hours?|h)?", bare)
    if clock and int(clock[2] or 0) < 60:
        minutes = int(clock[1]) * 60 + int(clock[2] or 0)
    elif number:
        minutes = round(float(number[1].replace(",", ".")) * 60)
    else:
        raise Wrong("NO_HOURS")
    if not 0 < minutes <= MOST_HOURS * 60:
        raise Wrong("NO_HOURS")
    return minutes


def days_of(text: str, today: date) -> list[date]:
    """The day; or both, the day first then the month first, when it may be read in two ways."""
    found = _candidates(plain(text) if re.search(r"[^\W\d]", text) else text.strip())
    days = list(dict.fromkeys(one for one in found if one is not None))
    if not days:
        raise Wrong("NO_SUCH_DAY" if found else "NO_DAY")
    if not (past := [one for one in days if one <= today]):
        raise Wrong("TO_COME")
    if not (late := [one for one in past if one >= EARLIEST]):
        raise Wrong("TOO_OLD")
    return late


def _candidates(text: str) -> list[date | None]:
    if said := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ].*)?", text):
        return [_day(said[1], said[2], said[3])]
    if said := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        return [_day(said[1], said[2], said[3])]
    if said := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})", text):
        return [_day(said[3], said[2], said[1]), _day(said[3], said[1], said[2])]
    words = [word for word in text.split() if word not in {"le", "of", "the", "er"}]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [
        bare for word in words if (bare := re.sub(r"(?<=\d)(er|st|nd|rd|th)$", "", word)).isdigit()
    ]
    if len(months) == 1 and len(numbers) == 2 and len(words) == 3:
        day, year = numbers if len(numbers[1]) in (2, 4) else reversed(numbers)
        return [_day(year, str(months[0]), day)]
    return []


def _day(year: str, month: str, day: str) -> date | None:
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None


def _who_is_who(lines: Sequence[Line]) -> None:
    """One account or one address is one person, and so are one name and one organisation without
    address. One name that is several people so far is asked about."""
    people: dict[object, UUID] = {}
    by_name: dict[str, set[UUID]] = {}
    for line in sorted(lines, key=lambda one: not one.email):
        outside = (plain(line.name), plain(line.organisation))
        key = line.user_id if line.user_id != OUTSIDE else line.email or outside
        if line.email and line.user_id == OUTSIDE:
            people.setdefault(outside, people.setdefault(key, uuid4()))
        line.person = people.setdefault(key, uuid4())
        if line.name:
            by_name.setdefault(plain(line.name), set()).add(line.person)
    doubts = {name: uuid4() for name, found in by_name.items() if len(found) > 1}
    for line in lines:
        line.alike = doubts.get(plain(line.name)) if line.name else None
