"""Does she say what success is for her as she wishes, and does a year tell of it without telling
of anybody?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import service
from spheres.core.errors import NotAllowed
from spheres.followup.success import actions, queries, standing
from spheres.followup.success.models import NOT_SAID, STATEMENTS, Choice, Told, sentences
from spheres.followup.success.tests import factories
from spheres.records.between import places
from spheres.regions import queries as regions
from spheres.sharing.models import Joined
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
ROLLUPS = service("rollups")
NEW_YEAR = datetime(2027, 1, 1, 12, tzinfo=UTC)
PLACE, CHOOSE = "my_place", "i_choose"


def said(
    cast: Cast, name: str, statements: Sequence[str], *, at: datetime = MONDAY,
    file_id: UUID | None = None, **more: Any,
) -> UUID:  # fmt: skip
    """Inès writes it down with the person."""
    with acting(cast.ines, at):
        written = factories.written(uuid_of(name), at, statements=list(statements), **more)
        return actions.sign(file_id or cast.maya.file_id, written, by=cast.ines, at=at)


def others(cast: Cast, number: int) -> list[UUID]:
    """So many other persons whom Inès accompanies."""
    return [
        follow(f"other {n}", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines).file_id
        for n in range(number)
    ]


def counted(at: datetime = NEW_YEAR) -> list[int]:
    with acting(ROLLUPS, at):
        return actions.count(by=ROLLUPS, at=at)


def told(cast: Cast, at: datetime = NEW_YEAR) -> list[tuple[int, str, int | None]]:
    with acting(cast.louise, at):
        return [(row.year, row.statement, row.number) for row in queries.told(actor=cast.louise)]


def page(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"success:{place}", args=[cast.maya.file_id, *args])


def test_she_says_several_and_changes_at_will_and_what_she_said_before_is_her_story(
    cast: Cast,
) -> None:
    said(cast, "first", [PLACE, CHOOSE])
    said(cast, "then", ["small_change"], at=MONDAY + timedelta(days=9), her_words="Une nuit.")
    said(cast, "not now", [NOT_SAID], at=MONDAY + timedelta(days=10), her_words="")

    with acting(cast.ines, MONDAY + timedelta(days=11)):
        rows = queries.standing_ones(cast.maya.file_id, actor=cast.ines)
        newest = queries.newest(cast.maya.file_id, actor=cast.ines)
    assert [row.statements for row in rows] == [[NOT_SAID], ["small_change"], [PLACE, CHOOSE]]
    assert newest == rows[:1]


def test_the_sentences_are_the_regions_and_not_to_say_is_always_among_them(cast: Cast) -> None:
    with acting(cast.ines):
        offered = [code for code, _words in sentences()]
        of_region = [word.code for word in regions.words(STATEMENTS)]

    assert offered == [*of_region, NOT_SAID]
    assert len(of_region) >= 10


@pytest.mark.parametrize(
    ("statements", "words", "sentence"),
    [
        ([], "", "Nothing is chosen yet. One sentence, or a few words of yours, is enough."),
        ([NOT_SAID, PLACE], "", "Choose sentences, or prefer not to say: not both at once."),
        (["not_a_sentence"], "", "Choose"),
        ([PLACE], "Que Mélissa TREMBLAY me croie.", "Mélissa TREMBLAY"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_what_was_typed(
    cast: Cast, statements: list[str], words: str, sentence: str
) -> None:
    client = signed_in(cast.ines, at=MONDAY, language="en")
    with clock.at(MONDAY):
        fields = Page(client.get(page(cast, "write")).content.decode()).fields
        more = {"statements": statements, "her_words": words, "pen": "TOGETHER"}
        answer = client.post(page(cast, "write"), {**fields, **more})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with acting(cast.ines):
        assert not Choice.objects.exists()


def test_only_her_workers_write_it(cast: Cast) -> None:
    for who in (cast.karim, cast.louise, cast.samir, cast.roy):
        refusal = ProgrammingError if who == cast.samir else NotAllowed
        written = factories.written(uuid_of("not theirs"), MONDAY)
        with acting(who), pytest.raises(refusal), transaction.atomic():
            actions.sign(cast.maya.file_id, written, by=who, at=MONDAY)


def test_on_her_plan_and_on_her_paper_stands_what_she_said_last(cast: Cast) -> None:
    said(cast, "first", [PLACE])
    said(cast, "then", [CHOOSE], at=MONDAY + timedelta(days=1))

    with acting(cast.ines, MONDAY + timedelta(days=2)):
        locked = standing.on_plan(cast.maya.file_id, actor=cast.ines)
        vault.open(locked.rows, by=cast.ines)
        block = locked.block()
        assert isinstance(block, places.Block)
        [sheet] = block.on_paper
        assert sheet.lines == (
            "C’est moi qui décide de mon corps et de mon temps.", factories.HER_WORDS,
        )  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_in_both_languages(cast: Cast, language: str) -> None:
    client = signed_in(cast.ines, at=MONDAY, language=language)
    with untranslated() as missing, clock.at(MONDAY):
        assert client.get(page(cast, "story")).status_code == 200
        one = said(cast, "one", [PLACE, NOT_SAID])
        for place, args in (("story", ()), ("write", ()), ("detail", (one,)), ("correct", (one,))):
            assert client.get(page(cast, place, *args)).status_code == 200, place
    assert missing == set()


def test_her_story_costs_the_same_for_one_day_and_for_three(cast: Cast) -> None:
    client = signed_in(cast.ines, at=MONDAY)

    def cost() -> int:
        with clock.at(MONDAY):
            client.get(page(cast, "story"))
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page(cast, "story")).status_code == 200
        return len(asked)

    said(cast, "one", [PLACE])
    once = cost()
    said(cast, "two", [CHOOSE])
    said(cast, "three", [])
    assert cost() == once <= 8


def test_of_a_year_that_is_over_what_five_chose_is_told_and_what_four_chose_is_not(
    cast: Cast,
) -> None:
    for rank, file_id in enumerate([cast.maya.file_id, *others(cast, 4)]):
        chosen = [PLACE, NOT_SAID] if rank == 0 else [PLACE, CHOOSE, NOT_SAID]
        said(cast, f"of {rank}", chosen, file_id=file_id)

    assert counted(MONDAY) == [2025]
    assert told(cast, MONDAY) == []
    assert counted() == [2026]
    assert told(cast) == [(2026, PLACE, 5)]
    with acting(ROLLUPS, NEW_YEAR):
        assert Event.objects.filter(chain_id=ROLLUPS.user_id, action="success.counted").count() == 2


def test_of_each_person_what_she_said_last_counts_once(cast: Cast) -> None:
    files = [cast.maya.file_id, *others(cast, 4)]
    for rank, file_id in enumerate(files):
        said(cast, f"first of {rank}", [PLACE, CHOOSE], file_id=file_id)
    later = MONDAY + timedelta(days=1)
    said(cast, "again", [CHOOSE], at=later)
    counted()

    assert told(cast) == [(2026, CHOOSE, 5)]


def test_two_files_of_one_person_are_one_person(cast: Cast) -> None:
    """Five files, and four persons: nothing is told."""
    files = [cast.maya.file_id, *others(cast, 4)]
    for rank, file_id in enumerate(files):
        said(cast, f"of {rank}", [PLACE], file_id=file_id)
    with acting(cast.ines):
        Joined.objects.bulk_create([
            Joined(
                id=uuid_of("one person"), kept_id=files[0], joined_id=files[1],
                said_to=cast.ines.user_id, starts_at=MONDAY, ends_at=None,
            )
        ])  # fmt: skip
    counted()

    assert told(cast) == []


def test_what_one_person_says_or_corrects_after_the_year_moves_no_number(cast: Cast) -> None:
    """Whoever looks twice, the police member who leads among them, learns nothing of her."""
    files = [cast.maya.file_id, *others(cast, 4)]
    for rank, file_id in enumerate(files):
        said(cast, f"of {rank}", [PLACE], file_id=file_id)
    counted()
    before = told(cast)

    after = NEW_YEAR + timedelta(days=2)
    said(cast, "another", [CHOOSE], at=after)
    with acting(cast.ines, after):
        written = factories.written(uuid_of("corrected"), after, statements=[CHOOSE])
        actions.correct(cast.maya.file_id, uuid_of("of 0"), written, by=cast.ines, at=after)
    assert counted(after) == []

    assert told(cast, after) == before == [(2026, PLACE, 5)]


def test_a_year_of_which_nothing_was_told_is_counted_once_too(cast: Cast) -> None:
    """Too few had chosen: what comes later does not bring it out."""
    files = [cast.maya.file_id, *others(cast, 4)]
    for rank, file_id in enumerate(files[:4]):
        said(cast, f"of {rank}", [PLACE], file_id=file_id)
    counted()
    said(cast, "late", [PLACE], at=NEW_YEAR + timedelta(days=1), file_id=files[4])
    counted(NEW_YEAR + timedelta(days=2))

    assert told(cast, NEW_YEAR + timedelta(days=3)) == []


def test_the_numbers_are_for_those_who_lead_coordinate_or_plan_and_nobody_writes_them(
    cast: Cast,
) -> None:
    with acting(ROLLUPS, NEW_YEAR):
        actions.tell(2026, {PLACE: 6})
    with acting(LOADER):
        captain = add_person("Captain", cast.police, Role.STEERING_MEMBER)
    for who, seen in (
        (cast.louise, 2), (cast.karim, 2), (captain, 2), (cast.ines, 0), (cast.roy, 0),
        (cast.amrani, 0),
    ):  # fmt: skip
        with acting(who, NEW_YEAR):
            assert Told.objects.count() == seen
        with acting(who, NEW_YEAR), pytest.raises(ProgrammingError), transaction.atomic():
            Told.objects.bulk_create([Told(id=uuid_of("lie"), year=2026, statement="x", number=9)])
        with acting(who, NEW_YEAR), pytest.raises(ProgrammingError), transaction.atomic():
            queries.chosen(MONDAY, NEW_YEAR, actor=who)
    with acting(ROLLUPS, NEW_YEAR), pytest.raises(IntegrityError), transaction.atomic():
        Told.objects.bulk_create([Told(id=uuid_of("few"), year=2025, statement=PLACE, number=4)])
