"""At night somebody may be in danger: what opens, to whom, and who looks at it again?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from spheres.accounts.models import Membership, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.exceptional import queries
from spheres.followup.exceptional.models import Reason
from spheres.followup.safety_net.tests import factories as safety
from spheres.sharing import actions as sharing
from spheres.sharing.models import ExceptionalAccess, Restriction
from spheres.sharing.rules import FACES
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of, yanick_answers_for_ines
from tests.pages import Page, signed_in

NIGHT = MONDAY + timedelta(hours=9)
MORNING = NIGHT + timedelta(hours=10)
WHY = "Elle m’écrit qu’elle ne veut plus être là demain, et ne répond plus depuis une heure."
WHY_MORE = "Elle a répondu; Yanick attend avec elle que l’équipe de crise arrive, dans une heure."
SIGN = "On mange des sushis?"


@pytest.fixture(autouse=True)
def tonight(cast: Cast) -> None:
    """Maya has a safety net; Yanick answers tonight for those whom Inès accompanies."""
    with acting(cast.ines):
        safety.write(cast.maya.file_id, uuid_of("net"), by=cast.ines, at=MONDAY)
    yanick_answers_for_ines(cast)


def get(client: Client, path: str, at: datetime = NIGHT) -> str:
    with clock.at(at):
        answer = client.get(path)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def send(client: Client, path: str, at: datetime = NIGHT, **said: str) -> tuple[int, str]:
    with clock.at(at):
        answer = client.post(path, said)
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def opens(cast: Cast, client: Client, at: datetime = NIGHT, **said: str) -> tuple[int, str]:
    """The form as it was shown, filled in and sent."""
    path = f"/files/{cast.maya.file_id}/exceptional/"
    page = Page(get(client, path, at))
    told = {"form_id": page.fields["form_id"], "ground": "LIFE", "reason": WHY} | said
    return send(client, path, at, **told)


def last(actor: Actor) -> UUID:
    with acting(actor, NIGHT):
        return queries.accesses(actor=actor)[0].pk


def test_whoever_is_on_call_opens_what_she_prepared_and_only_for_an_hour(cast: Cast) -> None:
    yanick = signed_in(cast.yanick, at=NIGHT)
    brief = get(yanick, f"/files/{cast.maya.file_id}/")

    status, to = opens(cast, yanick)
    page = get(yanick, to)

    assert "Si une vie peut être en danger" in brief
    assert SIGN not in brief
    assert (status, to) == (302, f"/exceptional/{last(cast.yanick)}/")
    assert [words in page for words in ("Maya", SIGN, "Karine", "Inès", safety.OBSERVATION)] == [
        True, True, True, True, False,
    ]  # fmt: skip
    for minutes, is_open in ((59, True), (60, False)):
        at = NIGHT + timedelta(minutes=minutes)
        assert (SIGN in get(signed_in(cast.yanick, at=at), to, at)) == is_open


def test_the_page_of_another_and_of_nobody_answer_alike(cast: Cast) -> None:
    _, to = opens(cast, signed_in(cast.yanick, at=NIGHT))

    for who in (cast.ines, cast.samir, cast.karim, cast.nadia):
        client = signed_in(who, at=NIGHT)
        assert get(client, to) == get(client, f"/exceptional/{uuid_of('nothing')}/")
    for who in (cast.samir, cast.karim, cast.louise, cast.nadia):
        client = signed_in(who, at=NIGHT)
        hers, unknown = cast.maya.file_id, uuid_of("no file")
        assert get(client, f"/files/{hers}/exceptional/") == "404"
        assert get(client, f"/files/{unknown}/exceptional/") == "404"


def test_a_reason_that_says_nothing_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    yanick = signed_in(cast.yanick, at=NIGHT)

    status, page = opens(cast, yanick, reason="Urgent.")

    assert status == 422
    assert "Un peu plus : deux phrases" in page.replace("\u00a0", " ")
    assert "Urgent." in page
    with acting(cast.yanick, NIGHT):
        assert not ExceptionalAccess.objects.exists()


def test_sent_twice_it_is_opened_once_with_its_first_reason(cast: Cast) -> None:
    yanick = signed_in(cast.yanick, at=NIGHT)
    path = f"/files/{cast.maya.file_id}/exceptional/"
    said = {"form_id": Page(get(yanick, path)).fields["form_id"], "ground": "LIFE", "reason": WHY}

    answers = [send(yanick, path, **said) for _twice in range(2)]

    assert answers[0] == answers[1]
    with acting(cast.yanick, NIGHT):
        assert (ExceptionalAccess.objects.count(), Reason.objects.count()) == (1, 1)


def test_the_fourth_of_a_day_is_refused_with_words_and_a_danger_to_life_is_not(cast: Cast) -> None:
    yanick = signed_in(cast.yanick, at=NIGHT)
    for _each in range(3):
        assert opens(cast, yanick, ground="UNREACHABLE")[0] == 302

    status, page = opens(cast, yanick, ground="UNREACHABLE")

    assert status == 422
    assert "Vous en avez ouvert trois aujourd’hui" in page
    assert WHY in page
    assert opens(cast, yanick)[0] == 302


def test_she_closes_it_sooner(cast: Cast) -> None:
    yanick = signed_in(cast.yanick, at=NIGHT)
    _, to = opens(cast, yanick)

    assert send(yanick, f"{to}close/", NIGHT + timedelta(minutes=1))[0] == 302
    assert get(yanick, to, NIGHT + timedelta(minutes=2)) == "404"
    assert send(yanick, f"{to}close/", NIGHT + timedelta(minutes=3))[0] == 302


def test_whoever_proved_who_she_is_long_ago_proves_it_again(cast: Cast) -> None:
    yanick = signed_in(cast.yanick, at=NIGHT - timedelta(minutes=6))

    with clock.at(NIGHT):
        answer = yanick.get(f"/files/{cast.maya.file_id}/exceptional/")

    assert (answer.status_code, answer.headers["Location"][:7]) == (302, "/prove/")


def test_the_privacy_officer_looks_again_and_never_reads_whom_it_was(cast: Cast) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT))
    nadia = signed_in(cast.nadia, at=MORNING)
    before = get(nadia, "/exceptional/", MORNING)
    path = f"/exceptional/{last(cast.yanick)}/review/"

    form_id = Page(before).fields["form_id"]
    refused = send(nadia, path, MORNING, form_id=form_id)
    status, to = send(nadia, path, MORNING, form_id=form_id, outcome="JUSTIFIED")
    after = get(nadia, to, MORNING)

    assert [words in before for words in ("Yanick", WHY, "Maya")] == [True, True, False]
    assert refused[0] == 422
    assert (status, to) == (302, "/exceptional/")
    assert "C’était nécessaire" in after
    assert "Rien n’attend d’être revu." in after
    assert send(nadia, path, MORNING, form_id=form_id, outcome="LEARNED")[0] == 409


def test_her_journal_says_it_aloud(cast: Cast) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT))

    page = get(signed_in(cast.ines, at=MORNING), f"/files/{cast.maya.file_id}/who/", MORNING)
    opened = get(signed_in(cast.ines, at=MORNING), f"/files/{cast.maya.file_id}/opened/", MORNING)

    assert re.search("a ouvert, pour une heure, ce qui peut te protéger", page + opened)


@pytest.mark.parametrize("is_barred", [False, True])
def test_the_page_of_who_can_see_says_who_has_it_open_for_an_hour(
    cast: Cast, is_barred: bool
) -> None:
    path, hour = f"/files/{cast.maya.file_id}/who/", "Ouvert pour une heure"
    if is_barred:
        with acting(cast.ines):
            sharing.restrict(
                Restriction(
                    id=uuid_of("barred"), file_id=cast.maya.file_id, faces=list(FACES),
                    user_id=cast.yanick.user_id, taken_by=cast.ines.user_id, taken_at=MONDAY,
                    starts_at=MONDAY,
                ),
                by=cast.ines,
            )  # fmt: skip
    ines = signed_in(cast.ines, at=NIGHT)
    before = get(ines, path)
    with acting(cast.yanick, NIGHT):
        became = sharing.open_exceptionally(
            uuid_of("tonight"), cast.maya.file_id, ground="LIFE", by=cast.yanick
        )

    shown = get(ines, path).partition("Qui l’a ouvert")[0]

    assert became == "OPENED"
    assert hour not in before
    assert (shown.count("Yanick"), shown.count(hour)) == (1, 1)


def test_nobody_else_reads_the_reason(cast: Cast) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT))

    for who, found in (
        (cast.yanick, 1), (cast.nadia, 1), (cast.karim, 1), (cast.ines, 0), (cast.samir, 0),
        (cast.louise, 0), (cast.roy, 0), (cast.amrani, 0),
    ):  # fmt: skip
        with acting(who, NIGHT):
            assert Reason.objects.count() == found


def test_two_are_needed_when_something_waits_for_three_days(cast: Cast) -> None:
    later = NIGHT + timedelta(hours=72)
    opens(cast, signed_in(cast.yanick, at=NIGHT), ground="UNREACHABLE")
    yanick = signed_in(cast.yanick, at=later)

    status, page = opens(cast, yanick, later, ground="UNREACHABLE")
    with_ines = opens(cast, yanick, later, ground="UNREACHABLE", second=str(cast.ines.user_id))

    assert status == 422
    assert "demandez à un·e collègue de le dire avec vous" in page
    assert with_ines[0] == 302
    reviews = get(signed_in(cast.nadia, at=later), "/exceptional/", later)
    assert "attend depuis plus de trois jours" in reviews
    assert "Dit avec Inès." in reviews


def test_it_is_told_to_whoever_opened_it_to_her_worker_and_to_whoever_looks_again(
    cast: Cast,
) -> None:
    """Three notices and a review (T9): each on the page where that person begins the day."""
    with acting(LOADER):
        lea = add_person("Léa", cast.la_maison, Role.TEAM_LEAD)
    opens(cast, signed_in(cast.yanick, at=NIGHT))

    def told(who: Actor, path: str, at: datetime = MORNING) -> str:
        return get(signed_in(who, at=at), path, at)

    his, hers, lead = told(cast.yanick, "/"), told(cast.ines, "/"), told(lea, "/team/")
    officer = told(cast.nadia, "/privacy/")

    revoit = "est revu avec vous, d’ici le 5 mars"
    assert revoit in his
    assert "Yanick a ouvert pour une heure, le 2 mars, " in hers
    assert f'href="/files/{cast.maya.file_id}/who/"' in hers
    assert "Un accès exceptionnel attend d’être revu depuis le 2 mars." in lead
    assert "Un accès exceptionnel attend d’être revu depuis le 2 mars." in officer
    for page in (his, lead, officer):
        assert "Maya" not in re.findall(r"\w+", page)

    with acting(lea, MORNING):
        sharing.review_exceptionally(last(cast.yanick), outcome="LEARNED", by=lea)
    his, lead = told(cast.yanick, "/"), told(lea, "/team/")
    mine = told(cast.yanick, "/exceptional/mine/")
    later = MORNING + timedelta(days=8)

    assert revoit not in his
    assert "«\u00a0Ce n’était pas nécessaire\u00a0: on en retient quelque chose\u00a0»." in his
    assert "Ce n’était pas nécessaire\u00a0: on en retient quelque chose" in mine
    assert "Un accès exceptionnel attend" not in lead
    for who in (cast.yanick, cast.ines):
        assert "ouvert" not in told(who, "/", later).partition("<main")[2]


def test_where_nobody_else_can_look_again_it_is_told_at_the_desk_without_her_name(
    cast: Cast,
) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT))
    louise = signed_in(cast.louise, at=MORNING)
    before = get(louise, "/desk/", MORNING)
    with acting(LOADER):
        leaving = (cast.nadia.user_id, cast.karim.user_id)
        Membership.objects.filter(user_id__in=leaving).update(ends_at=MORNING)

    after, page = get(louise, "/desk/", MORNING), get(louise, "/exceptional/", MORNING)

    waits = "Un accès exceptionnel attend d’être revu depuis le 2 mars."
    assert (waits in before, waits in after) == (False, True)
    assert "personne d’autre ne peut y revenir là-bas. C’est donc au programme" in page
    assert "Yanick" in page
    assert "Maya" not in re.findall(r"\w+", page)


def test_whoever_walks_with_the_person_is_of_the_same_team_and_does_not_look_again(
    cast: Cast,
) -> None:
    """A worker who also leads, and walks with her, leaves it to somebody of another team."""
    with acting(LOADER):
        hers = Membership.objects.get(user_id=cast.ines.user_id)
        hers.pk, hers.role = uuid_of("Inès leads"), Role.TEAM_LEAD
        Membership.objects.bulk_create([hers])
    ines = replace(cast.ines, roles=cast.ines.roles | {Role.TEAM_LEAD})
    opens(cast, signed_in(cast.yanick, at=NIGHT))
    one = last(cast.yanick)

    pages = [
        get(signed_in(who, at=MORNING), "/exceptional/", MORNING) for who in (ines, cast.karim)
    ]
    with acting(ines, MORNING):
        said = sharing.review_exceptionally(one, outcome="JUSTIFIED", by=ines)
    with acting(cast.karim, MORNING):
        said_by_another = sharing.review_exceptionally(one, outcome="JUSTIFIED", by=cast.karim)

    assert [WHY in page for page in pages] == [False, True]
    assert (said, said_by_another) == (False, True)


def test_where_everybody_walks_with_the_person_the_coordination_looks(cast: Cast) -> None:
    with acting(LOADER):
        Membership.objects.filter(
            organisation=cast.la_maison, role__in=("team_lead", "privacy_officer", "coordinator")
        ).update(ends_at=MONDAY)
        hers = Membership.objects.get(user_id=cast.ines.user_id)
        hers.pk, hers.role = uuid_of("Inès leads"), Role.TEAM_LEAD
        Membership.objects.bulk_create([hers])
    opens(cast, signed_in(cast.yanick, at=NIGHT))

    page = get(signed_in(cast.louise, at=MORNING), "/exceptional/", MORNING)

    assert ("La Maison" in page, WHY in page, "Maya" in page) == (True, True, False)


def test_whoever_opened_nothing_reads_that_and_nobody_else_has_the_page(cast: Cast) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT))

    assert "Vous n’avez rien ouvert depuis un mois." in get(
        signed_in(cast.ines, at=NIGHT), "/exceptional/mine/"
    )
    assert get(signed_in(cast.nadia, at=NIGHT), "/exceptional/mine/") == "403"


def test_why_it_does_not_open_is_said_in_the_reader_s_language(cast: Cast) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT), ground="UNREACHABLE")
    later = NIGHT + timedelta(hours=72)
    yanick = signed_in(cast.yanick, at=later, language="en")

    _status, page = opens(cast, yanick, later, ground="UNREACHABLE")

    assert "Something opened more than three days ago was not looked at yet" in page


def test_a_second_person_lets_it_go_on_with_a_reason_and_it_is_told_as_at_its_start(
    cast: Cast,
) -> None:
    _status, to = opens(cast, signed_in(cast.yanick, at=NIGHT))
    soon, two_hours = NIGHT + timedelta(minutes=40), NIGHT + timedelta(minutes=110)
    nadia, path = signed_in(cast.nadia, at=soon), f"/exceptional/{last(cast.yanick)}/extend/"
    shown = get(nadia, "/exceptional/", soon)
    form_id = Page(get(nadia, path, soon)).fields["form_id"]

    short = send(nadia, path, soon, form_id=form_id, reason="Oui.")
    status, back = send(nadia, path, soon, form_id=form_id, reason=WHY_MORE)
    again = send(nadia, path, soon, form_id=form_id, reason=WHY_MORE)

    assert f'href="{path}"' in shown
    assert (short[0], status, back, again[0]) == (422, 302, "/exceptional/", 302)
    assert "Maya" not in re.findall(r"\w+", shown)
    assert SIGN in get(signed_in(cast.yanick, at=two_hours), to, two_hours)
    # To whoever walks with her, to whoever opened it, and to whoever looks at it again.
    hers = get(signed_in(cast.ines, at=MORNING), "/", MORNING)
    assert "Yanick a ouvert pour deux heures, le 2 mars, " in hers
    mine = get(signed_in(cast.yanick, at=MORNING), "/exceptional/mine/", MORNING)
    assert "pour une heure de plus, avec une deuxième personne" in mine
    with acting(LOADER):
        lea = add_person("Léa", cast.la_maison, Role.TEAM_LEAD)
    lead = get(signed_in(lea, at=MORNING), "/exceptional/", MORNING)
    assert [said in lead for said in ("Nadia", WHY_MORE)] == [True, True]
    # She who let it go on does not look at it again.
    assert WHY not in get(signed_in(cast.nadia, at=MORNING), "/exceptional/", MORNING)


def test_the_page_to_let_it_go_on_is_nobody_else_s_and_says_when_it_is_too_late(
    cast: Cast,
) -> None:
    opens(cast, signed_in(cast.yanick, at=NIGHT))
    path = f"/exceptional/{last(cast.yanick)}/extend/"
    over = NIGHT + timedelta(hours=1)

    answers = {
        who: get(signed_in(getattr(cast, who), at=NIGHT), path)
        for who in ("yanick", "ines", "samir", "louise", "roy")
    }

    assert answers == {
        "yanick": "403", "ines": "403", "samir": "403", "louise": "404", "roy": "403",
    }  # fmt: skip
    assert get(signed_in(cast.nadia, at=over), path, over) == "403"
