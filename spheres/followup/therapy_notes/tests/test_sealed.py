"""Does a psychotherapy note stay its author's alone, by every screen and by the database?"""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from spheres.audit import actions as audit
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.therapy_notes import actions, queries
from spheres.followup.therapy_notes.models import TherapyDay, TherapyNote
from spheres.followup.therapy_notes.tests import factories
from spheres.followup.therapy_notes.tests.office import (
    COLLEAGUES,
    ELSEWHERE,
    Office,
    add_hat,
    open_office,
)
from spheres.records import actions as drafts
from spheres.records import policy as official
from spheres.records.policy import Official
from spheres.sharing.rules import THERAPY
from spheres.vault import queries as vault_queries
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
WORDS = (factories.HER_WORDS, factories.OBSERVATION, factories.SUPPORT)
TABLES = ("therapy_notes_therapynote", "therapy_notes_therapynotestatus")
OTHERS = [*COLLEAGUES, *ELSEWHERE]


@pytest.fixture
def office(cast: Cast) -> Office:
    return open_office(cast)


def at(office: Office, name: str, *ids: object) -> str:
    return reverse(name, args=[office.jade.file_id, *ids])


def read(actor: Actor, address: str, *, language: str = "fr") -> tuple[int, str]:
    with clock.at(MONDAY):
        answer = signed_in(actor, language=language).get(address)
    return answer.status_code, answer.content.decode()


def rows_seen(actor: Actor) -> list[int]:
    """How many rows of the two tables the database shows to this person, asked as `app`."""
    counts = []
    with acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            counts.append(cursor.fetchone()[0])
    return counts


# Who reads.


def test_their_author_reads_them_on_the_file_and_on_their_own_page(office: Office) -> None:
    note = office.write()

    pages = [
        read(office.amrani, at(office, "dossier:file")),
        read(office.amrani, at(office, "therapy_notes:detail", note)),
    ]
    assert [status for status, _page in pages] == [200, 200]
    for _status, page in pages:
        assert [words for words in WORDS if words not in page] == []


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_one_word_by_any_screen(office: Office, who: str) -> None:
    note = office.write()
    actor = office.others[who]

    own_pages = ("detail", "correct")
    answers = [read(actor, at(office, f"therapy_notes:{page}", note)) for page in own_pages]
    assert [status for status, _page in answers] == [404, 404]
    for address in (
        at(office, "dossier:file"), at(office, "dossier:who"), at(office, "plan:page"),
        at(office, "therapy_notes:days"), reverse("dossier:my_day"), reverse("dossier:people"),
        reverse("dossier:contact"),
    ):  # fmt: skip
        _status, page = read(actor, address)
        assert [words for words in WORDS if words in page] == [], address
        assert str(note) not in page, address


@pytest.mark.parametrize("who", OTHERS)
def test_the_database_shows_nobody_else_a_row_nor_lets_them_write_one(
    office: Office, who: str
) -> None:
    note = office.write()
    actor = office.others[who]

    assert rows_seen(office.amrani) == [1, 1]
    assert rows_seen(actor) == [0, 0]
    with acting(actor):
        assert TherapyNote.objects.filter(pk=note).count() == 0
        forged = TherapyNote(
            id=uuid_of("forged"),
            file_id=office.jade.file_id,
            occurred_at=MONDAY,
            written_by=office.amrani.user_id,
            written_at=MONDAY,
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            TherapyNote.objects.bulk_create([forged])


def test_a_colleague_beside_them_reads_her_own_notes_and_no_other(office: Office) -> None:
    office.write()
    chloe = office.people["Chloé"]
    with acting(chloe):
        hers = factories.write(office.jade.file_id, uuid_of("hers"), by=chloe, at=MONDAY)

    with acting(chloe):
        found = [row.pk for row in queries.of_file(office.jade.file_id, actor=chloe)]
    assert found == [hers]


def test_a_note_closes_with_the_end_of_the_walk_together(office: Office) -> None:
    office.write()
    with acting(office.people["Élise"], TUESDAY), connection.cursor() as cursor:
        cursor.execute(
            "update participants_assignment set ends_at = %s where user_id = %s",
            [TUESDAY, office.amrani.user_id],
        )

    with acting(office.amrani, TUESDAY):
        assert list(queries.of_file(office.jade.file_id, actor=office.amrani)) == []


# What nobody learns of it.


def test_the_page_of_who_opened_tells_colleagues_neither_that_one_was_written_nor_when(
    office: Office,
) -> None:
    office.write(at=TUESDAY)
    elise = office.people["Élise"]

    with clock.at(TUESDAY):
        page = signed_in(elise, at=TUESDAY).get(at(office, "dossier:who")).content.decode()
    opened = page.split("Qui l’a ouvert")[1]
    assert "Élise" in opened
    assert "Dr Amrani" not in opened
    with acting(office.amrani):  # their author's own chain keeps the truth
        told = Event.objects.get(action="therapy.note_signed")
        assert (told.chain, told.chain_id) == (Event.Chain.ACTOR, office.amrani.user_id)


@pytest.mark.parametrize("who", OTHERS)
def test_the_raw_journal_tells_nobody_else_that_there_is_one(office: Office, who: str) -> None:
    """No row of hers, no link, and no empty place between two links of the file."""
    note = office.write()
    read(office.amrani, at(office, "dossier:file"))
    read(office.amrani, at(office, "therapy_notes:detail", note))
    read(office.people["Élise"], at(office, "dossier:file"))

    with acting(office.others[who]), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "select count(*) from audit_event where actor_id = %s or %s = any(record_ids)",
            [office.amrani.user_id, note],
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "select count(*), coalesce(max(position), 0), count(e.id) from audit_link l "
            "left join audit_event e on e.id = l.event_id where l.chain_id = %s",
            [office.jade.file_id],
        )
        assert len(set(cursor.fetchone())) == 1


def test_whoever_wears_two_hats_is_told_apart(office: Office) -> None:
    """What Élise opens as a worker is in the file; what is sealed, in her own chain."""
    elise = add_hat(office, "Élise")
    with acting(elise):
        note = factories.write(office.jade.file_id, uuid_of("hers"), by=elise, at=MONDAY)
        before = set(Event.objects.values_list("pk", flat=True))
    assert read(elise, at(office, "therapy_notes:detail", note))[0] == 200

    with acting(elise):
        told = Event.objects.exclude(pk__in=before).order_by("number")
        assert [(event.chain_id, event.sections) for event in told] == [
            (office.jade.file_id, ["contact", "identity"]),
            (elise.user_id, ["therapy"]),
        ]


def test_the_table_refuses_a_sealed_line_in_the_chain_of_a_file(office: Office) -> None:
    with acting(office.amrani), connection.cursor() as cursor:
        line = Event(
            id=uuid_of("line"), at=MONDAY, chain="FILE", chain_id=office.jade.file_id,
            actor_id=office.amrani.user_id, organisation_id=office.amrani.organisation_id,
            roles=[], purpose="ordinary", action="open", sections=[THERAPY], record_ids=[],
        )  # fmt: skip
        values = [getattr(line, column) for column in audit.COLUMNS]
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(audit.WRITE, values)


def test_a_text_put_back_is_seen_though_its_line_is_in_another_chain(office: Office) -> None:
    note = office.write()
    with acting(office.amrani):
        assert vault_queries.doubtful_rows(office.jade.file_id, connection=connection) == []
        found = vault_queries._told(office.jade.file_id, connection.cursor())[0]
    assert note in found


def test_every_way_offered_on_the_file_of_a_psychotherapist_is_open_to_them(office: Office) -> None:
    office.write(shows_day=True)
    _status, page = read(office.amrani, at(office, "dossier:file"))
    main = page.split("<main")[1].split("</main")[0]
    ways = sorted(set(re.findall(r'href="(/[^"#?]*)"', main)))

    assert len(ways) > 4
    assert [way for way in ways if read(office.amrani, way)[0] != 200] == []


def test_a_draft_is_its_authors_alone_and_in_nobody_elses_day(office: Office) -> None:
    with acting(office.amrani):
        drafts.save_draft(
            uuid_of("begun"), file_id=office.jade.file_id, section=THERAPY,
            record_type="therapy_notes", fields={"observation": factories.OBSERVATION},
            by=office.amrani, at=MONDAY,
        )  # fmt: skip
    address = f"{at(office, 'therapy_notes:write')}?draft={uuid_of('begun')}"

    assert factories.OBSERVATION in read(office.amrani, address)[1]
    assert str(uuid_of("begun")) in read(office.amrani, reverse("dossier:my_day"))[1]
    for who in ("Élise", "Chloé", "Marthe", "Tarek"):
        for page in (address, reverse("dossier:my_day")):
            said = read(office.people[who], page)[1]
            assert factories.OBSERVATION not in said
            assert str(uuid_of("begun")) not in said.replace(address, "")


def test_it_is_copied_to_no_official_file(office: Office) -> None:
    office.write()
    with acting(office.amrani):
        note = queries.of_file(office.jade.file_id, actor=office.amrani).get()
        foundation = Official(office.amrani.organisation_id, "Fondation", "Dossier", "PDF")
        assert not official.can_hand_over(office.amrani, note, note.standing.status, foundation)


# The days.


def test_no_day_is_shown_unless_she_agrees(office: Office) -> None:
    office.write()

    with acting(office.people["Élise"]):
        assert not queries.days(office.jade.file_id, actor=office.people["Élise"]).exists()
    assert "2 mars 2026" not in read(office.people["Élise"], at(office, "therapy_notes:days"))[1]


def test_an_agreed_day_is_all_that_a_colleague_of_the_file_learns(office: Office) -> None:
    note = office.write(shows_day=True)

    for name in ("therapy_notes:days", "dossier:file"):
        status, page = read(office.people["Élise"], at(office, name))
        assert status == 200
        assert "2 mars 2026" in page
        assert str(note) not in page


@pytest.mark.parametrize("who", ["Colin", "Marthe", "Gaston", "Tarek", *ELSEWHERE])
def test_a_day_is_shown_to_nobody_who_does_not_read_her_summary(office: Office, who: str) -> None:
    office.write(shows_day=True)
    actor = office.others[who]

    assert read(actor, at(office, "therapy_notes:days"))[0] == 404
    with acting(actor):
        assert not TherapyDay.objects.exists()


def test_she_takes_a_day_back_and_nothing_says_there_was_one(office: Office) -> None:
    office.write("one", shows_day=True)
    with clock.at(MONDAY):
        amrani = signed_in(office.amrani)
        page = amrani.get(at(office, "therapy_notes:days"))
        assert "Cacher ces jours" in page.content.decode()
        number = page.content.decode().split('name="form_id" value="')[1].split('"')[0]
        sent = [
            amrani.post(at(office, "therapy_notes:days"), {"form_id": number}) for _ in range(2)
        ]
    assert [answer.status_code for answer in sent] == [302, 302]
    with acting(office.people["Élise"]):
        assert not queries.days(office.jade.file_id, actor=office.people["Élise"]).exists()
    with acting(office.amrani):
        assert TherapyNote.objects.count() == 1


def test_the_day_that_stands_is_the_one_of_the_last_note(office: Office) -> None:
    first = office.write("one", shows_day=True)
    with acting(office.amrani, TUESDAY):
        factories.correct(first, uuid_of("two"), by=office.amrani, at=TUESDAY)
        assert not queries.days(office.jade.file_id, actor=office.amrani).exists()


@pytest.mark.parametrize("who", ["Élise", "Marthe", "Colin", "ines"])
def test_nobody_but_her_psychotherapist_shows_or_hides_a_day(office: Office, who: str) -> None:
    office.write(shows_day=True)
    actor = office.others[who]
    with acting(actor):
        day = TherapyDay(id=uuid_of("invented"), file_id=office.jade.file_id, came_on=MONDAY.date())
        with pytest.raises(DatabaseError), transaction.atomic():
            TherapyDay.objects.bulk_create([day])
        TherapyDay.objects.all().delete()
    with acting(office.amrani):
        assert queries.days(office.jade.file_id, actor=office.amrani).count() == 1


# Who is brought in.


def test_only_a_psychotherapist_of_the_same_organisation_is_brought_in(office: Office) -> None:
    elise = office.people["Élise"]
    for stranger in (office.cast.ines, office.people["Marthe"]):
        with acting(elise), pytest.raises(WrongState):
            actions.bring_in(
                office.jade.file_id, stranger.user_id, uuid_of("no"), by=elise, at=MONDAY
            )


def test_a_psychotherapist_brings_nobody_in(office: Office) -> None:
    with acting(office.amrani), pytest.raises(NotAllowed):
        actions.bring_in(
            office.jade.file_id, office.people["Colin"].user_id, uuid_of("no"),
            by=office.amrani, at=MONDAY,
        )  # fmt: skip


def test_elise_brings_in_colin_on_her_page_and_twice_is_once(office: Office) -> None:
    elise, colin = office.people["Élise"], office.people["Colin"]
    with clock.at(MONDAY):
        client = signed_in(elise)
        page = client.get(at(office, "therapy_notes:bring_in")).content.decode()
        number = page.split('name="form_id" value="')[1].split('"')[0]
        sent = {"form_id": number, "who": str(colin.user_id)}
        answers = [client.post(at(office, "therapy_notes:bring_in"), sent) for _ in range(2)]
    assert "Colin" in page
    assert [answer.status_code for answer in answers] == [302, 302]
    assert read(colin, at(office, "dossier:file"))[0] == 200


# What the pages say.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_whole_in_both_languages(office: Office, language: str) -> None:
    office.write(shows_day=True)
    with untranslated() as missing:
        for name in ("therapy_notes:days", "therapy_notes:write", "dossier:file"):
            assert read(office.amrani, at(office, name), language=language)[0] == 200
        for name in ("therapy_notes:days", "therapy_notes:bring_in", "dossier:who"):
            assert read(office.people["Élise"], at(office, name), language=language)[0] == 200
    assert missing == set()
