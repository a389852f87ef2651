"""Does what was written go when two people decide it, stay when it is held, close when sealed?"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core.actor import EXCEPTIONAL, SHARED, Actor
from spheres.core.clock import day_of
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.consents import actions as consents
from spheres.followup.notes.models import Note
from spheres.participants import queries as participants
from spheres.participants.models import Assignment, File, Identity
from spheres.privacy.retention import actions, policy, queries, tasks
from spheres.sharing import holding, keeping
from spheres.sharing.models import Ending, ErasureRequest, ErasureWords, Hold, HoldWords, Seal
from spheres.sharing.models.keeping import CLOSES, Sort
from spheres.vault import actions as vault
from spheres.vault.models import Kind, Tombstone
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.deciding import EXPIRY, House

pytestmark = pytest.mark.django_db
DESTROYED, SEALED, KEPT = Ending.Exit.DESTROYED, Ending.Exit.SEALED, Ending.Exit.KEPT
YEAR = timedelta(days=366)
A_YEAR_ON = day_of(MONDAY + YEAR)
EVERYBODY = (
    "nadia", "norbert", "lucie", "odile", "maude", "ines", "yanick", "karim", "louise", "samir",
    "roy", "amrani",
)  # fmt: skip
KEEP = {"nadia", "norbert", "lucie", "odile"}


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


def sealed(house: House, **said) -> Ending:
    return house.row(house.decide(exit=SEALED, until_on=A_YEAR_ON, **said))


def notes_of(actor: Actor, at=TUESDAY) -> int:
    with acting(actor, at):
        return Note.objects.count()


def keys(house: House, at=TUESDAY) -> set[str]:
    with acting(EXPIRY, at), connection.cursor() as cursor:
        cursor.execute(
            "select k.kind from unnest(%s::text[]) w(kind), access.newest_key(%s, w.kind) k",
            [Kind.values, house.file_id],
        )
        return {kind for (kind,) in cursor.fetchall()}


def refused(do) -> str:
    with pytest.raises(NotAllowed) as refusal, transaction.atomic():
        do()
    return str(refusal.value.reason)


# What two people decide.


def test_what_two_people_decide_to_destroy_is_gone_and_leaves_its_mark(house: House) -> None:
    ending_id = house.decide()
    before = keys(house)

    assert house.carry_out(ending_id, TUESDAY) is True

    assert before - keys(house) == {"FOLLOW_UP", "REFERRAL"}
    assert keys(house) == {"REGISTER"}
    assert notes_of(house.cast.ines) == 0
    with acting(EXPIRY, TUESDAY):
        status = ReferralStatus.objects.get(file_id=house.file_id)
        assert (status.status, status.number) == (ReferralStatus.Status.ADMITTED, "")
        assert not Assignment.objects.filter(file_id=house.file_id, ends_at=None).exists()
    row = house.row(ending_id, at=TUESDAY)
    assert (row.done_at, row.confirmed_by) == (TUESDAY, house["odile"].user_id)
    with acting(Actor(house.file_id, house.file_id, frozenset())):
        told = Event.objects.filter(chain_id=house.file_id).order_by("number")
        said = [e.action for e in told if e.action.startswith(("retention", "erased"))]
    assert said == [
        "retention.asked", "retention.proposed", "retention.confirmed",
        "erased.draft", "erased.follow_up", "erased.referral",
    ]  # fmt: skip


def test_carried_out_twice_it_is_done_once(house: House) -> None:
    ending_id = house.decide()
    house.carry_out(ending_id, TUESDAY)

    assert house.carry_out(ending_id, TUESDAY + timedelta(days=1)) is False
    assert house.row(ending_id, at=TUESDAY).done_at == TUESDAY


def test_what_was_decided_is_carried_out_at_night_if_it_was_not_at_once(house: House) -> None:
    ending_id = house.decide()

    with acting(EXPIRY, TUESDAY):
        assert queries.to_carry_out(actor=EXPIRY) == [ending_id]
        tasks.actions.carry_out(ending_id, by=EXPIRY, at=TUESDAY)
        assert queries.to_carry_out(actor=EXPIRY) == []


def test_a_class_is_destroyed_while_another_is_sealed(house: House) -> None:
    """Each has its own keys: what she agreed to stays, sealed, when her follow-up is gone."""
    house.close()
    house.ask()
    seal = house.propose("seal", sorts=[Sort.REGISTER], exit=SEALED, until_on=A_YEAR_ON)
    house.confirm(seal)
    destroy = house.propose("destroy", sorts=[Sort.FOLLOW_UP])
    house.confirm(destroy)

    assert house.carry_out(destroy, TUESDAY)

    assert keys(house) == {"REGISTER"}
    with acting(house["nadia"], TUESDAY):
        assert Seal.objects.get().faces == list(CLOSES[Sort.REGISTER])
        assert ErasureWords.objects.count() == 1
    with acting(house.cast.ines, TUESDAY):
        assert not ErasureRequest.objects.exists()


def test_registers_go_last_with_what_she_asked_and_what_was_written_of_a_hold(house: House) -> None:
    place(house)
    with acting(house["nadia"], MONDAY):
        holding.ask_to_end(uuid_of("hold"), by=house["nadia"])
    with acting(house["maude"], MONDAY):
        assert holding.end(uuid_of("hold"), by=house["maude"]) == holding.DONE

    house.carry_out(house.decide(sorts=(Sort.FOLLOW_UP, Sort.REGISTER)), TUESDAY)

    with acting(house["nadia"], TUESDAY):
        assert not HoldWords.objects.exists()
        assert not ErasureWords.objects.exists()
        assert Hold.objects.count() == 1  # who, when, on which ground: no word
    with acting(EXPIRY, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select count(*) from access.newest_key(%s, 'REGISTER')", [uuid_of("hold")])
        assert cursor.fetchone() == (0,)


def test_a_tombstone_forbids_to_write_there_again(house: House) -> None:
    house.carry_out(house.decide(), TUESDAY)

    with acting(Actor(house.file_id, house.file_id, frozenset())):
        marks = Tombstone.objects.filter(owner_id=house.file_id).values_list("kind", "basis")
        assert sorted(marks) == [
            ("DRAFT", "retention.request"), ("FOLLOW_UP", "retention.request"),
            ("REFERRAL", "retention.request"),
        ]  # fmt: skip


# Every state, every person, every act.

STATES = ("nothing", "proposed", "by records", "destroying", "sealed", "to open", "taken back")


def bring(house: House, state: str) -> Ending | None:
    """The world in this state; what is looked at, if there is something."""
    house.close()
    house.ask()
    if state == "nothing":
        return None
    exit = SEALED if state in {"sealed", "to open"} else DESTROYED
    until = A_YEAR_ON if exit == SEALED else None
    by = "lucie" if state == "by records" else "nadia"
    ending_id = house.propose(exit=exit, until_on=until, by=by)
    if state in {"destroying", "sealed", "to open"}:
        house.confirm(ending_id)
    if state == "to open":
        with acting(house["nadia"]):
            actions.ask_to_lift(house.row(ending_id), "DEMAND", by=house["nadia"])
    if state == "taken back":
        with acting(house["odile"]):
            actions.take_back(house.row(ending_id), by=house["odile"])
    return house.row(ending_id)


def tries(house: House, who: str, verb: str, row: Ending | None) -> bool:
    """Whether this person does it; what it did is undone."""
    actor = house[who]
    new = actions.Proposed(
        uuid_of("another"), (Sort.FOLLOW_UP,), DESTROYED, "REQUEST", None, uuid_of("asked")
    )
    acts = {
        "propose": lambda: actions.propose(house.file_id, new, by=actor),
        "confirm": lambda: actions.confirm(row, by=actor),
        "take back": lambda: actions.take_back(row, by=actor),
        "ask to open": lambda: actions.ask_to_lift(row, "CLAIM", by=actor),
        "open": lambda: actions.lift(row, by=actor),
    }
    try:
        with acting(actor), transaction.atomic():
            acts[verb]()
            transaction.set_rollback(True)
    except NotAllowed:
        return False
    return True


# Who may, in each state; nobody else, and nobody in another state. Whoever pressed already may
# press again: it is done once.
MAY = {
    ("nothing", "propose"): KEEP,
    ("taken back", "propose"): KEEP,
    ("proposed", "confirm"): KEEP - {"nadia"},
    ("by records", "confirm"): {"nadia", "norbert"},
    ("proposed", "take back"): KEEP,
    ("by records", "take back"): KEEP,
    ("taken back", "take back"): {"odile"},
    ("destroying", "confirm"): {"odile"},
    ("sealed", "confirm"): {"odile"},
    ("to open", "confirm"): {"odile"},
    ("sealed", "propose"): KEEP,
    ("to open", "propose"): KEEP,
    ("sealed", "ask to open"): KEEP,
    ("to open", "ask to open"): {"nadia"},
    ("to open", "open"): KEEP - {"nadia"},
}
VERBS = ("propose", "confirm", "take back", "ask to open", "open")


@pytest.mark.parametrize("state", STATES)
def test_every_person_in_every_state_does_what_is_theirs_and_nothing_else(
    house: House, state: str
) -> None:
    row = bring(house, state)

    did = {
        (verb, who)
        for verb, who in product(VERBS, EVERYBODY)
        if (row is not None or verb == "propose") and tries(house, who, verb, row)
    }

    assert did == {
        (verb, who) for (at, verb), people in MAY.items() if at == state for who in people
    }


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in KEEP])
def test_the_database_answers_nothing_to_whoever_does_not_keep_the_files(
    house: House, who: str
) -> None:
    """The same, past the policy of the code."""
    row = bring(house, "proposed")
    assert row is not None
    with acting(house[who]):
        asked = [
            queries.ask("sorts_of", house.file_id, actor=house[who]),
            queries.ask("confirm_ending", row.pk, actor=house[who]),
            queries.ask("take_back_ending", row.pk, actor=house[who]),
            queries.ask("ask_to_lift", row.pk, "DEMAND", actor=house[who]),
            queries.ask("lift_seal", row.pk, actor=house[who]),
            queries.ask(
                "propose_ending", uuid_of("x"), house.file_id, ["FOLLOW_UP"], "DESTROYED",
                "REQUEST", None, uuid_of("asked"), actor=house[who],
            ),
            queries.due(actor=house[who]),
        ]  # fmt: skip

    assert asked == [None, "UNKNOWN", False, "UNKNOWN", "UNKNOWN", "UNKNOWN", []]


def test_nobody_writes_a_decision_by_hand(house: House) -> None:
    row = bring(house, "proposed")
    assert row is not None
    for who in EVERYBODY:
        with pytest.raises(DatabaseError), transaction.atomic(), acting(house[who]):
            Ending.objects.filter(pk=row.pk).update(confirmed_by=house[who].user_id)
        with pytest.raises(DatabaseError), transaction.atomic(), acting(house[who]):
            Seal.objects.bulk_create(
                [Seal(id=uuid_of("s"), file_id=house.file_id, organisation_id=uuid_of("o"),
                      faces=["notes"], starts_at=MONDAY)]
            )  # fmt: skip


def test_two_who_both_walked_with_her_do_not_decide(house: House) -> None:
    """One who walked with her and another who did not are two: never whoever wrote, alone."""
    row = bring(house, "proposed")
    assert row is not None
    make_worker(house, "nadia", "odile")

    assert refused(lambda: house.confirm(row.pk)) == str(policy.REFUSED[keeping.WALKED])
    house.confirm(row.pk, by="norbert")


def make_worker(house: House, *who: str) -> None:
    """They walk with Maya too, in the same organisation."""
    with acting(LOADER):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of(f"worker {name}"), user_id=house[name].user_id,
                    organisation=house.cast.la_maison, role=Role.YOUTH_WORKER, job_title_fr="T",
                    job_title_en="T", starts_at=MONDAY - timedelta(days=30),
                )
                for name in who
            ]
        )  # fmt: skip
    with acting(house.cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of(f"beside {name}"), file_id=house.file_id,
                    user_id=house[name].user_id, starts_at=MONDAY,
                )
                for name in who
            ]
        )  # fmt: skip


def test_nothing_of_somebody_who_is_accompanied_is_destroyed_or_sealed(house: House) -> None:
    house.ask()

    for exit, until in ((DESTROYED, None), (SEALED, A_YEAR_ON)):
        said = refused(partial(house.propose, exit=exit, until_on=until))
        assert said == str(policy.REFUSED[keeping.NOT_OVER])
    house.confirm(house.propose(exit=KEPT, why="LAW"))


def test_without_a_request_nothing_goes_before_its_day(house: House) -> None:
    house.close()

    said = refused(lambda: house.propose(why="TERM"))
    assert said == str(policy.REFUSED[keeping.NOT_DUE])
    assert refused(lambda: house.propose()) == str(policy.REFUSED[keeping.NO_REQUEST])
    later = MONDAY + 5 * YEAR
    house.confirm(house.propose(why="TERM", at=later), at=later)


def test_a_request_that_was_refused_is_answered(house: House) -> None:
    house.close()
    house.ask()
    house.confirm(house.propose("kept", exit=KEPT, why="LAW"))

    assert refused(lambda: house.propose("again")) == str(policy.REFUSED[keeping.NO_REQUEST])
    with acting(house["nadia"]):
        assert queries.unanswered(actor=house["nadia"]) == []


# Sealed.


def test_what_is_sealed_is_read_by_nobody_at_the_next_statement(house: House) -> None:
    share_with_elsewhere(house)
    assert notes_of(house.cast.ines, MONDAY) == 1
    samir = Actor(house.cast.samir.user_id, house.cast.elsewhere.pk, house.cast.samir.roles, SHARED)
    with acting(samir):
        assert Identity.objects.count() == 1

    sealed(house)

    for who, purpose in product(EVERYBODY, ("ordinary", SHARED, EXCEPTIONAL, "custody")):
        actor = house[who]
        with acting(Actor(actor.user_id, actor.organisation_id, actor.roles, purpose), TUESDAY):
            found = [Note.objects.count(), Identity.objects.count(), File.objects.count()]
            assert found == [0, 0, 0], (who, purpose)
    assert keys(house) >= {"FOLLOW_UP"}  # it still exists


def share_with_elsewhere(house: House) -> None:
    given = consents.Given(
        uuid_of("shared"), house.cast.elsewhere.pk, ("summary",), "coordination", "HERSELF",
        "WRITTEN", "fr", "2026-11", day_of(MONDAY + YEAR / 2),
    )  # fmt: skip
    with acting(house.cast.ines):
        person = participants.header(house.file_id, actor=house.cast.ines)
        assert person is not None
        consents.give(house.file_id, given, person=person, by=house.cast.ines, at=MONDAY)


def test_its_day_come_it_stays_closed_and_comes_back_to_those_who_decide(house: House) -> None:
    sealed(house)
    later = MONDAY + 6 * YEAR

    assert notes_of(house.cast.ines, later) == 0
    with acting(house["nadia"], later):
        (due,) = queries.due(actor=house["nadia"])
    assert (due.sorts, due.sealed_until) == ((Sort.FOLLOW_UP,), A_YEAR_ON)
    destroy = house.propose("after", why="TERM", at=later)
    house.confirm(destroy, at=later)
    assert house.carry_out(destroy, later)


def test_opened_again_by_two_those_who_read_it_read_it_again(house: House) -> None:
    row = sealed(house)
    with acting(house["lucie"], TUESDAY):
        actions.ask_to_lift(row, "ACCESS", by=house["lucie"])
    assert notes_of(house.cast.ines) == 0

    with acting(house["nadia"], TUESDAY):
        actions.lift(row, by=house["nadia"])

    assert notes_of(house.cast.ines, TUESDAY) == 1


def test_a_seal_of_registers_closes_them_alone(house: House) -> None:
    sealed(house, sorts=[Sort.REGISTER])

    assert notes_of(house.cast.ines) == 1
    with acting(house.cast.ines, TUESDAY):
        assert not ErasureRequest.objects.exists()


# Held.


def place(house: House, which: str = "hold", *, by: str = "nadia", at=MONDAY) -> None:
    actor = house[by]
    with acting(actor, at):
        actions.place_hold(
            uuid_of(which), house.file_id, ground="SUBPOENA", words="500-01", by=actor, at=at
        )


def test_a_hold_blocks_in_the_database_what_was_decided_already(house: House) -> None:
    ending_id = house.decide()
    place(house)

    assert house.carry_out(ending_id, TUESDAY) is False
    with (
        pytest.raises(DatabaseError, match="held"),
        transaction.atomic(),
        acting(EXPIRY, TUESDAY),
    ):
        vault.erase(house.file_id, kinds=[Kind.FOLLOW_UP], basis="x", by=EXPIRY, at=TUESDAY)
    assert notes_of(house.cast.ines) == 1


def test_once_it_is_ended_by_two_what_was_decided_is_carried_out_at_night(house: House) -> None:
    ending_id = house.decide()
    place(house)
    nadia, maude = house["nadia"], house["maude"]
    with acting(maude):
        assert not Hold.objects.exists()  # she knows of none until its end is asked
    with acting(nadia):
        actions.end_hold(Hold.objects.get(), by=nadia)
        assert refused(lambda: actions.end_hold(Hold.objects.get(), by=nadia)) == str(
            policy.REFUSED[holding.SAME]
        )
    with acting(EXPIRY):
        assert queries.to_carry_out(actor=EXPIRY) == []
    with acting(maude):
        actions.end_hold(Hold.objects.get(), by=maude)

    with acting(EXPIRY):
        assert queries.to_carry_out(actor=EXPIRY) == [ending_id]
    assert house.carry_out(ending_id, TUESDAY)


def test_a_hold_is_known_to_the_privacy_officers_alone(house: House) -> None:
    place(house)

    seen = {}
    for who in EVERYBODY:
        with acting(house[who]):
            seen[who] = (Hold.objects.count(), HoldWords.objects.count())
    assert {who for who, found in seen.items() if found != (0, 0)} == {"nadia", "norbert"}
    # Nor does the file's own journal say it.
    with acting(Actor(house.file_id, house.file_id, frozenset())):
        told = Event.objects.filter(chain_id=house.file_id).values_list("action", flat=True)
        assert [action for action in told if "hold" in action] == []


def test_what_others_propose_of_a_held_file_waits_in_the_same_words(house: House) -> None:
    house.close()
    house.ask()
    place(house)

    ending_id = house.propose(by="lucie")

    assert house.row(ending_id, by="lucie").is_pending
    assert refused(lambda: house.confirm(ending_id, by="odile")) == str(
        policy.REFUSED[keeping.OFFICER]
    )
    assert refused(lambda: house.confirm(ending_id, by="nadia")) == str(
        policy.REFUSED[keeping.HELD]
    )
    assert refused(lambda: house.propose("mine", by="nadia", sorts=[Sort.REGISTER])) == str(
        policy.REFUSED[keeping.HELD]
    )


def test_what_the_officer_had_proposed_is_taken_back_when_it_is_held(house: House) -> None:
    """Else whoever could have said yes would be refused, and would guess why."""
    house.close()
    house.ask()
    ending_id = house.propose()

    place(house)

    row = house.row(ending_id, by="odile")
    assert (row.withdrawn_by, row.is_pending) == (house["nadia"].user_id, False)
    assert refused(lambda: house.confirm(ending_id, by="odile")) == str(
        policy.REFUSED[keeping.CHANGED]
    )


def test_a_held_file_may_be_sealed(house: House) -> None:
    place(house)

    sealed(house)

    assert notes_of(house.cast.ines) == 0


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in {"nadia", "norbert"}])
def test_nobody_else_places_one(house: House, who: str) -> None:
    with acting(house[who]):
        assert not holding.place(
            uuid_of("h"), house.file_id, ground="CLAIM", words="x", by=house[who], at=MONDAY
        )


def test_an_officer_of_another_organisation_holds_nothing_here(house: House) -> None:
    with acting(LOADER):
        other = add_person("Autre", house.cast.elsewhere, Role.PRIVACY_OFFICER)
    with acting(other):
        assert not holding.place(
            uuid_of("h"), house.file_id, ground="CLAIM", words="x", by=other, at=MONDAY
        )
        assert queries.due(actor=other) == []
        assert queries.matter_called(str(house.file_id)[:8], actor=other) is None


# How long.


def test_the_day_comes_by_the_newest_rule_and_the_last_service(house: House) -> None:
    house.close()
    nadia = house["nadia"]

    def due(at):
        with acting(nadia, at):
            return [one.sorts for one in queries.due(actor=nadia)]

    assert due(MONDAY + 5 * YEAR - timedelta(days=12)) == []
    assert due(MONDAY + 5 * YEAR) == [(Sort.FOLLOW_UP,)]
    with acting(nadia):
        actions.say_rule(
            uuid_of("rule"), sort=Sort.FOLLOW_UP, years=7, basis="Calendrier", by=nadia, at=MONDAY
        )
        assert [(r.sort, r.years, r.is_own) for r in queries.rules(actor=nadia)] == [
            (Sort.FOLLOW_UP, 7, True), (Sort.THERAPY, 5, False), (Sort.REGISTER, 10, False),
        ]  # fmt: skip
    assert due(MONDAY + 6 * YEAR) == []
    assert due(MONDAY + 7 * YEAR) == [(Sort.FOLLOW_UP,)]


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in {"nadia", "norbert"}])
def test_only_the_privacy_officer_says_how_long(house: House, who: str) -> None:
    with pytest.raises((NotAllowed, DatabaseError, WrongState)), acting(house[who]):
        actions.say_rule(
            uuid_of("r"), sort=Sort.FOLLOW_UP, years=1, basis="x", by=house[who], at=MONDAY
        )


def test_a_request_is_read_by_the_officer_and_it_is_told_in_her_journal(house: House) -> None:
    house.ask()
    for who in EVERYBODY:
        with acting(house[who]):
            read = ErasureWords.objects.count()
        assert read == (1 if who in {"ines", "nadia", "norbert"} else 0), who

    with acting(house["nadia"]):
        (asked,) = queries.asked_of(house.file_id, actor=house["nadia"])
        assert asked.words is not None
        vault.open([asked.words], by=house["nadia"], basis="erasure")
        assert asked.words.opened.her_words == "Je veux que tout parte."
    with acting(house.cast.ines):
        opened = Event.objects.filter(chain_id=house.file_id, basis="erasure")
        assert [event.actor_id for event in opened] == [house["nadia"].user_id]
