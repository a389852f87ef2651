"""What could whoever has the source, an account and some SQL do, and no longer can?

Each of these was done once, by an attacker of ours, on the true site (ADR walls).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import translation
from psycopg.errors import InsufficientPrivilege

from spheres.accounts.models import Membership, Organisation, Role
from spheres.accounts.sessions import DOORKEEPER
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import WrongState
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Offer, Referral, ReferredPerson, Referrer
from spheres.followup.dossier import opened
from spheres.followup.notes.models import Note
from spheres.participants.models import Assignment, File, Identity
from spheres.sharing.models import Handler
from tests.cast import (
    FRIDAY,
    LOADER,
    MONDAY,
    TUESDAY,
    acting,
    add_person,
    refer,
    sign_note,
    uuid_of,
)
from tests.pages import signed_in

DAY = timedelta(days=1)
WORKER = frozenset({Role.YOUTH_WORKER})


def hire(actor: Actor, organisation: Organisation, role: str, *, at=MONDAY - DAY) -> Actor:
    """One more membership of somebody we know; returns her, acting there."""
    with acting(LOADER, at):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of(f"{actor.user_id} {organisation.slug} {role} {at}"),
                    user_id=actor.user_id,
                    organisation=organisation,
                    role=role,
                    job_title_fr="Titre",
                    job_title_en="Title",
                    starts_at=at,
                )
            ]
        )
    return Actor(actor.user_id, organisation.id, frozenset({role}))


def leave(actor: Actor, *, at) -> None:
    with acting(DOORKEEPER, at):
        Membership.objects.filter(
            user_id=actor.user_id, organisation_id=actor.organisation_id, ends_at=None
        ).update(ends_at=at)


def offered(cast, worker: Actor) -> tuple[UUID, UUID]:
    """Léa's referral, on offer to this worker."""
    file_id, offer_id = refer("Léa", desk=cast.institute.id), uuid_of("offer of Léa")
    with acting(cast.louise):
        admission.offer(file_id, to=worker.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)
    return file_id, offer_id


def taken_on(cast, worker: Actor) -> UUID:
    file_id, offer_id = offered(cast, worker)
    with acting(worker):
        admission.accept(offer_id, desk=cast.institute.id, by=worker, at=MONDAY)
    return file_id


def what_she_finds(file_id: UUID, actor: Actor, at=MONDAY) -> dict[str, int]:
    """How many rows of a person, in each table that says something of her, this actor reads."""
    with acting(actor, at):
        return {
            model.__name__: model.objects.filter(file_id=file_id).count()
            for model in (Referral, ReferredPerson, Referrer, Identity, Note, Offer)
        } | {"File": File.objects.filter(pk=file_id).count()}


NOTHING = dict.fromkeys(
    ("Referral", "ReferredPerson", "Referrer", "Identity", "Note", "Offer", "File"), 0
)


# A worker's hat, worn at the police.


def test_a_worker_of_the_police_finds_nothing_of_a_file_she_is_assigned_to(cast):
    bob = add_worker_at_the_police(cast)
    here = hire(bob, cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.ines):
        walk_with_maya(cast, bob)

    assert what_she_finds(cast.maya.file_id, bob, TUESDAY) == NOTHING
    assert what_she_finds(cast.maya.file_id, here, TUESDAY)["Note"] == 1


def test_a_file_is_opened_in_the_name_of_the_organisation_acted_for_and_never_of_the_police(cast):
    bob = add_worker_at_the_police(cast)
    here = hire(bob, cast.la_maison, Role.YOUTH_WORKER)
    file_id, offer_id = offered(cast, here)

    with pytest.raises(WrongState), transaction.atomic(), acting(bob):
        admission.accept(offer_id, desk=cast.institute.id, by=bob, at=MONDAY)
    at_the_police = File(
        id=file_id, participant_id=uuid_of("Léa"), holder=cast.police, opened_at=MONDAY
    )
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        acting(here),
    ):
        File.objects.bulk_create([at_the_police])
    assert what_she_finds(file_id, bob) == NOTHING


def test_a_desk_at_the_police_reads_nothing(cast):
    at_the_desk = hire(cast.roy, cast.police, Role.COORDINATOR)
    file_id = refer("Léa", desk=cast.institute.id)

    assert what_she_finds(file_id, at_the_desk) == NOTHING
    assert what_she_finds(file_id, cast.louise)["Referrer"] == 1


def test_a_unit_of_the_police_is_the_police(cast):
    with acting(LOADER):
        unit = Organisation.objects.get(slug="police")
        unit.id, unit.slug, unit.kind = uuid_of("unit"), "unit", Organisation.Kind.UNIT
        unit.parent_id = cast.police.id
        Organisation.objects.bulk_create([unit])
        bob = add_person("Bob", unit, Role.YOUTH_WORKER)
    here = hire(bob, cast.la_maison, Role.YOUTH_WORKER)
    with acting(cast.ines):
        walk_with_maya(cast, here)

    assert what_she_finds(cast.maya.file_id, bob, TUESDAY) == NOTHING


def add_worker_at_the_police(cast) -> Actor:
    with acting(LOADER):
        return add_person("Bob", cast.police, Role.YOUTH_WORKER)


def walk_with_maya(cast, other: Actor, *, at=MONDAY) -> None:
    """In the context of whoever walks with her already."""
    Assignment.objects.bulk_create(
        [
            Assignment(
                id=uuid_of(f"{other.user_id} walks with Maya"),
                file_id=cast.maya.file_id,
                user_id=other.user_id,
                part=Assignment.Part.SUPPORT,
                starts_at=at,
            )
        ]
    )


def refused(actor: Actor, do: Callable[[], object], at=MONDAY) -> bool:
    """Whether the database says no, whatever the code would have let pass."""
    try:
        with transaction.atomic(), acting(actor, at):
            do()
    except ProgrammingError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)
    return False


# Who left, and works elsewhere; who left, and comes back.


def test_who_left_and_works_elsewhere_keeps_nothing_of_what_was_entrusted_to_her(cast):
    bob = hire(cast.yanick, cast.elsewhere, Role.YOUTH_WORKER)
    file_id = taken_on(cast, cast.yanick)
    leave(cast.yanick, at=TUESDAY)

    assert what_she_finds(file_id, cast.yanick)["Referrer"] == 1
    assert what_she_finds(file_id, bob) == NOTHING
    assert what_she_finds(file_id, cast.yanick, FRIDAY) == NOTHING
    assert what_she_finds(file_id, bob, FRIDAY) == NOTHING


def test_who_comes_back_after_two_years_is_given_nothing_back(cast):
    lea, _ = offered(cast, cast.ines)
    leave(cast.ines, at=TUESDAY)
    back = TUESDAY + 700 * DAY
    hire(cast.ines, cast.la_maison, Role.YOUTH_WORKER, at=back)

    assert what_she_finds(cast.maya.file_id, cast.ines)["Note"] == 1
    assert what_she_finds(cast.maya.file_id, cast.ines, back) == NOTHING
    assert what_she_finds(lea, cast.ines)["Referral"] == 1
    assert what_she_finds(lea, cast.ines, back) == NOTHING


def test_another_contract_without_a_day_between_is_the_same_stay(cast):
    leave(cast.ines, at=TUESDAY)
    ines = hire(cast.ines, cast.la_maison, Role.PROFESSIONAL_SUPPORT, at=TUESDAY)

    assert what_she_finds(cast.maya.file_id, ines, FRIDAY)["Note"] == 1


# Nobody gives herself what she was not given.


def hand(matter_id: UUID, kind: str, **to) -> Callable[[], object]:
    row = Handler(
        id=uuid_of(f"{kind} {to}"), matter_id=matter_id, kind=kind, starts_at=MONDAY, **to
    )
    return lambda: Handler.objects.bulk_create([row])


def test_whoever_is_offered_a_referral_makes_herself_neither_its_desk_nor_gives_it_away(cast):
    lea, _ = offered(cast, cast.samir)
    samir, police = cast.samir, {"organisation_id": cast.police.id, "role": Role.POLICE_MEMBER}

    assert refused(samir, hand(lea, "DESK", user_id=samir.user_id))
    assert refused(samir, hand(lea, "DESK", **police))
    assert refused(samir, hand(lea, "WATCH", **police))
    assert refused(samir, hand(lea, "OFFERED", user_id=cast.ines.user_id))
    assert refused(samir, hand(lea, "ENTRUSTED", user_id=cast.ines.user_id))
    with acting(samir):
        assert Handler.objects.filter(matter_id=lea, kind="DESK").update(ends_at=MONDAY) == 0
        assert Handler.objects.filter(matter_id=lea, kind="OFFERED").update(ends_at=MONDAY) == 1
    assert what_she_finds(lea, cast.louise)["ReferredPerson"] == 1


def test_the_desk_offers_to_a_worker_and_to_nobody_else(cast):
    lea = refer("Léa", desk=cast.institute.id)

    for whom in (cast.roy, cast.karim, cast.amrani, cast.louise, add_worker_at_the_police(cast)):
        assert refused(cast.louise, hand(lea, "OFFERED", user_id=whom.user_id))
    assert refused(cast.louise, hand(lea, "ENTRUSTED", user_id=cast.ines.user_id))
    assert not refused(cast.louise, hand(lea, "OFFERED", user_id=cast.ines.user_id))


def test_what_ended_is_not_reopened_and_a_row_of_hands_is_not_rewritten(cast):
    lea = taken_on(cast, cast.samir)
    at_the_desk = {"matter_id": lea, "kind": "DESK"}

    assert refused(cast.samir, lambda: Handler.objects.filter(**at_the_desk).update(ends_at=None))
    assert refused(cast.samir, lambda: Handler.objects.filter(**at_the_desk).update(ends_at=FRIDAY))
    assert refused(
        cast.samir,
        lambda: Handler.objects.filter(**at_the_desk).update(organisation_id=cast.police.id),
    )
    assert what_she_finds(lea, cast.louise) == NOTHING


def test_a_visitor_leaves_a_matter_at_the_desk_of_the_region_and_at_no_other(cast):
    lea, new = refer("Léa", desk=cast.institute.id), uuid_of("another matter")
    police = {"organisation_id": cast.police.id, "role": Role.POLICE_MEMBER}
    desk = {"organisation_id": cast.institute.id, "role": Role.COORDINATOR}

    assert refused(VISITOR, hand(lea, "DESK", **police))
    assert refused(VISITOR, hand(new, "DESK", **police))
    assert refused(VISITOR, hand(new, "DESK", user_id=cast.roy.user_id))
    assert refused(VISITOR, hand(new, "DESK", **(desk | {"role": Role.TRAINER})))
    assert not refused(VISITOR, hand(new, "DESK", **desk))
    with pytest.raises(IntegrityError), transaction.atomic(), acting(VISITOR):
        hand(lea, "DESK", **desk)()


def assign(file_id: UUID, whom: Actor) -> Callable[[], object]:
    row = Assignment(
        id=uuid_of(f"{whom.user_id} {file_id}"), file_id=file_id, user_id=whom.user_id,
        starts_at=MONDAY,
    )  # fmt: skip
    return lambda: Assignment.objects.bulk_create([row])


def test_a_file_is_given_to_a_colleague_who_accompanies_people_and_to_nobody_else(cast):
    hers = cast.maya.file_id

    for whom in (cast.samir, cast.karim, cast.nadia, cast.louise, cast.roy, cast.amrani):
        assert refused(cast.ines, assign(hers, whom))
    assert not refused(cast.ines, assign(hers, cast.yanick))


def test_whoever_takes_a_referral_on_opens_its_file_to_herself_alone(cast):
    """Between the offer and the acceptance, she may write who walks with her: herself."""
    lea, _ = offered(cast, cast.ines)

    assert refused(cast.ines, assign(lea, cast.yanick))


def test_an_assignment_ends_and_is_never_passed_on_as_if_it_had_always_been_another_s(cast):
    mine = Assignment.objects.filter(file_id=cast.maya.file_id)

    assert refused(cast.ines, lambda: mine.update(user_id=cast.yanick.user_id))
    assert refused(cast.ines, lambda: mine.update(starts_at=MONDAY - 900 * DAY))


# The keys.


def ask(question: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def mint(owner_id: UUID, kind: str = "FOLLOW_UP", *, after: int, wrapped: bytes = b"x" * 60):
    values = (owner_id, kind, after, settings.SPHERES_KEY_ID, wrapped)
    return lambda: ask("select access.mint_key(5, %s, %s, %s, %s, %s)", *values)


def test_nobody_lists_whose_keys_there_are(cast):
    for who in (cast.roy, cast.ines, DOORKEEPER, VISITOR):
        assert refused(who, lambda: ask("select * from vault_datakey"))
        assert refused(who, lambda: ask("select * from access.keys_to_wrap('', null)"))


def test_a_key_is_given_to_whoever_names_its_number_and_its_owner(cast):
    hers = cast.maya.file_id
    with acting(cast.ines):
        [(number, *_)] = ask("select * from access.newest_key(%s, 'FOLLOW_UP')", hers)
        found = ask("select number, owner_id from access.keys(%s, %s)", [number], [hers])
        of_another = ask("select * from access.keys(%s, %s)", [number], [uuid_of("another")])

    assert (found, of_another) == ([(number, hers)], [])


def test_nobody_stops_the_writing_with_a_key_that_opens_nothing(cast):
    hers, new = cast.maya.file_id, uuid_of("no matter yet")
    lea = refer("Léa", desk=cast.institute.id)

    for who in (cast.roy, cast.samir, cast.ines, cast.louise, VISITOR):
        assert refused(who, mint(hers, after=1))
        assert refused(who, mint(hers, after=998))
    for who in (cast.roy, cast.samir, VISITOR):
        assert refused(who, mint(hers, after=0))
        assert refused(who, mint(lea, after=0))
    assert refused(VISITOR, mint(new, "REFERRAL", after=0, wrapped=b"x" * 59))
    for kind in ("COMMITTEE", "REGISTER", "FOLLOW_UP"):
        assert refused(VISITOR, mint(new, kind, after=0))
    assert refused(cast.ines, mint(hers, "INCIDENT", after=0))
    assert not refused(VISITOR, mint(new, "REFERRAL", after=0))
    with acting(cast.ines):
        sign_note(hers, "written all the same", by=cast.ines, her_words="Oui")


# The journal.


def tell(chain: str, chain_id: UUID, by: Actor, action: str = "open") -> Callable[[], object]:
    row = Event(
        id=uuid4(), at=MONDAY, chain=chain, chain_id=chain_id, actor_id=by.user_id,
        organisation_id=by.organisation_id, roles=[], purpose="", action=action, sections=[],
        record_ids=[], digest=b"",
    )  # fmt: skip
    return lambda: Event.objects.bulk_create([row])


def test_nobody_writes_in_the_chain_of_a_file_or_of_a_person_that_is_not_hers(cast):
    hers, lea = cast.maya.file_id, refer("Léa", desk=cast.institute.id)

    for who in (cast.roy, cast.samir, cast.louise, cast.karim, cast.nadia, VISITOR):
        assert refused(who, tell("FILE", hers, who))
        assert refused(who, tell("ACTOR", cast.ines.user_id, who))
        assert refused(who, tell("ACTOR", hers, who))
        assert not refused(who, tell("ACTOR", who.user_id, who))
    assert not refused(cast.ines, tell("FILE", hers, cast.ines))
    assert not refused(cast.louise, tell("FILE", lea, cast.louise))
    assert refused(cast.ines, tell("FILE", lea, cast.ines))
    assert refused(VISITOR, tell("FILE", lea, VISITOR), at=TUESDAY)


def test_the_journal_of_a_file_says_nothing_in_the_words_of_whoever_wrote_in_it(cast):
    hers, typed = cast.maya.file_id, "<i>Appelle-moi</i>"
    with acting(cast.ines):
        tell("FILE", hers, cast.ines, action=typed)()
        with translation.override("fr"):
            found = opened.opened(hers, actor=cast.ines, at=MONDAY)
            said = [one.sentence for day in found.days for line in day.lines for one in line.each]
    with clock.at(MONDAY):
        page = signed_in(cast.ines).get(f"/files/{hers}/who/").content.decode()

    assert "Autre action" in said
    assert "Autre action" in page
    assert "Appelle-moi" not in page
