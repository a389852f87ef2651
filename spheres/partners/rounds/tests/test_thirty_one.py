"""SC-23: thirty-one workers answer the eight sets; families divide them; a year later it is asked
again, and the two rounds stand side by side."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice

import pytest

from spheres.core.actor import Actor
from spheres.partners.rounds import queries
from spheres.partners.rounds.actions import Heard
from spheres.partners.rounds.models import QuestionSet, ReflectionRound
from spheres.partners.rounds.queries import Spoken
from spheres.partners.rounds.tests.factories import gives, open_round, settled, workers
from tests.cast import MONDAY, Cast, acting

pytestmark = pytest.mark.django_db
FAMILIES = "taking_part"  # of the set on those around them
LATER = MONDAY + timedelta(days=365)


@pytest.fixture
def people(cast: Cast) -> list[Actor]:
    return [
        *workers(cast.la_maison, 11), *workers(cast.elsewhere, 10), *workers(cast.foundation, 10)
    ]  # fmt: skip


def said_by(people: list[Actor], of: ReflectionRound, steps: list[int]) -> None:
    """Whatever the organisation, each of these steps in turn, for every question of the set."""
    for who, step in zip(people, islice(cycle(steps), len(people)), strict=False):
        gives(who, of, {one.code: step for one in of.asks.questions}, at=of.opened_at)


def read(of: ReflectionRound, who: Actor) -> dict[str, Spoken]:
    with acting(who, of.ends_at):
        before = queries.same_before(of, queries.rounds(actor=who))
        return {one.question.code: one for one in queries.spreads(of, before, actor=who)}


def test_thirty_one_answer_the_eight_sets_and_each_is_told_whole(
    cast: Cast, people: list[Actor]
) -> None:
    where = (cast.la_maison, cast.elsewhere, cast.foundation)
    with acting(cast.louise):
        slugs = sorted(
            QuestionSet.objects.filter(is_offered=True, slug__in=EIGHT).values_list(
                "slug", flat=True
            )
        )
    assert slugs == sorted(EIGHT)

    for slug in slugs:
        of = open_round(cast, slug, of=where, slug=slug)
        said_by(people, of, [1, 2, 3, 4, 5])
        of = settled(of, cast.louise)
        assert {one.numbers for one in read(of, cast.ines).values()} == {(7, 6, 6, 6, 6)}


def test_on_families_both_positions_stand_and_the_year_after_shows_how_they_moved(
    cast: Cast, people: list[Actor]
) -> None:
    where = (cast.la_maison, cast.elsewhere, cast.foundation)
    first = open_round(cast, "first", of=where)
    said_by(people, first, [1, 5])
    heard = [
        Heard(FAMILIES, "La famille reprend les décisions.", "Families decide again.", False),
        Heard(FAMILIES, "La famille tient.", "Families hold.", True),
    ]
    first = settled(first, cast.louise, heard)
    again = open_round(cast, "again", of=where, at=LATER)
    said_by(people, again, [2, 4, 4])
    again = settled(again, cast.louise)

    then, now = read(first, cast.ines)[FAMILIES], read(again, cast.ines)[FAMILIES]
    assert then.numbers == (16, 0, 0, 0, 15)
    assert [(one.words_en, one.is_of_few) for one in then.positions] == [
        ("Families decide again.", False), ("Families hold.", True),
    ]  # fmt: skip
    assert (now.before, now.numbers) == (then.numbers, (0, 11, 0, 20, 0))


EIGHT = frozenset(
    {
        "situation", "around-them", "each-partner", "change", "who-exploits",
        "around-who-exploits", "each-other", "how-we-work",
    }
)  # fmt: skip
