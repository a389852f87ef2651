"""What a psychotherapist tells: who reads it, who decides of it, to whom it may never go?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.followup.disclosures import actions, queries
from spheres.followup.disclosures.actions import Prepared
from spheres.followup.disclosures.models import Behind, Told
from spheres.followup.therapy_notes.tests.office import Office, add_hat, open_office
from spheres.participants import queries as participants
from spheres.sharing.models import Disclosure
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
SOON = LATER + timedelta(hours=1)
LETTER = "Jade prépare un retour en classe, à son pas."
YES = {"given_by": "HERSELF", "form": "ORAL", "witness": "Chloé", "language": "fr"}
ORDERED = {"reference": "500-01", "verified": "Vu", "told_her": "before"}


@pytest.fixture
def office(cast: Cast) -> Office:
    return open_office(cast)


def letter(which: str = "a letter", **other: Any) -> Prepared:
    """Jade and Dr Amrani wrote it together, for the clinic that will receive her."""
    told = Prepared(
        id=uuid_of(which),
        ground="CONSENT",
        purpose="SERVICE",
        capacity="HEALTH",
        items={"NAME": "Jade", "LETTER": LETTER},
        ends_on=date(2026, 4, 1),
        recipient="Dre Nadon, clinique jeunesse",
        about=YES,
    )
    return replace(told, **other)


def prepare(office: Office, told: Prepared, *, by: Actor | None = None) -> Disclosure:
    who = by or office.amrani
    with acting(who):
        person = participants.header(office.jade.file_id, actor=who)
        assert person is not None
        actions.prepare(office.jade.file_id, told, person=person, by=who, at=MONDAY)
        return Disclosure.objects.get(pk=told.id)


def decide(office: Office, one: Disclosure, by: Actor) -> None:
    with acting(by, LATER):
        step_id = uuid_of(f"decision of {one.pk}")
        actions.decide(one, step_id=step_id, is_approved=True, words="", by=by, at=LATER)


def knows(actor: Actor) -> tuple[int, int, int]:
    """How many rows of it, of its words, and of what stands behind it this person reads."""
    with acting(actor, SOON):
        return Disclosure.objects.count(), Told.objects.count(), Behind.objects.count()


def test_its_words_are_read_where_she_works_by_nobody_but_her(office: Office) -> None:
    one = prepare(office, letter())
    decide(office, one, office.people["Norbert"])

    nothing, envelope = (0, 0, 0), (1, 0, 0)
    expected = {name: nothing for name in office.others}
    expected |= {"Élise": envelope, "Norbert": (1, 0, 1)}
    assert knows(office.amrani) == (1, 1, 1)
    assert {name: knows(actor) for name, actor in office.others.items()} == expected


def test_whoever_guards_privacy_decides_without_a_word_of_it(office: Office) -> None:
    one = prepare(office, letter())
    norbert = office.people["Norbert"]
    where = reverse("disclosures:decide", args=[one.pk])

    with clock.at(LATER):
        read = signed_in(norbert, at=LATER).get(where).content.decode()
    decide(office, one, norbert)

    assert "Dre Nadon" in read
    assert LETTER not in read
    with acting(office.amrani, SOON):
        line = queries.one_of(office.jade.file_id, one.pk, actor=office.amrani, at=SOON)
    assert line is not None
    assert (line.stands, line.may_be_handed) == ("OPEN", True)


@pytest.mark.parametrize("name", ["Élise", "Chloé", "Marthe", "Coralie", "Gaston"])
def test_nobody_else_decides_of_it(office: Office, name: str) -> None:
    one = prepare(office, letter())

    with acting(office.people[name], LATER):
        standing = queries.standing_as("DECIDING", actor=office.people[name])

    assert one.pk not in standing


def test_a_partner_named_by_the_person_reads_it_and_she_reads_that_they_did(
    office: Office, cast: Cast
) -> None:
    to_samir = letter(
        recipient="", capacity="WORKER", to_organisation_id=cast.elsewhere.pk,
        to_user_id=cast.samir.user_id,
    )  # fmt: skip
    one = prepare(office, to_samir)
    decide(office, one, office.people["Norbert"])

    with clock.at(SOON):
        client = signed_in(cast.samir, at=SOON)
        read = client.get(reverse("disclosures:told", args=[one.pk])).content.decode()

    assert LETTER in read
    with acting(office.people["Élise"], SOON):
        told = Event.objects.filter(chain_id=office.jade.file_id, actor_id=cast.samir.user_id)
        assert [event.action for event in told] == [queries.OPENED]
        prepared = Event.objects.filter(action="disclosure.prepared")
        assert list(prepared) == []  # who wrote it is in the register; its hour, in her own chain


def test_her_worker_takes_it_back_at_her_word(office: Office, cast: Cast) -> None:
    one = prepare(office, letter())
    decide(office, one, office.people["Norbert"])

    elise = office.people["Élise"]
    with acting(elise, SOON):
        actions.take_back(one, step_id=uuid_of("back"), by=elise, at=SOON)

    with acting(office.amrani, SOON):
        line = queries.one_of(office.jade.file_id, one.pk, actor=office.amrani, at=SOON)
    assert line is not None
    assert (line.stands, line.may_be_handed) == ("TAKEN_BACK", False)


FORBIDDEN = {
    "no letter": letter(items={"NAME": "Jade"}),
    "what is of the file": letter(items={"NEEDS": "Un lit.", "LETTER": LETTER}),
    "that she comes, to a court": letter(items={"COMING": "Oui."}, capacity="COURT"),
    "that she comes, to a school": letter(items={"COMING": "Oui."}, capacity="SCHOOL"),
    "that she comes, to a relative": letter(items={"COMING": "Oui."}, capacity="RELATIVE"),
    "that she comes, as an order asks": letter(
        items={"COMING": "Oui."}, ground="ORDER", purpose="ORDER", capacity="COURT", about=ORDERED
    ),
    "to the police, at a word": letter(capacity="POLICE"),
    "for a committee": letter(purpose="MEETING", capacity="MEMBER", meeting_on=date(2026, 3, 9)),
    "a complaint": letter(purpose="COMPLAINT"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_what_may_not_be_told_is_not_prepared(office: Office, what: str) -> None:
    with pytest.raises(NotAllowed):
        prepare(office, FORBIDDEN[what])


@pytest.mark.parametrize(
    "told",
    [
        letter(items={"COMING": "Oui, depuis janvier."}, capacity="COUNSEL"),
        letter(ground="ORDER", purpose="ORDER", capacity="POLICE", about=ORDERED),
    ],
    ids=["that she comes, to who defends her", "to the police, by an order"],
)
def test_what_may_be_told_is_prepared(office: Office, told: Prepared) -> None:
    assert prepare(office, told).items == list(told.items)


def test_her_worker_does_not_write_a_letter_of_hers(office: Office) -> None:
    with pytest.raises(NotAllowed):
        prepare(office, letter(), by=office.people["Élise"])


@pytest.mark.parametrize("name", ["amrani", "Élise", "Chloé", "Norbert", "samir"])
def test_the_database_holds_it_whatever_a_form_says(office: Office, name: str) -> None:
    actor = office.others.get(name, office.amrani)
    row = Disclosure(
        id=uuid_of("by hand"), file_id=office.jade.file_id,
        organisation_id=actor.organisation_id, ground="CONSENT", purpose="SERVICE",
        capacity="HEALTH", items=["LETTER"], sections=["identity", "therapy"], giver="HERSELF",
        form="ORAL", ends_at=SOON, prepared_by=actor.user_id, prepared_at=MONDAY,
    )  # fmt: skip
    hand_in: list[dict[str, Any]] = [
        {"sections": ["summary"]}, {"sections": ["therapy"]}, {"items": ["NEEDS"]},
        {"items": ["LETTER", "NEEDS"]},
        {"capacity": "POLICE"}, {"capacity": "COURT", "items": ["COMING"]},
        {"prepared_by": uuid_of("another")}, {"purpose": "MEETING", "meeting_on": MONDAY.date()},
    ]  # fmt: skip

    def is_kept(**other: Any) -> bool:
        said = {f.attname: getattr(row, f.attname) for f in Disclosure._meta.fields} | other
        try:
            with transaction.atomic():
                Disclosure.objects.bulk_create([Disclosure(**said)])
                transaction.set_rollback(True)
        except DatabaseError:
            return False
        return True

    with acting(actor):
        kept = [is_kept(), *(is_kept(**other) for other in hand_in)]

    assert kept == [name in {"amrani", "Chloé"}, *[False] * len(hand_in)]


def test_two_hats_write_a_letter_or_what_is_of_the_file_never_both(office: Office) -> None:
    both = add_hat(office, "Élise")

    letter_of_hers = prepare(office, letter(), by=both)
    of_file = prepare(office, letter("of the file", items={"NEEDS": "Un lit."}), by=both)

    assert [letter_of_hers.said_of, of_file.said_of] == [["identity"], ["summary"]]
    with pytest.raises(NotAllowed):
        prepare(office, FORBIDDEN["what is of the file"], by=both)


def test_the_pages_say_it_to_her_and_offer_nothing_else(office: Office) -> None:
    one = prepare(office, letter())
    file_id = office.jade.file_id
    pages = ("page", "prepare", "register")
    with clock.at(SOON), untranslated() as missing:
        client = signed_in(office.amrani, at=SOON)
        found = [client.get(reverse(f"disclosures:{name}", args=[file_id])) for name in pages]
        form = client.get(reverse("disclosures:prepare", args=[file_id]) + "?on=1")
        shown = client.get(reverse("disclosures:detail", args=[file_id, one.pk]))
        refused = [
            client.get(reverse(f"disclosures:{name}", args=[file_id])).status_code
            for name in ("asked", "survivors")
        ]

    assert [answer.status_code for answer in (*found, form, shown)] == [200] * 5
    assert refused == [403, 403]
    assert missing == set()
    assert LETTER in shown.content.decode()
    asked = set(Page(form.content.decode()).fields)
    items = {name.removeprefix("item_") for name in asked if name.startswith("item_")}
    assert items == {"NAME", "AGE", "LANGUAGE", "LETTER", "COMING"}


def test_her_worker_reads_that_it_was_told_and_no_word_of_it(office: Office) -> None:
    one = prepare(office, letter())
    elise = office.people["Élise"]
    with clock.at(SOON):
        client = signed_in(elise, at=SOON)
        file_id = office.jade.file_id
        detail = client.get(reverse("disclosures:detail", args=[file_id, one.pk]))
        register = client.get(reverse("disclosures:register", args=[file_id]))
        paper = client.post(reverse("disclosures:paper", args=[file_id, one.pk]))

    assert (detail.status_code, register.status_code, paper.status_code) == (200, 200, 409)
    for answer in (detail, register):
        assert LETTER not in answer.content.decode()
        assert "Nadon" not in answer.content.decode()
