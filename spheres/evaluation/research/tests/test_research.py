"""Who is in a table that leaves for research, and who learns what of whom?"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import VISITOR, Actor
from spheres.evaluation.research import queries
from spheres.evaluation.research.models import Answer, Card
from spheres.evaluation.research.recipe import BY_CODE
from spheres.evaluation.research.tests.factories import (
    APRIL,
    LATER,
    SERVICE,
    SOON,
    STUDY,
    Team,
    card,
    file_of,
    lines_of,
    made,
    of_age,
    refuse,
    said,
    study,
    the,
)
from spheres.records import codes
from spheres.sharing.models import Joined
from tests.cast import TUESDAY, acting, follow, uuid_of

pytestmark = pytest.mark.django_db


def test_whoever_said_yes_is_a_line_of_codes_and_nothing_else(
    here: Team, six: dict[str, str]
) -> None:
    extract = made(here, the(here))

    lines = lines_of(here, extract)
    assert (extract.people, extract.left_out, extract.smallest) == (6, 0, 6)
    assert {tuple(line[1:]) for line in lines} == {
        ("14-17", "professional", "community", "2026-Q1", "1", "on", "1-4", "0", "0", "0")
    }
    assert len({line[0] for line in lines}) == 6
    assert extract.expires_on == date(2026, 7, 1)


def test_whoever_was_not_asked_or_said_no_or_no_longer_is_in_no_table(
    here: Team, six: dict[str, str]
) -> None:
    cast = here.cast
    unasked = card(the(here), cast.maya.file_id, by=cast.ines)
    said(six["Alix"], False, by=here.officer, at=TUESDAY)

    extract = made(here, the(here))

    assert unasked
    assert extract.people == 5


def test_a_no_to_the_theme_in_any_of_her_files_beats_a_yes(here: Team, six: dict[str, str]) -> None:
    refuse(here.cast.samir, file_of(here, six["Alix"]), "services")

    assert made(here, the(here)).people == 5


@pytest.mark.parametrize(
    ("band", "giver", "takes", "is_in"),
    [
        ("14-17", Answer.Giver.HERSELF, False, True),
        ("18-24", Answer.Giver.HERSELF, False, True),
        ("12-13", Answer.Giver.HERSELF, True, False),  # not of her alone
        ("12-13", Answer.Giver.WITH_PARENT, True, True),
        ("12-13", Answer.Giver.WITH_PARENT, False, False),  # not of this study
        ("14-17", Answer.Giver.WITH_PARENT, True, False),  # from 14, asked anew, of her alone
    ],
)
def test_who_may_say_yes_goes_by_age(
    here: Team, band: str, giver: str, takes: bool, is_in: bool
) -> None:
    cast, protocol = here.cast, study(here, takes_under_14=takes)
    of_age(cast.maya.file_id, band, by=cast.ines)
    said(card(protocol, cast.maya.file_id, by=cast.ines), True, by=here.officer, giver=giver)

    with acting(SERVICE, APRIL):
        lines = queries.lines_of(protocol, until=APRIL, actor=SERVICE)

    assert len(lines) == is_in


def test_whoever_asks_learns_the_study_and_the_age_and_nothing_of_who_it_is(here: Team) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "14-17", by=cast.ines)
    code = card(protocol, cast.maya.file_id, by=cast.ines)

    with acting(here.officer):
        opened = queries.carded(code, actor=here.officer)
    assert opened == queries.Carded(STUDY, "14-17", "new", True)
    assert said(code, True, by=here.officer) == queries.Carded(STUDY, "14-17", "new", True)
    with acting(here.officer, TUESDAY):
        assert queries.carded(code.lower(), actor=here.officer) == queries.Carded(
            STUDY, "14-17", "yes", True
        )
        assert not Card.objects.exists()
        cannot_read_answers()


def test_no_code_opens_to_whoever_does_no_research_or_walks_with_her(here: Team) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "14-17", by=cast.ines)
    code = card(protocol, cast.maya.file_id, by=cast.ines)
    both = Actor(cast.ines.user_id, cast.ines.organisation_id, frozenset({Role.RESEARCHER}))

    # Nor to whoever holds the tables: the next line to drop would be that of whoever said no.
    for who in (cast.ines, cast.louise, cast.karim, cast.roy, VISITOR, both, here.researcher):
        with acting(who):
            assert queries.carded(code, actor=who) is None


@pytest.mark.parametrize("who", ["ines", "louise", "karim", "roy", "amrani", "nadia"])
def test_her_team_and_the_coordination_read_no_answer_and_write_none(here: Team, who: str) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "14-17", by=cast.ines)
    code = card(protocol, cast.maya.file_id, by=cast.ines)
    said(code, True, by=here.officer)
    actor: Actor = getattr(cast, who)
    row = Answer(
        id=uuid_of("forged"), digest=codes.digest_of(queries.USE, code), agrees=True,
        giver="HERSELF", asked_by=actor.user_id, asked_at=TUESDAY,
    )  # fmt: skip

    with acting(actor, TUESDAY):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Answer.objects.bulk_create([row])
        cannot_read_answers()


def cannot_read_answers() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Answer.objects.exists()


def test_no_journal_says_who_was_asked(here: Team, six: dict[str, str]) -> None:
    cast = here.cast
    with acting(cast.samir):
        files = set(Card.objects.values_list("file_id", flat=True))
    made(here, the(here))

    with acting(cast.samir, LATER):
        told = set(
            Event.objects.filter(chain_id__in=files, action__startswith="research").values_list(
                "action", flat=True
            )
        )

    assert told == {"research.card"}


def test_nobody_but_the_service_asks_for_lines(here: Team, six: dict[str, str]) -> None:
    for who in (here.researcher, here.officer, here.cast.louise, here.cast.samir, VISITOR):
        with (
            pytest.raises(ProgrammingError, match="only service:research"),
            acting(who, APRIL),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("select * from access.research_lines(%s, %s)", [STUDY, APRIL])


def test_two_files_that_are_both_hers_are_one_line_and_a_no_in_one_is_a_no(here: Team) -> None:
    cast, protocol, ines = here.cast, study(here), here.cast.ines
    other = follow("Maya B", desk=cast.institute.id, louise=cast.louise, worker=ines)
    with acting(ines, SOON):
        link = Joined(
            id=uuid_of("both"), kept_id=cast.maya.file_id, joined_id=other.file_id,
            said_to=ines.user_id, starts_at=SOON,
        )  # fmt: skip
        Joined.objects.bulk_create([link])
    for file_id in (cast.maya.file_id, other.file_id):
        of_age(file_id, "14-17", by=ines)
        said(card(protocol, file_id, by=ines), True, by=here.officer)
    with acting(SERVICE, APRIL):
        before = queries.lines_of(protocol, until=APRIL, actor=SERVICE)
    refuse(ines, cast.maya.file_id, "any")

    with acting(SERVICE, LATER):
        after = queries.lines_of(protocol, until=APRIL, actor=SERVICE)
    assert (len(before), len(after)) == (1, 0)


def test_no_column_can_hold_a_name_a_day_a_gender_or_an_origin() -> None:
    allowed = {"age", "came", "where", "since", "times", "stands", "met", "steps", "needs",
               "obtained"}  # fmt: skip

    assert set(BY_CODE) == allowed
    assert all(part.choices or part.code == "since" for part in BY_CODE.values())
