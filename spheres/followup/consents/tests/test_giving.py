"""Does what she shares open for whom she says, and close at the next statement?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from spheres.accounts.models import Organisation, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.followup.consents import actions, policy, queries, reading, standing
from spheres.followup.consents.models import Said
from spheres.followup.consents.tests.factories import (
    HOUR,
    LATER,
    By,
    given,
    share,
    take_back,
)
from spheres.followup.consents.tests.factories import (
    reading as on_their_page,
)
from spheres.participants.models import Identity
from spheres.participants.queries import Header
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

TODAY = date(2026, 3, 2)
THIRTEEN, FOURTEEN = "2012-06-15", "2012-03-01"


def aged(born: str = "", band: str = "12-13") -> Header:
    """Somebody whose day of birth is this one, or only a band is known."""
    empty = ("pronouns", "interpreter", "language", "holder", "channel", "hours", "words", "never")
    return Header(
        file_id=uuid_of("nobody"), name="Anaïs", birth_date=born, age_band=band,
        **dict.fromkeys(empty, ""),
    )  # fmt: skip


def opens(actor: Actor, cast: Cast, at: datetime = LATER) -> list[str] | None:
    """The parts that somebody at a partner's is shown of Maya's file; None: not found."""
    with on_their_page(actor, at) as who:
        found = reading.read(cast.maya.file_id, ("identity", "summary", "safety"), actor=who)
    return None if found is None else [part.section for part in found.parts]


def listed(actor: Actor, at: datetime = LATER) -> list[str]:
    with on_their_page(actor, at) as who:
        return [one.name for one in queries.with_us(actor=who, at=at).open]


def counted(actor: Actor, at: datetime = LATER) -> tuple[int, int]:
    """On an ordinary page, my day."""
    with acting(actor, at):
        return queries.count_with_us(actor=actor, at=at)


def test_shared_it_opens_and_taken_back_it_closes_at_the_next_statement(cast: Cast) -> None:
    before = opens(cast.samir, cast), listed(cast.samir), counted(cast.samir)
    one = share(cast)
    during = opens(cast.samir, cast), listed(cast.samir), counted(cast.samir)
    take_back(cast, one)
    after = opens(cast.samir, cast), listed(cast.samir), counted(cast.samir)

    assert before == (None, [], (0, 0))
    assert during == (["summary", "safety"], ["Maya"], (1, 0))
    assert after == (None, [], (0, 1))


def test_it_closes_by_itself_at_the_end_of_its_last_day(cast: Cast) -> None:
    share(cast, ends_on=date(2026, 3, 9))

    # Clocks went forward the night before: the day still ends at midnight there.
    last = datetime.fromisoformat("2026-03-09T23:59:59-04:00")
    assert [
        opens(cast.samir, cast, last),
        opens(cast.samir, cast, last + timedelta(seconds=1)),
    ] == [
        ["summary", "safety"],
        None,
    ]


def test_nothing_that_is_shared_is_on_an_ordinary_page(cast: Cast) -> None:
    share(cast)

    with acting(cast.samir, LATER):
        assert not Identity.objects.exists()


def test_shared_with_one_person_a_colleague_there_reads_nothing(cast: Cast) -> None:
    with acting(LOADER):
        rose = add_person("Rose", cast.elsewhere, Role.YOUTH_WORKER)
    share(cast, user_id=cast.samir.user_id)

    assert (opens(cast.samir, cast), opens(rose, cast)) == (["summary", "safety"], None)


def test_sent_twice_it_is_shared_once(cast: Cast) -> None:
    share(cast)
    share(cast)

    with acting(cast.ines, LATER):
        assert Consent.objects.count() == Said.objects.count() == 1
        told = Event.objects.filter(chain_id=cast.maya.file_id, action="consent.given")
        assert told.count() == 1


def test_who_was_there_is_locked_and_no_partner_reads_it(cast: Cast) -> None:
    share(cast)

    with acting(cast.ines, LATER):
        [said] = queries.said(cast.maya.file_id, actor=cast.ines)
        vault.open([said], by=cast.ines)
        assert (said.opened.witness, said.opened.giver) == ("Karim", "")
    with on_their_page(cast.samir) as who:
        assert queries.said(cast.maya.file_id, actor=who) == []


def test_said_anew_the_former_ends_the_moment_the_new_one_begins(cast: Cast) -> None:
    former = share(cast)
    new = share(cast, "anew", at=LATER, sections=("safety",), renews_id=former)

    with acting(cast.ines, LATER + HOUR):
        found = queries.of_file(cast.maya.file_id, actor=cast.ines, at=LATER + HOUR)
    assert [(one.consent.pk, one.is_live, one.is_renewed) for one in found] == [
        (new, True, False),
        (former, False, True),
    ]
    assert found[1].consent.withdrawn_at == found[0].consent.starts_at
    assert counted(cast.samir, LATER + HOUR) == (1, 0)


@pytest.mark.parametrize(
    ("anew", "to_destroy"), [(("summary", "safety", "plan"), []), (("safety",), [TODAY])]
)
def test_only_what_may_no_longer_be_read_is_to_be_destroyed(
    cast: Cast, anew: tuple[str, ...], to_destroy: list[date]
) -> None:
    former = share(cast)
    share(cast, "anew", at=LATER, sections=anew, renews_id=former)

    with on_their_page(cast.samir, LATER + HOUR) as who:
        assert queries.with_us(actor=who, at=LATER + HOUR).ended == to_destroy


def test_for_three_months_without_a_name_then_no_more(cast: Cast) -> None:
    take_back(cast, share(cast))

    def told(day: int) -> tuple[list[str], list[date]]:
        at = LATER + timedelta(days=day)
        with on_their_page(cast.samir, at) as who:
            found = queries.with_us(actor=who, at=at)
        return [one.name for one in found.open], found.ended

    assert [told(1), told(89), told(91)] == [([], [TODAY]), ([], [TODAY]), ([], [])]


def test_taken_back_all_at_once(cast: Cast) -> None:
    both = {share(cast), share(cast, "another", organisation_id=cast.foundation.pk)}

    assert set(take_back(cast)) == both
    assert (opens(cast.samir, cast), opens(cast.amrani, cast)) == (None, None)


def test_taken_back_twice_it_ends_once(cast: Cast) -> None:
    one = share(cast)

    assert (take_back(cast, one), take_back(cast, one, at=LATER + HOUR)) == ([one], [])
    with acting(cast.ines, LATER + HOUR):
        assert Consent.objects.get().withdrawn_at == LATER


def test_a_withdrawal_waits_for_no_job_and_its_partner_is_told_all_the_same(cast: Cast) -> None:
    one = share(cast)
    with acting(cast.ines, LATER), connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        waiting = cursor.fetchone()

    take_back(cast, one)

    # Nothing was put in the queue: whether anything runs it changes nothing.
    with acting(cast.ines, LATER), connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone() == waiting
    assert opens(cast.samir, cast) is None
    with on_their_page(cast.samir, LATER + HOUR) as who:
        assert queries.with_us(actor=who, at=LATER + HOUR).ended == [TODAY]


def test_what_was_opened_meanwhile_is_told_to_her(cast: Cast) -> None:
    one = share(cast)
    with on_their_page(cast.samir) as who:
        basis = queries.basis_of(one)
        reading.read(
            cast.maya.file_id, ("identity", "safety"), actor=who, action=queries.OPENED, basis=basis
        )
    take_back(cast, one, at=LATER + HOUR)

    with acting(cast.ines, LATER + HOUR):
        [told] = queries.of_file(cast.maya.file_id, actor=cast.ines, at=LATER + HOUR)
        [event] = Event.objects.filter(chain_id=cast.maya.file_id, action=queries.OPENED)
    assert [(each.on, each.organisation) for each in told.openings] == [(TODAY, "Ailleurs")]
    assert (event.basis, event.purpose, event.sections) == (basis, "shared", ["identity", "safety"])


def test_her_own_team_never_loses_her_file(cast: Cast) -> None:
    share(cast, ends_on=date(2026, 3, 9))

    with acting(cast.ines, MONDAY + timedelta(days=60)):
        assert Identity.objects.filter(file_id=cast.maya.file_id).exists()


@pytest.mark.parametrize(
    ("which", "wrong"),
    [
        ("an end before its start", {"ends_on": date(2026, 3, 1)}),
        ("over twelve months", {"ends_on": date(2027, 3, 2)}),
        ("aloud without a witness", {"witness": ""}),
        ("by a tutor at 16", {"given_by": By.TUTOR, "giver": "Sa tante"}),
    ],
)
def test_what_may_not_be_is_refused(cast: Cast, which: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        share(cast, which, **wrong)

    with acting(cast.ines, LATER):
        assert not Consent.objects.exists()


def test_until_the_last_day_of_twelve_months(cast: Cast) -> None:
    share(cast, ends_on=date(2027, 3, 1))

    assert opens(cast.samir, cast) == ["summary", "safety"]


@pytest.mark.parametrize("which", ["the police", "her own", "gone"])
def test_the_table_refuses_whatever_a_form_says(cast: Cast, which: str) -> None:
    to = {"the police": cast.police, "her own": cast.la_maison, "gone": cast.elsewhere}[which]
    if which == "gone":
        with acting(LOADER):
            Organisation.objects.filter(pk=to.pk).update(is_partner=False)

    with pytest.raises(ProgrammingError), transaction.atomic():
        share(cast, organisation_id=to.pk)
    with acting(cast.ines, LATER):
        assert not Consent.objects.exists()
        offered = {one.organisation_id for one in queries.recipients(actor=cast.ines)}
    assert to.pk not in offered


def test_notes_are_refused_by_the_table(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        share(cast, sections=("notes",))


def test_a_partner_that_left_reads_nothing_more(cast: Cast) -> None:
    share(cast)
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.elsewhere.pk).update(is_partner=False)

    assert (opens(cast.samir, cast), listed(cast.samir)) == (None, [])


def test_a_partner_cannot_share_further_nor_take_back(cast: Cast) -> None:
    one = share(cast)

    with on_their_page(cast.samir) as who:
        with pytest.raises(ProgrammingError), transaction.atomic():
            sharing.agree(
                Consent(
                    id=uuid_of("further"), file_id=cast.maya.file_id, purpose="coordination",
                    organisation_id=cast.foundation.pk, sections=["identity"], giver="HERSELF",
                    form="ORAL", language="fr", text_version="2026-11", taken_by=who.user_id,
                    taken_at=LATER, starts_at=LATER, ends_at=LATER + HOUR,
                ),
                by=who,
            )  # fmt: skip
        assert (
            sharing.withdraw(
                cast.maya.file_id,
                one,
                said_by=Consent.Withdrawer.TEAM,
                form="ORAL",
                by=who,
                at=LATER,
            )
            == []
        )


@pytest.mark.parametrize(
    ("born", "band", "by", "allowed"),
    [
        (THIRTEEN, "12-13", By.HERSELF, False),
        (THIRTEEN, "12-13", By.TUTOR, True),
        (THIRTEEN, "12-13", By.PARENT, True),
        (THIRTEEN, "12-13", By.EXCEPTION, True),
        (THIRTEEN, "14-17", By.HERSELF, False),  # the day, when it is known
        (FOURTEEN, "12-13", By.HERSELF, True),
        (FOURTEEN, "12-13", By.TUTOR, False),
        ("", "12-13", By.HERSELF, False),
        ("", "12-13", By.TUTOR, True),
        ("", "14-17", By.HERSELF, True),
        ("", "", By.HERSELF, False),  # not known: the stricter path
        ("", "", By.EXCEPTION, True),
    ],
)
def test_who_gives_it_depends_on_her_age(
    cast: Cast, born: str, band: str, by: str, allowed: bool
) -> None:
    said = given(
        cast, given_by=by, giver="Sa tante", ground="clear_benefit", ends_on=date(2026, 4, 1)
    )

    with acting(cast.ines):
        if allowed:
            actions.may_give(aged(born, band), said, at=MONDAY)
        else:
            with pytest.raises(NotAllowed):
                actions.may_give(aged(born, band), said, at=MONDAY)


@pytest.mark.parametrize(
    ("given_by", "born", "latest"),
    [
        (By.HERSELF, None, date(2027, 3, 1)),
        (By.TUTOR, date(2012, 6, 15), date(2026, 6, 14)),
        (By.EXCEPTION, date(2012, 6, 15), date(2026, 6, 14)),
        (By.TUTOR, date(2013, 12, 1), date(2027, 3, 1)),
        (By.TUTOR, None, date(2026, 9, 2)),
    ],
)
def test_what_another_gave_for_her_ends_before_she_is_14(
    given_by: str, born: date | None, latest: date
) -> None:
    assert policy.latest_day(TODAY, given_by, born=born, alone=14) == latest


@pytest.mark.parametrize(("given_by", "missing"), [(By.TUTOR, "giver"), (By.EXCEPTION, "ground")])
def test_given_for_her_it_says_by_whom_and_why(given_by: str, missing: str) -> None:
    whole = {"giver": "Sa tante", "ground": "clear_benefit", "witness": ""}

    assert policy.is_whole(given_by, "WRITTEN", **whole)
    assert not policy.is_whole(given_by, "WRITTEN", **(whole | {missing: ""}))


def test_a_month_before_its_end_it_is_to_be_said_anew(cast: Cast) -> None:
    share(cast, ends_on=date(2026, 4, 1))

    def told(day: int, *, by: Actor = cast.ines) -> list[str]:
        at = MONDAY + timedelta(days=day)
        with acting(by, at), clock.at(at):
            return [one.url for one in standing.soon_over(actor=by)]

    here = [f"/files/{cast.maya.file_id}/sharing/{uuid_of('a consent')}/anew/"]
    assert [told(0), told(15), told(40), told(15, by=cast.samir)] == [[], here, [], []]
