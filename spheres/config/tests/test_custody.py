"""When a psychotherapist leaves or dies, who reads what they wrote, and who never does?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from spheres.accounts.models import Membership, Role, User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import CUSTODY, PURPOSES, Actor
from spheres.core.errors import WrongState
from spheres.followup.custody import actions, queries
from spheres.followup.therapy_notes import actions as therapy
from spheres.followup.therapy_notes.models import TherapyNote
from spheres.followup.therapy_notes.tests import factories
from spheres.followup.therapy_notes.tests.office import Office, open_office
from spheres.sharing.models import Conflict, Custody
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, follow, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
LEFT, DIED, UNABLE = Custody.Ground.LEFT, Custody.Ground.DIED, Custody.Ground.UNABLE
IN_CUSTODY = uuid_of("the notes of Dr Amrani")
HELD = reverse("custody:held")
PAGE = reverse("custody:page")


@pytest.fixture
def office(cast: Cast) -> Office:
    """Dr Amrani wrote two notes of Jade, then left on Tuesday; Colin came after."""
    office = open_office(cast)
    office.write("one")
    office.write("two", shows_day=True)
    leave(office)
    return office


def leave(office: Office) -> None:
    with acting(LOADER, TUESDAY):
        Membership.objects.filter(user_id=office.amrani.user_id).update(ends_at=TUESDAY)


def name(office: Office, who: str = "Colin", *, by: str = "Norbert", ground: str = LEFT) -> bool:
    officer = office.people[by]
    with acting(officer, TUESDAY):
        return actions.name(
            IN_CUSTODY, author=office.amrani.user_id, custodian=office.people[who].user_id,
            ground=ground, by=officer, at=TUESDAY,
        )  # fmt: skip


def notes_seen(actor: Actor, purpose: str = CUSTODY, *, at=TUESDAY) -> int:
    with acting(replace(actor, purpose=purpose), at):
        return TherapyNote.objects.count()


def page(actor: Actor, address: str, *, at=TUESDAY, language: str = "fr") -> tuple[int, str]:
    with clock.at(at):
        answer = signed_in(actor, at=at, language=language).get(address)
    return answer.status_code, answer.content.decode()


def file_held(office: Office) -> str:
    return reverse("custody:notes", args=[office.jade.file_id])


def test_at_the_police_nobody_can_be_chosen_and_the_page_says_so(cast: Cast) -> None:
    """Nobody accompanies anybody there: there are no notes to give, to anybody."""
    with acting(LOADER):
        officer = add_person("Officer", cast.police, Role.PRIVACY_OFFICER)
        gone, here = (add_person(who, cast.police, Role.PSYCHOTHERAPIST) for who in ("A", "B"))
        Membership.objects.filter(user_id=gone.user_id).update(ends_at=TUESDAY)
    with acting(officer, TUESDAY):
        assert queries.gone(actor=officer, at=TUESDAY) == []
        assert queries.here(actor=officer, at=TUESDAY) == []

    with clock.at(TUESDAY):
        client = signed_in(officer, at=TUESDAY)
        shown = Page(client.get(PAGE).content.decode()).fields
        chosen = {"author": gone.user_id, "custodian": here.user_id, "ground": LEFT}
        sent = client.post(PAGE, shown | chosen)
    assert sent.status_code == 422
    with acting(officer, TUESDAY):
        assert Custody.objects.count() == 0


# What opens.


def test_nobody_reads_them_before_somebody_is_named(office: Office) -> None:
    for actor in office.people.values():
        assert [notes_seen(actor, purpose) for purpose in PURPOSES] == [0] * len(PURPOSES)


def test_the_custodian_reads_them_on_pages_of_their_own_and_on_no_other(office: Office) -> None:
    name(office)
    colin = office.people["Colin"]

    assert "Jade" in page(colin, HELD)[1]
    status, said = page(colin, file_held(office))
    assert status == 200
    assert said.count(factories.HER_WORDS) == 2
    assert page(colin, reverse("dossier:file", args=[office.jade.file_id]))[0] == 404
    assert "Jade" not in page(colin, reverse("dossier:people"))[1]
    assert [notes_seen(colin, purpose) for purpose in PURPOSES] == [0, 0, 0, 2, 0, 0]


def test_of_whom_nothing_was_written_not_even_the_name_is_shown(cast: Cast) -> None:
    office = open_office(cast)
    office.write()
    elise = office.people["Élise"]
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=elise)
    with acting(elise):
        therapy.bring_in(
            lou.file_id, office.amrani.user_id, uuid_of("beside Lou"), by=elise, at=MONDAY
        )
    leave(office)
    name(office)
    colin = office.people["Colin"]

    said = page(colin, HELD)[1]
    assert ("Jade" in said, "Lou" in said) == (True, False)
    assert page(colin, reverse("custody:notes", args=[lou.file_id]))[0] == 404


@pytest.mark.parametrize(
    "who",
    ["Élise", "Chloé", "Marthe", "Gaston", "Françoise", "Norbert", "Renée", "Tarek", "Coralie"],
)
def test_nobody_else_reads_them_whoever_names_them_included(office: Office, who: str) -> None:
    name(office)
    actor = office.people[who]

    assert page(actor, file_held(office))[0] in {403, 404}
    assert [notes_seen(actor, purpose) for purpose in PURPOSES] == [0] * len(PURPOSES)


def test_the_custodian_writes_nothing_there(office: Office) -> None:
    name(office)
    colin = replace(office.people["Colin"], purpose=CUSTODY)
    for author in (colin.user_id, office.amrani.user_id):
        forged = TherapyNote(
            id=uuid_of("forged"), file_id=office.jade.file_id, occurred_at=TUESDAY,
            written_by=author, written_at=TUESDAY,
        )  # fmt: skip
        with acting(colin, TUESDAY), pytest.raises(DatabaseError), transaction.atomic():
            TherapyNote.objects.bulk_create([forged])


# Who is named.


@pytest.mark.parametrize(
    "who", ["Élise", "Marthe", "Gaston", "Françoise", "Renée", "Tarek", "Coralie", "Norbert"]
)
def test_nobody_of_another_profession_is_ever_named(office: Office, who: str) -> None:
    with pytest.raises(WrongState):
        name(office, who)
    officer = office.people["Norbert"]
    with acting(officer, TUESDAY), pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.bulk_create([a_custody(office, office.people[who].user_id)])


def a_custody(office: Office, custodian: UUID) -> Custody:
    officer = office.people["Norbert"]
    return Custody(
        id=IN_CUSTODY, organisation_id=officer.organisation_id, custodian_id=custodian,
        author_id=office.amrani.user_id, ground=LEFT, named_by=officer.user_id, named_at=TUESDAY,
        starts_at=TUESDAY,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["Élise", "Marthe", "Gaston", "Tarek", "Coralie", "Colin"])
def test_the_privacy_officer_alone_names(office: Office, who: str) -> None:
    actor = office.people[who]
    assert page(actor, PAGE)[0] == 403
    row = a_custody(office, office.people["Colin"].user_id)
    row.named_by = actor.user_id
    with acting(actor, TUESDAY), pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.bulk_create([row])


def test_nothing_is_given_to_keep_of_somebody_who_is_here(cast: Cast) -> None:
    office = open_office(cast)
    office.write()
    with pytest.raises(WrongState):
        name(office)
    officer = office.people["Norbert"]
    with acting(officer, TUESDAY), pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.bulk_create([a_custody(office, office.people["Colin"].user_id)])


def test_whoever_can_no_longer_act_is_gone_once_their_access_is_closed(cast: Cast) -> None:
    office = open_office(cast)
    office.write()
    with pytest.raises(WrongState):
        name(office, ground=UNABLE)
    with acting(LOADER, TUESDAY):
        User.objects.filter(pk=office.amrani.user_id).update(is_active=False)
    assert name(office, ground=UNABLE)
    assert notes_seen(office.people["Colin"]) == 1


def test_one_holds_them_at_a_time_and_twice_is_once(office: Office) -> None:
    assert [name(office), name(office)] == [True, False]
    officer = office.people["Norbert"]
    with acting(officer, TUESDAY):
        assert queries.gone(actor=officer, at=TUESDAY) == []
        assert Custody.objects.count() == 1


# What closes.


def test_it_closes_when_it_is_ended_and_by_itself_when_the_author_is_back(office: Office) -> None:
    name(office, ground=DIED)
    colin, officer = office.people["Colin"], office.people["Norbert"]
    later = TUESDAY + timedelta(days=1)
    assert notes_seen(colin, at=later) == 2

    with acting(LOADER, later):
        back = Membership.objects.get(user_id=office.amrani.user_id)
        back.pk, back.starts_at, back.ends_at = uuid_of("back"), later, None
        Membership.objects.bulk_create([back])
    assert notes_seen(colin, at=later) == 0

    with acting(LOADER, later):
        Membership.objects.filter(pk=uuid_of("back")).update(ends_at=later)
    assert notes_seen(colin, at=later) == 2
    with acting(officer, later):
        ended = [actions.end(IN_CUSTODY, by=officer, at=later) for _ in range(2)]
    assert ended == [True, False]
    assert notes_seen(colin, at=later) == 0


def test_a_custodian_who_knows_the_person_reads_nothing_of_them(office: Office) -> None:
    name(office)
    colin = office.people["Colin"]
    with acting(colin, TUESDAY):
        Conflict.objects.bulk_create(
            [
                Conflict(
                    id=uuid_of("knows"), user_id=colin.user_id, file_id=office.jade.file_id,
                    declared_at=TUESDAY,
                )
            ]
        )  # fmt: skip
    assert notes_seen(colin) == 0
    assert page(colin, file_held(office))[0] == 404


# What is told.


def test_it_is_written_in_the_journal_and_each_opening_too(office: Office) -> None:
    name(office)
    colin, officer = office.people["Colin"], office.people["Norbert"]
    page(colin, file_held(office))

    with acting(officer, TUESDAY):
        told = Event.objects.get(action="custody.named")
        assert (told.chain_id, told.basis) == (officer.user_id, "LEFT")
        assert not Event.objects.filter(actor_id=colin.user_id).exists()
    with acting(colin, TUESDAY):
        read = Event.objects.get(basis="custody")
        assert (read.chain_id, read.sections) == (colin.user_id, ["identity", "therapy"])


def test_the_page_of_who_can_see_names_whoever_holds_them(office: Office) -> None:
    name(office)
    address = reverse("dossier:who", args=[office.jade.file_id])
    said = page(office.people["Élise"], address)[1]
    assert re.search("Colin.*?Garde les notes", said, re.DOTALL)
    assert factories.HER_WORDS not in said


def test_the_officer_reads_how_many_lines_and_never_of_whom(office: Office) -> None:
    officer = office.people["Norbert"]
    with acting(officer, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select * from access.sealed_lines()")
        [(author, month, lines)] = cursor.fetchall()
        assert (author, f"{month:%Y-%m}", lines) == (office.amrani.user_id, "2026-03", 2)
    for who in ("Élise", "Marthe", "Tarek", "Colin"):
        with acting(office.people[who], TUESDAY), connection.cursor() as cursor:
            cursor.execute("select * from access.sealed_lines()")
            assert cursor.fetchall() == []


def test_norbert_names_colin_on_the_page(office: Office) -> None:
    officer, colin = office.people["Norbert"], office.people["Colin"]
    with clock.at(TUESDAY):
        client = signed_in(officer, at=TUESDAY)
        first = client.get(PAGE).content.decode()
        number = first.split('name="form_id" value="')[1].split('"')[0]
        sent = {
            "form_id": number, "author": str(office.amrani.user_id), "ground": "LEFT",
            "custodian": str(colin.user_id),
        }  # fmt: skip
        answers = [client.post(PAGE, sent) for _ in range(2)]
        after = client.get(PAGE).content.decode()
    assert "Jade" not in first + after
    assert [answer.status_code for answer in answers] == [302, 302]
    assert "Gardées par Colin" in after
    assert "Vous gardez les notes" in page(colin, reverse("dossier:my_day"))[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_whole_in_both_languages(office: Office, language: str) -> None:
    with untranslated() as missing:
        assert page(office.people["Norbert"], PAGE, language=language)[0] == 200
        assert page(office.people["Colin"], HELD, language=language)[0] == 200
        name(office)
        for actor, address in (("Norbert", PAGE), ("Colin", HELD), ("Colin", file_held(office))):
            assert page(office.people[actor], address, language=language)[0] == 200
    assert missing == set()
