"""What does the region say? One photograph of its data, kept in the process for a minute.

Nothing here is personal, so it is read under whatever context stands, or the visitor's own. A page
asks the database nothing when the photograph is fresh, and a constant number when it is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils.translation import get_language

from spheres.core import context
from spheres.core.actor import VISITOR
from spheres.core.errors import NoContext, is_away
from spheres.regions.models import HelpLine, Region, RetentionRule, Term, Text

FRESH_SECONDS: Final = 60
AGAIN_SECONDS: Final = 5  # between two tries, while the database is away


class NoRegion(RuntimeError):
    """The database holds no region yet."""


class Unknown(KeyError):
    """A vocabulary or a text that the region's files do not hold."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class RegionFacts:
    """The region this installation serves."""

    id: UUID
    slug: str
    is_demo: bool
    name_fr: str
    name_en: str
    programme_fr: str
    programme_en: str
    territory_fr: str
    territory_en: str
    time_zone: str
    languages: tuple[str, ...]
    age_from: int
    age_until: int
    grace_months: int
    referral_keep_days: int
    contact_confirm_days: int
    outing_grace_minutes: int
    training_answer_days: int
    advice_answer_days: int
    notebook_answer_days: int
    self_from: int
    minimum_group: int
    theme: Mapping[str, str]
    exit_url: str
    desk_organisation_id: UUID | None
    loaded_at: datetime

    @property
    def name(self) -> str:
        return _read(self.name_fr, self.name_en)

    @property
    def programme(self) -> str:
        return _read(self.programme_fr, self.programme_en)

    @property
    def territory(self) -> str:
        return _read(self.territory_fr, self.territory_en)


@dataclass(frozen=True)
class Word:
    """One term of a vocabulary."""

    code: str
    label_fr: str
    label_en: str
    help_fr: str
    help_en: str
    is_offered: bool

    @property
    def label(self) -> str:
        return _read(self.label_fr, self.label_en)

    @property
    def help(self) -> str:
        return _read(self.help_fr, self.help_en)


@dataclass(frozen=True)
class Line:
    """One public help line."""

    slug: str
    name_fr: str
    name_en: str
    call: str
    text: str
    web: str
    hours_fr: str
    hours_en: str
    languages: tuple[str, ...]
    what_for_fr: str
    what_for_en: str
    for_youth: bool
    is_verified: bool
    verified_on: date | None

    @property
    def name(self) -> str:
        return _read(self.name_fr, self.name_en)

    @property
    def hours(self) -> str:
        return _read(self.hours_fr, self.hours_en)

    @property
    def what_for(self) -> str:
        return _read(self.what_for_fr, self.what_for_en)


@dataclass(frozen=True)
class Keeping:
    """How long one kind of thing is kept: a proposal."""

    code: str
    name_fr: str
    name_en: str
    keep_days: int | None
    keep_years: int | None
    counted_from_fr: str
    counted_from_en: str
    basis_fr: str
    basis_en: str

    @property
    def name(self) -> str:
        return _read(self.name_fr, self.name_en)

    @property
    def counted_from(self) -> str:
        return _read(self.counted_from_fr, self.counted_from_en)

    @property
    def basis(self) -> str:
        return _read(self.basis_fr, self.basis_en)


@dataclass(frozen=True)
class Photograph:
    """All of the region's data, at one moment."""

    taken: float
    region: RegionFacts
    words: Mapping[str, Mapping[str, Word]]
    texts: Mapping[str, tuple[str, str]]
    lines: tuple[Line, ...]
    keeping: tuple[Keeping, ...]
    more: Mapping[str, Any] = field(default_factory=dict)  # what other areas read of the region


_photograph: Photograph | None = None
_more: dict[str, Callable[[], Any]] = {}


def photograph_also(what: str, take: Callable[[], Any]) -> None:
    """Another area reads its own data of the region, nothing personal, in the same photograph."""
    _more[what] = take


def also(what: str) -> Any:
    """What `photograph_also` was told to read. Raises NoRegion before the first loading."""
    return _now().more[what]


def region() -> RegionFacts:
    """The region this installation serves. Raises NoRegion before the first loading."""
    return _now().region


def desk() -> UUID:
    """Where referrals arrive. Raises NoRegion when the region has not said it."""
    organisation = region().desk_organisation_id
    if organisation is None:
        raise NoRegion("The region names no desk: referrals would arrive nowhere.")
    return organisation


def words(vocabulary: str) -> list[Word]:
    """The terms a vocabulary offers, in the order of the file. Raises Unknown."""
    return [word for word in _vocabulary(vocabulary).values() if word.is_offered]


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """Code and label, in the reader's language, as a form takes them. Raises Unknown."""
    return [(word.code, word.label) for word in words(vocabulary)]


def local_names() -> list[str]:
    """Names that would place somebody: municipalities, neighbourhoods, schools. None before the
    first loading, or when the region says none."""
    try:
        return [word.label_fr for word in words("local_names")]
    except (NoRegion, Unknown):
        return []


def label(vocabulary: str, code: str) -> str:
    """The label of one code, in the reader's language, even of a term no longer offered.

    A code the region never had is shown as it is: what was written must stay readable.
    """
    word = _vocabulary(vocabulary).get(code)
    return word.label if word else code


def text(key: str) -> str:
    """A text of the region, in the reader's language. Raises Unknown when no file holds it."""
    try:
        return _read(*_now().texts[key])
    except KeyError:
        raise Unknown(f"The region «{region().slug}» has no text «{key}» (texts*.yaml).") from None


def has_text(key: str) -> bool:
    """Whether the region's files hold this text; some are said by whoever has something to say."""
    return key in _now().texts


def help_lines(*, youth: bool | None = None) -> list[Line]:
    """The help lines, in the order of the file; only those for young people, or only the others."""
    return [line for line in _now().lines if youth is None or line.for_youth == youth]


def retention_rules() -> list[Keeping]:
    """How long things are kept, in the order of the file."""
    return list(_now().keeping)


def term(code: str, at: datetime) -> datetime:
    """What was last touched before this moment is forgotten at `at`, by the region's rule."""
    rule = next((rule for rule in retention_rules() if rule.code == code), None)
    if rule is None:
        raise Unknown(f"The region has no retention rule «{code}».")
    years = rule.keep_years or 0
    # A year counts the leap days it may hold: kept a day too long rather than too short.
    return at - timedelta(days=rule.keep_days or 0) - timedelta(days=366 * years)


def is_demo_database() -> bool:
    """Whether this database bears the mark of a demonstration; on any doubt, no.

    Safe anywhere: without a database, a table, a region or a context the answer is no.
    """
    try:
        return region().is_demo
    except Exception:  # any doubt at all
        return False


def says_it_is_a_demo() -> bool:
    """For the banner alone: as last read, however long ago. A page of faults waits for nothing.

    What opens a door asks `is_demo_database`, anew.
    """
    return _photograph.region.is_demo if _photograph is not None else is_demo_database()


def forget() -> None:
    """Ask the database again next time: after a loading, between two tests."""
    global _photograph
    _photograph = None


def _now() -> Photograph:
    global _photograph
    photograph = _photograph
    if photograph is not None and time.monotonic() - photograph.taken <= FRESH_SECONDS:
        return photograph
    try:
        photograph = _photograph = _take()
    except DatabaseError as error:
        # What a region says is nobody's: without the database, its last words are still good.
        if photograph is None or not is_away(error):
            raise
        taken = time.monotonic() - FRESH_SECONDS + AGAIN_SECONDS
        photograph = _photograph = replace(photograph, taken=taken)
    return photograph


def _take() -> Photograph:
    taken = time.monotonic()
    with _some_context():
        row = Region.objects.first()
        if row is None:
            raise NoRegion(
                "No region is loaded. Say « python3 run.py manage load_region regions/demo »."
            )
        vocabularies: dict[str, dict[str, Word]] = {}
        for term in Term.objects.order_by("vocabulary", "position", "pk"):
            vocabularies.setdefault(term.vocabulary, {})[term.code] = Word(
                term.code, term.fr, term.en, term.help_fr, term.help_en, term.is_offered
            )
        return Photograph(
            taken,
            _facts(row),
            MappingProxyType(vocabularies),
            MappingProxyType({text.key: (text.fr, text.en) for text in Text.objects.all()}),
            tuple(map(_line, HelpLine.objects.order_by("position", "pk"))),
            tuple(map(_keeping, RetentionRule.objects.order_by("position", "pk"))),
            MappingProxyType({what: take() for what, take in _more.items()}),
        )


@contextmanager
def _some_context() -> Iterator[None]:
    """The context that stands; without one, the visitor's, in this transaction or its own."""
    if not connection.in_atomic_block:
        with context.unit_of_work(VISITOR):
            yield
        return
    # A savepoint: a question that fails must not take the asker's transaction with it.
    with transaction.atomic(), nullcontext() if _somebody_acts() else context.acting_as(VISITOR):
        yield


def _somebody_acts() -> bool:
    try:
        context.acting()
    except NoContext:
        return False
    return True


def _vocabulary(slug: str) -> Mapping[str, Word]:
    try:
        return _now().words[slug]
    except KeyError:
        raise Unknown(
            f"The region «{region().slug}» has no vocabulary «{slug}» (vocabularies.yaml)."
        ) from None


def _read(fr: str, en: str) -> str:
    return en if get_language() == "en" else fr


def _facts(row: Region) -> RegionFacts:
    return RegionFacts(
        row.id, row.slug, row.is_demo, row.name_fr, row.name_en, row.programme_fr,
        row.programme_en, row.territory_fr, row.territory_en, row.time_zone, tuple(row.languages),
        row.age_from, row.age_until, row.grace_months, row.referral_keep_days,
        row.contact_confirm_days, row.outing_grace_minutes, row.training_answer_days,
        row.advice_answer_days, row.notebook_answer_days, row.self_from, row.minimum_group,
        MappingProxyType(dict(row.theme)), row.exit_url, row.desk_organisation_id, row.loaded_at,
    )  # fmt: skip


def _line(row: HelpLine) -> Line:
    return Line(
        row.slug, row.name_fr, row.name_en, row.call, row.text, row.web, row.hours_fr,
        row.hours_en, tuple(row.languages), row.what_for_fr, row.what_for_en, row.for_youth,
        row.verification == HelpLine.Verification.VERIFIED, row.verified_on,
    )  # fmt: skip


def _keeping(row: RetentionRule) -> Keeping:
    return Keeping(
        row.code, row.name_fr, row.name_en, row.keep_days, row.keep_years, row.counted_from_fr,
        row.counted_from_en, row.basis_fr, row.basis_en,
    )  # fmt: skip
