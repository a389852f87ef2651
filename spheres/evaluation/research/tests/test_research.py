"""Who is in a table that leaves for research, and who learns what of whom?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.evaluation.research import actions, queries, standing
from spheres.evaluation.research.models import Answer, Card, Drop, Extract, Protocol, Table
from spheres.evaluation.research.recipe import BY_CODE
from spheres.evaluation.research.tests.factories import (
    APRIL,
    LATER,
    SERVICE,
    SOON,
    STUDY,
    Team,
    asked,
    card,
    lines_of,
    made,
    of_age,
    said,
    study,
    team,
)
from spheres.followup.notes import actions as notes
from spheres.followup.restrictions import actions as restrictions
from spheres.followup.restrictions.models import SaidBy
from spheres.records import codes
from spheres.records.between.places import Handed
from spheres.sharing.models import Joined
from tests.cast import TUESDAY, Cast, acting, follow, uuid_of

pytestmark = pytest.mark.django_db
NAMES = ("Alix", "Béa", "Cléo", "Dana", "Élie", "Fleur")


@pytest.fixture
def here(cast: Cast) -> Team:
    return team(cast)


@pytest.fixture
def six(here: Team, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Six more people whom Samir accompanies, with a card each, who all say yes."""
    cast, protocol, cards = here.cast, study(here), {}
    for name in NAMES:
        person = follow(name, desk=cast.institute.id, louise=cast.louise, worker=cast.samir)
        of_age(person.file_id, "14-17", by=cast.samir)
        cards[name] = card(protocol, person.file_id, by=cast.samir)
        said(cards[name], True, by=here.officer)
    return cards


def the(here: Team) -> Protocol:
    with acting(here.cast.louise):
        return Protocol.objects.get(pk=STUDY)


def file_of(here: Team, code: str) -> UUID:
    with acting(here.cast.samir):
        [found] = Card.objects.filter(digest=codes.digest_of(queries.USE, code))
    return found.file_id


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


def refuse(worker: Actor, file_id: UUID, theme: str, at: datetime = TUESDAY) -> None:
    with acting(worker, at):
        restrictions.refuse(
            file_id, uuid_of(f"refusal {file_id}"), [("RESEARCH", theme)],
            decider=SaidBy.HERSELF, decides_alone=True, by=worker, at=at,
        )  # fmt: skip


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
        assert queries.carded(code, actor=here.officer) == queries.Carded(STUDY, "14-17", "new")
    assert said(code, True, by=here.officer) == queries.Carded(STUDY, "14-17", "new")
    with acting(here.officer, TUESDAY):
        assert queries.carded(code.lower(), actor=here.officer) == queries.Carded(
            STUDY, "14-17", "yes"
        )
        assert not Card.objects.exists()
        cannot_read_answers()


def test_no_code_opens_to_whoever_does_no_research_or_walks_with_her(here: Team) -> None:
    cast, protocol = here.cast, study(here)
    of_age(cast.maya.file_id, "14-17", by=cast.ines)
    code = card(protocol, cast.maya.file_id, by=cast.ines)
    both = Actor(cast.ines.user_id, cast.ines.organisation_id, frozenset({Role.RESEARCHER}))

    for who in (cast.ines, cast.louise, cast.karim, cast.roy, VISITOR, both):
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


def test_a_table_is_made_once_another_person_said_yes(here: Team, six: dict[str, str]) -> None:
    protocol, officer, louise = the(here), here.officer, here.cast.louise
    with acting(officer, APRIL):
        actions.ask(uuid_of("mine"), protocol, by=officer, at=APRIL)
    with acting(SERVICE, APRIL):
        assert actions.make(by=SERVICE, at=APRIL) == []

    for who in (officer, here.researcher, here.cast.nadia):
        with acting(who, APRIL), pytest.raises((NotAllowed, WrongState)):
            decided(protocol, "mine", who)
    with acting(louise, APRIL):
        decided(protocol, "mine", louise)
    with acting(SERVICE, APRIL):
        assert [one.people for one in actions.make(by=SERVICE, at=APRIL)] == [6]
        assert actions.make(by=SERVICE, at=APRIL) == []


def decided(protocol: Protocol, which: str, by: Actor) -> None:
    extract = Extract.objects.get(pk=uuid_of(which))
    actions.decide(protocol, extract, approves=True, words="", by=by, at=APRIL)


def test_the_database_itself_refuses_an_answer_of_whoever_asked(
    here: Team, six: dict[str, str]
) -> None:
    cast, both = here.cast, frozenset({Role.RESEARCH_OFFICER, Role.COORDINATOR})
    louise = Actor(cast.louise.user_id, cast.louise.organisation_id, both)
    with acting(louise, APRIL):
        actions.ask(uuid_of("mine"), the(here), by=louise, at=APRIL)
        changed = Extract.objects.filter(pk=uuid_of("mine")).update(
            answered_by=louise.user_id, answered_at=APRIL, is_approved=True
        )

    assert changed == 0


@pytest.mark.parametrize("who", ["officer", "privacy", "ines", "louise", "roy"])
def test_the_table_is_in_the_hands_of_the_named_researcher_alone(
    here: Team, six: dict[str, str], who: str
) -> None:
    extract = made(here, the(here))
    actor: Actor = getattr(here, who, None) or getattr(here.cast, who)

    with acting(actor, LATER):
        assert queries.lines(extract, actor=actor) is None
        with pytest.raises(NotAllowed):
            actions.take(extract, the_one(extract), uuid_of("t"), by=actor, at=LATER)
    assert len(lines_of(here, extract)) == 6


def the_one(extract: Extract) -> Protocol:
    return Protocol.objects.get(pk=extract.protocol_id)


def test_a_no_is_carried_to_the_table_that_is_held_and_to_the_next_one(
    here: Team, six: dict[str, str]
) -> None:
    first = made(here, the(here))
    before = {line[0] for line in lines_of(here, first)}
    june = datetime.fromisoformat("2026-06-02T12:00:00+00:00")
    said(six["Béa"], False, by=here.officer, at=june)
    with acting(SERVICE, june):
        actions.look(by=SERVICE, at=june)
        actions.look(by=SERVICE, at=june)

    with acting(here.researcher, june):
        [drop] = Drop.objects.all()
        assert (drop.line in before, drop.done_at) == (True, None)
        assert [one.sentence for one in waiting(here.researcher)] == [
            "Des lignes d’un tableau sont à retirer\xa0: quelqu’un n’y est plus."
        ]
        actions.drop(the(here), first.pk, by=here.researcher, at=june)
    second = made(here, the(here), "the next", june + timedelta(minutes=1))
    with acting(here.researcher, june + timedelta(minutes=2)):
        assert waiting(here.researcher) == []
        after = queries.lines(second, actor=here.researcher) or []

    assert {line[0] for line in after} == before - {drop.line}


def waiting(actor: Actor) -> list[Handed]:
    return standing.waiting(actor=actor)


def test_a_table_ends_on_its_day_and_is_destroyed(here: Team, six: dict[str, str]) -> None:
    extract = made(here, the(here))
    last = datetime.fromisoformat("2026-07-01T12:00:00+00:00")
    after = last + timedelta(days=1)

    assert len(lines_of(here, extract, last)) == 6
    assert lines_of(here, extract, after) == []
    with acting(here.researcher, after), pytest.raises(NotAllowed):
        actions.take(extract, the_one(extract), uuid_of("late"), by=here.researcher, at=after)
    with acting(SERVICE, after):
        actions.look(by=SERVICE, at=after)
        assert not Table.objects.exists()


def test_of_a_study_that_is_over_nothing_is_asked_nor_made(here: Team, six: dict[str, str]) -> None:
    protocol, louise = the(here), here.cast.louise
    asked(here, protocol)
    with acting(louise, APRIL):
        decided(protocol, "a table", louise)
        actions.end(protocol, by=louise, at=APRIL)
        actions.end(protocol, by=louise, at=APRIL)

    with acting(SERVICE, LATER):
        assert actions.make(by=SERVICE, at=LATER) == []
    with acting(here.officer, LATER):
        assert queries.carded(six["Alix"], actor=here.officer) is None
    with acting(here.cast.samir, LATER), pytest.raises(NotAllowed):
        actions.hand_card(uuid_of("x"), uuid_of("y"), the(here), by=here.cast.samir, at=LATER)


def test_an_expired_protocol_makes_no_table(here: Team, six: dict[str, str]) -> None:
    late = datetime.fromisoformat("2027-03-01T12:00:00+00:00")

    with acting(here.researcher, late), pytest.raises(NotAllowed):
        actions.ask(uuid_of("late"), the(here), by=here.researcher, at=late)
    with acting(here.researcher, late), pytest.raises(ProgrammingError), transaction.atomic():
        Extract.objects.bulk_create(
            [Extract(id=uuid_of("late"), protocol_id=STUDY, asked_by=here.researcher.user_id,
                     asked_at=late)]
        )  # fmt: skip


def test_fewer_than_a_group_leave_no_line(here: Team, six: dict[str, str]) -> None:
    for name in ("Alix", "Béa"):
        said(six[name], False, by=here.officer, at=TUESDAY)

    extract = made(here, the(here))

    assert (extract.people, extract.left_out) == (0, 4)


def test_one_unlike_the_others_is_hidden_or_left_out(here: Team, six: dict[str, str]) -> None:
    of_age(file_of(here, six["Alix"]), "18-24", by=here.cast.samir, at=TUESDAY)

    extract = made(here, the(here))

    # Hidden in every mark she would still be alone of her kind: she is left out.
    assert (extract.people, extract.left_out, extract.smallest) == (5, 1, 5)


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


def test_two_tables_of_one_quarter_count_the_same_whatever_was_done_between(
    here: Team, six: dict[str, str]
) -> None:
    first = lines_of(here, made(here, the(here)))
    may = APRIL + timedelta(days=40)
    alix = file_of(here, six["Alix"])
    with acting(here.cast.samir, may):
        for number in range(6):
            written = notes.Written(
                id=uuid_of(f"note {number}"), kind="meeting", occurred_at=may, length="hour"
            )
            notes.sign(alix, written, by=here.cast.samir, at=may)
    second = made(here, the(here), "again", may + timedelta(minutes=1))

    assert lines_of(here, second, may + timedelta(minutes=2)) == first
