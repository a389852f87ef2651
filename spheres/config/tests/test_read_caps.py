"""How many files does somebody open in a day, what is never stopped, and who lets them go on?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Membership, Organisation, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import is_reading_stopped
from spheres.followup.dossier import queries as dossier
from spheres.followup.openings.forms import LetGoOnForm
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.participants import queries as participants
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover, Lifted
from tests.cast import LOADER, MONDAY, Cast, Participant, acting, add_person, follow, uuid_of
from tests.pages import signed_in

STOPPED = "Aucun autre dossier ne s’ouvre aujourd’hui"
WHY = "On prépare les bilans de fin de trimestre."
NAMES = ("Lou", "Zoé", "Ana")


@pytest.fixture
def people(cast: Cast) -> list[UUID]:
    """Four persons whom Inès accompanies, where three files a day may be opened."""
    others = [
        follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines) for name in NAMES
    ]
    limit(cast.la_maison, 2, 3)
    return [cast.maya.file_id, *(one.file_id for one in others)]


def limit(organisation: Organisation, alert: int, stop: int) -> None:
    with acting(LOADER):
        rows = Organisation.objects.filter(pk=organisation.pk)
        rows.update(reads_alert=alert, reads_stop=stop)


def ask(client: Client, path: str, at: datetime = MONDAY) -> tuple[int, str]:
    with clock.at(at):
        answer = client.get(path)
    return answer.status_code, answer.content.decode()


def opens(actor: Actor, files: list[UUID], at: datetime = MONDAY) -> list[int]:
    client = signed_in(actor, at=at)
    return [ask(client, f"/files/{file_id}/", at)[0] for file_id in files]


def lets_go_on(
    by: Actor, who: Actor, reason: str = WHY, *, at: datetime = MONDAY, which: str = "a reason"
) -> tuple[int, str]:
    client = signed_in(by, at=at)
    with clock.at(at):
        said = {"form_id": LetGoOnForm.signer().sign(uuid_of(which).hex), "reason": reason}
        answer = client.post(f"/openings/colleagues/{who.user_id}/", said)
    return answer.status_code, answer.content.decode()


def test_the_file_after_the_last_is_stopped_with_words_and_those_opened_stay_open(
    cast: Cast, people: list[UUID]
) -> None:
    assert opens(cast.ines, people) == [200, 200, 200, 429]
    assert opens(cast.ines, people[:3]) == [200, 200, 200]

    status, page = ask(signed_in(cast.ines), f"/files/{people[3]}/")

    assert (status, STOPPED in page, "Nadia" in page) == (429, True, True)
    assert "Ana" not in page
    assert f'href="/files/{people[3]}/reaching/"' in page
    english = ask(signed_in(cast.ines, language="en"), f"/files/{people[3]}/")[1]
    assert "No other file opens today" in english


def test_nothing_was_opened_and_her_journal_does_not_say_it_was(
    cast: Cast, people: list[UUID]
) -> None:
    with acting(cast.ines):
        before = Event.objects.filter(chain_id=people[3]).count()
    opens(cast.ines, people)

    with acting(cast.ines):
        assert Event.objects.filter(chain_id=people[3]).count() == before
        told = Event.objects.filter(chain_id=cast.ines.user_id, action="reading.stopped")
        assert told.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "reaching:detail",
        "reaching:call_sheet",
        "safety_net:page",
        "safety_net:course",
        "safety_net:urgent",
        "safety_net:write",
        "urgent_needs:write",
        "exceptional:ask",
        "notes:write",
    ],
)
def test_what_protects_somebody_is_never_stopped(cast: Cast, people: list[UUID], name: str) -> None:
    opens(cast.ines, people)

    status, page = ask(signed_in(cast.ines), reverse(name, args=[people[3]]))

    assert (status, STOPPED in page) == (200, False)


def test_what_protects_is_not_counted(cast: Cast, people: list[UUID]) -> None:
    client = signed_in(cast.ines)
    for file_id in people:
        assert ask(client, reverse("safety_net:page", args=[file_id]))[0] == 200

    assert opens(cast.ines, people) == [200, 200, 200, 429]


def test_whoever_is_on_call_is_neither_counted_nor_stopped(cast: Cast, people: list[UUID]) -> None:
    night = MONDAY + timedelta(hours=2)
    with acting(cast.yanick):
        sharing.cover(
            uuid_of("on call"),
            kind=Cover.Kind.ON_CALL,
            for_user_id=cast.yanick.user_id,
            user_id=cast.ines.user_id,
            starts_at=night,
            ends_at=night + timedelta(hours=1),
            by=cast.yanick,
            at=MONDAY,
        )

    assert opens(cast.ines, people, night) == [200, 200, 200, 200]
    # What she opened on call is not counted afterwards.
    assert opens(cast.ines, people, night + timedelta(hours=1)) == [200, 200, 200, 429]


def test_what_was_typed_comes_back(cast: Cast, people: list[UUID]) -> None:
    opens(cast.ines, people[:3])
    words = "Appelle-moi quand tu arrives, même tard."
    with acting(cast.ines):
        line = summary.Said(uuid_of("a line"), 0, "Ne ferme pas la porte.", Line.Whose.HERS)
        summary.add(people[3], line, by=cast.ines, at=MONDAY)

    with clock.at(MONDAY):
        answer = signed_in(cast.ines).post(f"/files/{people[3]}/summary/new/", {"text": words})

    page = answer.content.decode()
    assert (answer.status_code, STOPPED in page, words in page) == (429, True, True)


def test_the_next_day_begins_anew_at_midnight_where_the_programme_works(
    cast: Cast, people: list[UUID]
) -> None:
    evening = datetime(2026, 3, 3, 4, 59, tzinfo=UTC)  # one minute before midnight in Montréal

    assert opens(cast.ines, people, evening) == [200, 200, 200, 429]
    assert opens(cast.ines, people, evening + timedelta(minutes=1)) == [200, 200, 200, 429]
    assert opens(cast.ines, people[3:], evening + timedelta(minutes=1)) == [429]


@pytest.mark.parametrize(
    ("morning", "hours"),
    [(datetime(2026, 3, 8, 5, 30, tzinfo=UTC), 22), (datetime(2026, 11, 1, 4, 30, tzinfo=UTC), 24)],
    ids=["23 hours", "25 hours"],
)
def test_the_night_when_clocks_change_is_one_day(
    cast: Cast, people: list[UUID], morning: datetime, hours: int
) -> None:
    late = morning + timedelta(hours=hours)  # half past eleven in the evening, the same day

    assert opens(cast.ines, people[:3], morning) == [200, 200, 200]
    assert opens(cast.ines, people[3:], late) == [429]
    assert opens(cast.ines, people[3:], late + timedelta(minutes=30)) == [200]


def test_the_privacy_officer_lets_somebody_go_on_for_that_day_and_reads_why(
    cast: Cast, people: list[UUID]
) -> None:
    opens(cast.ines, people)
    before = ask(signed_in(cast.nadia), "/openings/")[1]

    assert lets_go_on(cast.nadia, cast.ines)[0] == 302

    assert opens(cast.ines, people) == [200, 200, 200, 200]
    assert "Inès" in before
    after = ask(signed_in(cast.nadia), "/openings/")[1]
    assert WHY in after
    tomorrow = MONDAY + timedelta(days=1)
    assert opens(cast.ines, people, tomorrow) == [200, 200, 200, 429]


def test_any_colleague_may_when_nobody_answers_but_never_oneself_nor_a_stranger(
    cast: Cast, people: list[UUID]
) -> None:
    opens(cast.ines, people)

    assert lets_go_on(cast.ines, cast.ines)[0] == 403
    assert lets_go_on(cast.samir, cast.ines)[0] == 403
    assert lets_go_on(cast.roy, cast.ines)[0] == 403
    assert opens(cast.ines, people[3:]) == [429]
    assert lets_go_on(cast.yanick, cast.ines)[0] == 302
    assert opens(cast.ines, people[3:]) == [200]


def test_without_a_reason_nobody_goes_on_and_a_second_press_changes_nothing(
    cast: Cast, people: list[UUID]
) -> None:
    opens(cast.ines, people)

    status, page = lets_go_on(cast.yanick, cast.ines, "Urgent.")

    assert (status, "Urgent." in page) == (422, True)
    assert lets_go_on(cast.yanick, cast.ines)[0] == 302
    assert lets_go_on(cast.karim, cast.ines)[0] == 403
    with acting(cast.nadia):
        assert Lifted.objects.count() == 1


def test_the_database_refuses_whoever_goes_round_the_page(cast: Cast, people: list[UUID]) -> None:
    opens(cast.ines, people)
    row = {"on": clock.day_of(MONDAY), "at": MONDAY}

    for by, who in ((cast.ines, cast.ines), (cast.samir, cast.ines), (cast.yanick, cast.karim)):
        with acting(by), pytest.raises(DatabaseError), transaction.atomic():
            sharing.let_go_on(uuid_of("round"), who.user_id, reason=WHY, by=by, **row)
    row["on"] += timedelta(days=1)
    with acting(cast.yanick), pytest.raises(DatabaseError), transaction.atomic():
        sharing.let_go_on(uuid_of("round"), cast.ines.user_id, reason=WHY, by=cast.yanick, **row)


def test_a_worker_of_two_organisations_is_one_person_and_each_lets_go_on_for_itself(
    cast: Cast, people: list[UUID]
) -> None:
    there = add_a_hat(cast)
    ana = follow("Rose", desk=cast.institute.pk, louise=cast.louise, worker=there)
    limit(cast.elsewhere, 2, 3)
    opens(cast.ines, people)

    assert there_opens(there, ana) == 429
    assert lets_go_on(cast.yanick, cast.ines)[0] == 302
    assert there_opens(there, ana) == 429


def add_a_hat(cast: Cast) -> Actor:
    """Inès works elsewhere too."""
    with acting(LOADER):
        row = Membership(
            id=uuid_of("Inès elsewhere"),
            user_id=cast.ines.user_id,
            organisation=cast.elsewhere,
            role=Role.YOUTH_WORKER,
            job_title_fr="Titre",
            job_title_en="Title",
            starts_at=MONDAY - timedelta(days=300),
        )
        Membership.objects.bulk_create([row])
    return Actor(cast.ines.user_id, cast.elsewhere.pk, frozenset({Role.YOUTH_WORKER}))


def there_opens(there: Actor, person: Participant) -> int:
    """Asked of the database itself, for the organisation she acts for there."""
    with acting(there):
        known = participants.known(person.file_id, actor=there)
        assert known is not None
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            dossier.dossier(person.file_id, known, actor=there)
    return 429 if is_reading_stopped(refused.value) else 500


def test_many_files_are_told_to_the_privacy_officer_alone_and_nobody_is_named(
    cast: Cast, people: list[UUID]
) -> None:
    with acting(LOADER):
        of_elsewhere = add_person("Odile", cast.elsewhere, Role.PRIVACY_OFFICER)
    opens(cast.ines, people[:2])

    page = ask(signed_in(cast.nadia), "/openings/")[1]

    assert ("Inès" in page, "2 dossiers différents" in page) == (True, True)
    assert [name in page for name in ("Maya", *NAMES, *map(str, people))] == [False] * 8
    assert "Inès" not in ask(signed_in(of_elsewhere), "/openings/")[1]
    for who in (cast.ines, cast.karim, cast.louise, cast.roy):
        assert ask(signed_in(who), "/openings/")[0] == 403


def test_the_region_says_the_limit_where_an_organisation_says_none(cast: Cast) -> None:
    with acting(cast.nadia):
        stands = Organisation.objects.get(pk=cast.la_maison.pk)

    assert (stands.reads_alert, stands.reads_stop) == (None, None)
    assert opens(cast.ines, [cast.maya.file_id]) == [200]
