"""What is seen and pressed when somebody of a partner answers: here, and there?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Membership
from spheres.audit.models import Event
from spheres.config.tests.test_answered_elsewhere import (
    AGREED,
    AWAY,
    BRIEF,
    WEDNESDAY,
    agree,
    be_away,
    page_of,
    reads,
    shared,
    status,
)
from spheres.core import clock
from spheres.followup.consents import queries, reading
from spheres.followup.consents.absences import Absence
from spheres.followup.consents.forms import AbsenceForm
from spheres.followup.consents.tests.test_giving import aged
from spheres.followup.covering import actions as covering
from spheres.followup.covering import queries as covers
from spheres.followup.covering.models import NoNeed
from spheres.sharing import queries as sharing
from tests.cast import FRIDAY, LOADER, MONDAY, TUESDAY, Cast, acting, follow
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db


def test_from_the_absence_to_what_is_read_there(cast: Cast) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    ines = signed_in(cast.ines, language="en")
    there = f"{cast.elsewhere.pk}/{cast.samir.user_id}"
    with clock.at(MONDAY):
        page = ines.get("/absences/new/").content.decode()
        sent = {
            "form_id": Page(page).fields["form_id"], "user": there, "from_day": "2026-03-03",
            "from_hour": "9:00", "until_day": "2026-03-06", "until_hour": "9:00",
        }  # fmt: skip
        answer = ines.post("/absences/new/", sent)
        ask = answer.headers["Location"]
        asked = ines.get(ask).content.decode()
        agree_url = next(
            url for url in re.findall(r'href="(/files/[^"]+/absences/[^"]+)"', asked)
            if str(cast.maya.file_id) in url
        )  # fmt: skip
        form = ines.get(agree_url).content.decode()
        said = {
            "form_id": Page(form).fields["form_id"], "sections": ["contact"],
            "given_by": "HERSELF", "form": "ON_SCREEN", "language": "fr",
        }  # fmt: skip
        shown = ines.post(agree_url, said | {"step": "preview"})
        nothing_yet = reads(cast.samir)
        kept = [ines.post(agree_url, said | {"step": "confirm"}) for _again in range(2)]
        asked_again = ines.get(ask).content.decode()

    assert (answer.status_code, shown.status_code, nothing_yet) == (302, 200, (0, 0, 0))
    assert [(one.status_code, one.headers["Location"]) for one in kept] == [(302, ask)] * 2
    assert "Elsewhere: reads only those who agree" in page
    assert (asked.count("Not asked yet"), asked_again.count("Not asked yet")) == (2, 1)
    assert "signer « Café »" in shown.content.decode().replace("\u00a0", " ")
    assert reads(cast.samir) == (1, 1, 0)
    assert reads(cast.samir, FRIDAY) == (0, 0, 0)


def test_whoever_answers_is_told_for_whom_until_when_and_reads_those_who_agreed(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    day, overview = page_of(cast.samir, "/"), page_of(cast.samir, "/absences/")
    listed = page_of(cast.samir, "/sharing/")

    assert "Inès, at La-Maison" in day.replace("La Maison", "La-Maison")
    assert "You answer for Inès, at La Maison" in overview
    assert "Maya" not in day + overview
    assert "Maya" in listed
    assert "Answering while Inès is away" in listed
    assert "/end/" not in overview
    read = page_of(cast.samir, f"/sharing/{AGREED}/")
    assert "signer « Café »" in read
    for word in ("J’ai dormi", "un lit pour jeudi", "Mireille"):
        assert word not in read
    assert "You answer for" not in page_of(cast.samir, "/absences/", at=FRIDAY)
    assert status(cast.samir, f"/sharing/{AGREED}/", FRIDAY) == 404


def test_she_finds_it_among_what_she_shares_before_during_and_after(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    hers = f"/files/{cast.maya.file_id}/sharing/"
    pages = [page_of(cast.ines, hers, at=at) for at in (MONDAY, WEDNESDAY, FRIDAY)]

    only = "Only while Inès is away, from Tuesday, March 3, 9:00 a.m. to Friday, March 6, 9:00 a.m."
    assert [only in page for page in pages] == [True] * 3
    titles = ("Shared in the days to come", "No longer shared")
    assert [[title in page for title in titles] for page in pages] == [
        [True, False], [False, False], [False, True],
    ]  # fmt: skip
    assert ["Take back" in page for page in pages] == [True, True, False]
    assert "Say it anew" not in pages[1]
    who = f"/files/{cast.maya.file_id}/who/"
    seen = [page_of(cast.ines, who, at=at).split("Who opened it")[0] for at in (MONDAY, WEDNESDAY)]
    assert ["Samir" in page for page in seen] == [False, True]


def test_who_does_what_says_it_until_the_absence_ends(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    parts = f"/files/{cast.maya.file_id}/parts/"
    before, during = (page_of(cast.ines, parts, at=at) for at in (MONDAY, WEDNESDAY))
    with acting(cast.ines, WEDNESDAY):
        covering.end(AWAY, by=cast.ines, at=WEDNESDAY)
    thursday = WEDNESDAY + timedelta(days=1)

    agreed = "Sharing agreed until March 6, 2026."
    assert [agreed in page for page in (before, during)] == [False, True]
    assert agreed not in page_of(cast.ines, parts, at=thursday)


def test_who_opened_it_there_is_in_her_journal_by_that_consent(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    page_of(cast.samir, f"/sharing/{AGREED}/")

    hers = page_of(cast.ines, f"/files/{cast.maya.file_id}/sharing/")

    assert "What was opened" in hers
    with acting(cast.ines, WEDNESDAY):
        [one] = queries.of_file(cast.maya.file_id, actor=cast.ines, at=WEDNESDAY)
    assert [opening.organisation for opening in one.openings] == ["Ailleurs"]


def test_a_partner_reads_what_she_was_shown(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    wanted = ("identity", *BRIEF)
    with acting(cast.ines, WEDNESDAY):
        shown = reading.read(cast.maya.file_id, wanted, actor=cast.ines)
    with acting(shared(cast.samir), WEDNESDAY) as who:
        seen = reading.read(cast.maya.file_id, wanted, actor=who)

    assert shown is not None
    assert seen is not None
    assert (shown.name, shown.facts, shown.reach, shown.stands) == (
        seen.name, seen.facts, seen.reach, seen.stands,
    )  # fmt: skip


def test_the_form_offers_workers_of_partners_and_nobody_of_the_police(cast: Cast) -> None:
    with acting(cast.ines):
        found = sharing.workers_elsewhere(actor=cast.ines, at=MONDAY)

    assert [(one.name, one.organisation) for one in found] == [("Samir", "Ailleurs")]


def test_somebody_who_leaves_there_before_the_end_is_not_named(cast: Cast) -> None:
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(
            ends_at=datetime(2026, 3, 4, 21, tzinfo=UTC)
        )
    ines = signed_in(cast.ines, language="en")
    with clock.at(MONDAY):
        page = ines.get("/absences/new/").content.decode()
        sent = {
            "form_id": Page(page).fields["form_id"], "from_day": "2026-03-03", "from_hour": "9:00",
            "user": f"{cast.elsewhere.pk}/{cast.samir.user_id}", "until_day": "2026-03-06",
            "until_hour": "9:00",
        }  # fmt: skip
        answer = ines.post("/absences/new/", sent)

    assert answer.status_code == 422
    said = answer.content.decode().replace("\u00a0", " ")
    assert "Samir no longer works there after March 4, 2026. Choose somebody else." in said


def test_whoever_was_named_and_left_is_said_to_see_nobody(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    with acting(LOADER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=TUESDAY)

    gone = "Samir cannot answer there for now and sees nobody. Name somebody else."
    assert gone in page_of(cast.ines, "/absences/")
    assert gone in page_of(cast.ines, f"/absences/{AWAY}/ask/")
    assert status(cast.ines, f"/files/{cast.maya.file_id}/sharing/absences/{AWAY}/") == 403


@pytest.mark.parametrize(
    ("who", "found"),
    [("ines", 200), ("yanick", 200), ("karim", 403), ("samir", 404), ("roy", 404), ("nadia", 403)],
)
def test_who_asks_each_person(cast: Cast, who: str, found: int) -> None:
    """Whoever walks with them: a colleague who does not finds nobody there."""
    be_away(cast)
    agree(cast)

    assert status(getattr(cast, who), f"/absences/{AWAY}/ask/", MONDAY) == found
    if found == 200:
        page = page_of(getattr(cast, who), f"/absences/{AWAY}/ask/", at=MONDAY)
        assert ("Maya" in page) == (who == "ines")


def test_asked_she_needs_nobody_and_is_not_asked_again(cast: Cast) -> None:
    be_away(cast)
    ines = signed_in(cast.ines, language="en")
    press = f"/files/{cast.maya.file_id}/absences/{AWAY}/no-need/"
    with clock.at(MONDAY):
        answers = [ines.post(press).status_code for _twice in range(2)]
        strangers = [
            signed_in(who).post(press).status_code
            for who in (cast.yanick, cast.samir, cast.karim, cast.roy)
        ]

    assert (answers, strangers) == ([302, 302], [404] * 4)
    page = page_of(cast.ines, f"/absences/{AWAY}/ask/", at=MONDAY)
    assert ("No need, said on March 2, 2026" in page, "no-need" in page) == (True, False)
    with acting(cast.ines):
        [event] = Event.objects.filter(chain_id=cast.maya.file_id, action="absence.no_need")
        assert NoNeed.objects.count() == 1
    assert "noted that you need nobody" in page_of(cast.ines, f"/files/{cast.maya.file_id}/who/")
    assert agree(cast)  # she may change her mind
    assert "Agreed" in page_of(cast.ines, f"/absences/{AWAY}/ask/", at=MONDAY)
    assert event.actor_id == cast.ines.user_id


def test_a_colleague_here_answers_and_nobody_has_to_be_asked(cast: Cast) -> None:
    with acting(cast.ines):
        away = covering.Away(AWAY, cast.yanick.user_id, TUESDAY, FRIDAY)
        covering.be_away(away, by=cast.ines, at=MONDAY)

    assert status(cast.ines, f"/absences/{AWAY}/ask/", MONDAY) == 404
    assert "Ask each person" not in page_of(cast.ines, "/absences/", at=MONDAY)


def test_the_list_costs_the_same_for_one_and_three(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    costs = []
    for name in ("", "Lou", "Kim"):
        if name:
            follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        client = signed_in(cast.ines)
        with clock.at(MONDAY), CaptureQueriesContext(connection) as asked:
            client.get(f"/absences/{AWAY}/ask/")
        costs.append(len(asked))

    assert len(set(costs)) == 1


def test_the_team_lead_puts_somebody_of_a_partner_on_call(cast: Cast) -> None:
    karim = signed_in(cast.karim, language="en")
    with clock.at(MONDAY):
        page = karim.get("/absences/on-call/").content.decode()
        sent = {
            "form_id": Page(page).fields["form_id"],
            "user": f"{cast.elsewhere.pk}/{cast.samir.user_id}",
            "for_users": [str(cast.ines.user_id)], "from_day": "2026-03-03", "from_hour": "17:00",
            "until_day": "2026-03-04", "until_hour": "8:00",
        }  # fmt: skip
        answer = karim.post("/absences/on-call/", sent)

    assert answer.status_code == 302
    with acting(cast.ines):
        [one] = covers.coming(actor=cast.ines, at=MONDAY)
        assert (one.who, one.where, one.is_for_me, one.may_ask) == ("Samir", "Ailleurs", True, True)
    assert reads(cast.samir, TUESDAY + timedelta(hours=12)) == (0, 0, 0)


def test_all_is_said_in_both_languages(cast: Cast) -> None:
    be_away(cast)
    agree(cast)
    maya = cast.maya.file_id
    with untranslated() as missing:
        for at in (MONDAY, WEDNESDAY, FRIDAY):
            for address in (f"/files/{maya}/sharing/", "/absences/", "/absences/new/", "/"):
                page_of(cast.ines, address, at=at, language="fr")
        for address in (f"/absences/{AWAY}/ask/", f"/files/{maya}/sharing/absences/{AWAY}/"):
            page_of(cast.ines, address, language="fr")
        for address in ("/", "/absences/", "/sharing/", f"/sharing/{AGREED}/"):
            page_of(cast.samir, address, language="fr")
    assert missing == set()


def asked_of(cast: Cast, born: str, **said: str) -> AbsenceForm:
    """What is typed with somebody born that day, of the absence from Tuesday to Friday."""
    who = queries.Recipient(cast.elsewhere.pk, "Ailleurs", cast.samir.user_id, "Samir")
    absence = Absence(AWAY, "Inès", who, True, TUESDAY, FRIDAY)
    person = aged(born, band="")
    page = AbsenceForm(absence=absence, person=person)
    typed = {
        "form_id": page.signed_id, "sections": ["contact"], "form": "ON_SCREEN", "language": "fr",
        "given_by": "TUTOR", "giver": "Sa tante",
    }  # fmt: skip
    return AbsenceForm(typed | said, absence=absence, person=person)


@pytest.mark.parametrize(
    ("born", "by", "wrong", "last"),
    [
        ("2012-06-15", "TUTOR", [], "2026-03-06"),
        ("2012-03-05", "TUTOR", [], "2026-03-04"),  # 14 while her worker is away: of her alone then
        ("2012-03-03", "TUTOR", ["given_by"], ""),  # 14 the day it begins
        ("2012-06-15", "HERSELF", ["given_by"], ""),
        ("2010-06-15", "TUTOR", ["given_by"], ""),
        ("2010-06-15", "HERSELF", [], "2026-03-06"),
        ("", "HERSELF", ["given_by"], ""),  # not known: the stricter path
        ("", "TUTOR", [], "2026-03-06"),
    ],
)
def test_who_agrees_for_her_and_until_when_depends_on_her_age(
    cast: Cast, born: str, by: str, wrong: list[str], last: str
) -> None:
    with clock.at(MONDAY):
        form = asked_of(cast, born, given_by=by)
        assert (list(form.errors), form.is_valid()) == (wrong, not wrong)
        if last:
            given = form.given()
            assert (given.ends_on.isoformat(), given.cover_id) == (last, AWAY)
            assert (given.starts_at, given.ends_at) == (TUESDAY, FRIDAY)


def test_asked_for_it_aloud_somebody_else_heard_it(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert list(asked_of(cast, "2012-06-15", form="ORAL").errors) == ["witness"]
        assert list(asked_of(cast, "2012-06-15", giver="").errors) == ["giver"]
