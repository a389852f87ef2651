"""Does the file close at the next statement, with nobody left alone and nothing said of why?"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from spheres.accounts.models import Role, User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.withdrawals import actions, policy, queries, standing
from spheres.followup.withdrawals.forms import WithdrawForm
from spheres.followup.withdrawals.models import Notice, Withdrawal
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from spheres.sharing import actions as sharing
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PRESS = uuid_of("she withdraws")


def withdraw(cast: Cast, to: Actor | None = None, by: Actor | None = None) -> None:
    who = by or cast.ines
    with acting(who, TUESDAY):
        actions.withdraw(
            cast.maya.file_id,
            PRESS,
            goes_on_with=to.user_id if to else None,
            desk=cast.institute.pk,
            by=who,
            at=TUESDAY,
        )


def walk_beside(cast: Cast, who: Actor) -> None:
    with acting(cast.ines):
        beside = Assignment(
            id=uuid4(), file_id=cast.maya.file_id, user_id=who.user_id, starts_at=MONDAY
        )
        Assignment.objects.bulk_create([beside])


def sees(cast: Cast, who: Actor) -> bool:
    with acting(who, TUESDAY):
        return participants.is_visible(cast.maya.file_id, actor=who)


def told_to(who: Actor) -> list[str]:
    with acting(who, TUESDAY), translation.override("en"):
        return [line.sentence for line in standing.someone_else_needed(actor=who)]


def ask(cast: Cast, who: Actor, **said: str) -> Any:
    """She opens the page from the file, and presses."""
    with clock.at(TUESDAY):
        client = signed_in(who, at=TUESDAY, language="en")
        where = reverse("withdrawals:withdraw", args=[cast.maya.file_id])
        shown = client.get(where)
        number = Page(shown.content.decode()).fields.get("form_id", "")
        return shown, client.post(where, {"form_id": number, **said}), client


def test_the_file_closes_at_the_next_statement_and_stays_closed(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)
    with acting(cast.ines, TUESDAY):
        actions.withdraw(
            cast.maya.file_id,
            PRESS,
            goes_on_with=None,
            desk=cast.institute.pk,
            by=cast.ines,
            at=TUESDAY,
        )

        assert not participants.is_visible(cast.maya.file_id, actor=cast.ines)
    # Assigned again by mistake, she still does not see it.
    with acting(cast.yanick, TUESDAY):
        again = {"file_id": cast.maya.file_id, "user_id": cast.ines.user_id, "starts_at": TUESDAY}
        Assignment.objects.bulk_create([Assignment(id=uuid4(), **again)])
    assert not sees(cast, cast.ines)
    assert sees(cast, cast.yanick)


def test_her_journal_says_that_a_worker_withdrew_and_not_why(cast: Cast) -> None:
    withdraw(cast, to=cast.yanick)

    with clock.at(TUESDAY):
        where = reverse("dossier:who", args=[cast.maya.file_id])
        page = signed_in(cast.yanick, at=TUESDAY).get(where).content.decode()
    assert "s’est retiré·e\u00a0: cette personne ne t’accompagne plus" in page
    assert "conflit" not in page[page.index("<main") :]


def test_whoever_is_alone_with_her_says_who_goes_on_and_the_colleague_is_there_at_once(
    cast: Cast,
) -> None:
    with pytest.raises(NotAllowed):
        withdraw(cast)
    assert sees(cast, cast.ines)

    withdraw(cast, to=cast.yanick)

    assert (sees(cast, cast.ines), sees(cast, cast.yanick)) == (False, True)
    with acting(cast.yanick, TUESDAY):
        said = Withdrawal.objects.get()
        acts = list(
            Event.objects.filter(chain_id=cast.maya.file_id, at=TUESDAY)
            .order_by("number")
            .values_list("action", flat=True)
        )
    assert (said.withdrew_by, said.goes_on_with) == (cast.ines.user_id, cast.yanick.user_id)
    assert acts == ["worker.handed_on", "worker.withdrew"]


def test_leads_learn_whose_person_needs_someone_else_and_nothing_of_whom(cast: Cast) -> None:
    withdraw(cast, to=cast.yanick)

    expected = (
        "Someone accompanied by Inès needs another worker since March 3. "
        "A colleague is with them for now."
    )
    with acting(cast.karim, TUESDAY):
        columns = {field.attname for field in Notice._meta.fields}
        values = {str(value) for row in Notice.objects.values_list() for value in row}
    assert told_to(cast.karim) == told_to(cast.louise) == [expected]
    assert "file_id" not in columns
    assert str(cast.maya.file_id) not in values
    assert not sees(cast, cast.karim)
    assert not sees(cast, cast.louise)


@pytest.mark.parametrize("who", ["samir", "yanick", "roy", "amrani", "nadia"])
def test_nobody_else_is_told(cast: Cast, who: str) -> None:
    withdraw(cast, to=cast.yanick)

    actor = getattr(cast, who)
    with acting(actor, TUESDAY):
        assert list(Notice.objects.all()) == []
    assert told_to(actor) == []


def test_it_stands_on_the_pages_of_each_lead_until_that_one_sees_to_it(cast: Cast) -> None:
    withdraw(cast, to=cast.yanick)
    with clock.at(TUESDAY):
        karim = signed_in(cast.karim, at=TUESDAY, language="en")
        louise = signed_in(cast.louise, at=TUESDAY, language="en")
        before = [
            "needs another worker" in client.get(where).content.decode()
            for client, where in ((karim, "/team/"), (louise, "/desk/"), (louise, "/team/"))
        ]
        with acting(cast.karim, TUESDAY):
            notice = Notice.objects.get()
        for _twice in range(2):
            answer = karim.post(reverse("withdrawals:settle", args=[notice.pk]))

    assert before == [True, True, True]
    assert answer.status_code == 302
    assert (told_to(cast.karim), len(told_to(cast.louise))) == ([], 1)


def test_when_she_has_no_colleague_she_may_leave_and_leads_read_that_nobody_is_there(
    cast: Cast,
) -> None:
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=False)

    withdraw(cast)

    assert told_to(cast.karim) == [
        "Someone accompanied by Inès needs another worker since March 3. "
        "Nobody is with them: see to it today."
    ]


def test_a_colleague_who_knows_her_too_is_not_named_in_her_place(cast: Cast) -> None:
    with acting(cast.yanick):
        sharing.declare_conflict(cast.maya.file_id, by=cast.yanick, at=MONDAY)

    with transaction.atomic(), pytest.raises(WrongState):
        withdraw(cast, to=cast.yanick)
    assert sees(cast, cast.ines)


def test_nobody_is_named_from_another_organisation(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        withdraw(cast, to=cast.samir)


def test_an_assignment_that_opens_nothing_does_not_count_as_company(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)
    with acting(LOADER):
        User.objects.filter(pk=cast.yanick.user_id).update(is_active=False)
        zoe = add_person("Zoé", cast.la_maison, Role.YOUTH_WORKER)

    with pytest.raises(NotAllowed):
        withdraw(cast)
    withdraw(cast, to=zoe)

    assert sees(cast, zoe)


@pytest.mark.parametrize("who", ["samir", "karim", "louise", "roy", "nadia", "amrani", "yanick"])
def test_whoever_is_not_assigned_finds_no_such_page(cast: Cast, who: str) -> None:
    shown, sent, _client = ask(cast, getattr(cast, who))

    assert (shown.status_code, sent.status_code) == (404, 404)


def test_the_page_opens_nothing_of_her_and_asks_no_reason(cast: Cast) -> None:
    shown, refused, client = ask(cast, cast.ines)

    said = shown.content.decode()
    fields = Page(said).fields.keys() - {"csrfmiddlewaretoken", "q", "language", "next"}
    assert "Maya" not in said[said.index("<main") :]
    assert fields >= {"form_id", "goes_on_with"}
    assert not fields & {"reason", "why", "words"}
    assert refused.status_code == 422  # nobody else is with her
    with clock.at(TUESDAY):
        where = reverse("withdrawals:withdraw", args=[cast.maya.file_id])
        sent = {
            "form_id": WithdrawForm.signer().sign(PRESS.hex),
            "goes_on_with": str(cast.yanick.user_id),
        }
        twice = [client.post(where, sent).get("Location") for _press in range(2)]
        done = client.get("/withdrawn/").content.decode()
    assert twice == ["/withdrawn/", "/withdrawn/"]
    assert "The file is closed to you" in done
    with acting(cast.karim, TUESDAY):
        assert Notice.objects.count() == 1


def test_with_a_colleague_beside_her_it_is_one_press(cast: Cast) -> None:
    walk_beside(cast, cast.yanick)

    shown, sent, _client = ask(cast, cast.ines)

    assert "goes_on_with" not in Page(shown.content.decode()).fields
    assert (sent.status_code, sent["Location"]) == (302, "/withdrawn/")


def test_the_way_out_is_on_the_file(cast: Cast) -> None:
    with clock.at(TUESDAY):
        where = reverse("dossier:file", args=[cast.maya.file_id])
        page = signed_in(cast.ines, at=TUESDAY).get(where).content.decode()

    assert reverse("withdrawals:withdraw", args=[cast.maya.file_id]) in page


def test_no_worker_tells_leads_in_the_name_of_another_nor_of_elsewhere(cast: Cast) -> None:
    def tell(worker: UUID, told: UUID) -> str:
        notice = Notice(
            id=uuid4(), told_to=told, worker_id=worker, told_at=MONDAY, is_with_someone=True
        )
        try:
            with acting(cast.ines), transaction.atomic():
                Notice.objects.bulk_create([notice])
        except ProgrammingError as refused:
            return str(getattr(refused.__cause__, "sqlstate", ""))
        return ""

    assert [
        tell(cast.yanick.user_id, cast.la_maison.pk),
        tell(cast.ines.user_id, cast.elsewhere.pk),
        tell(cast.ines.user_id, cast.la_maison.pk),
    ] == ["42501", "42501", ""]


@pytest.mark.parametrize("role", Role)
def test_who_withdraws_and_who_sees_to_it(role: Role) -> None:
    actor = Actor(uuid4(), uuid4(), frozenset({role}))

    assert bool(policy.can_withdraw(actor)) == (
        role in {Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT}
    )
    assert bool(policy.can_settle(actor)) == (role in {Role.TEAM_LEAD, Role.COORDINATOR})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_notices_cost_the_same(cast: Cast, rows: int) -> None:
    for number in range(rows):
        with acting(cast.ines):
            notice = Notice(
                id=uuid_of(f"notice {number}"),
                told_to=cast.la_maison.pk,
                worker_id=cast.ines.user_id,
                told_at=MONDAY,
                is_with_someone=True,
            )
            Notice.objects.bulk_create([notice])
    karim = signed_in(cast.karim)
    with clock.at(MONDAY):
        karim.get("/team/someone-else/")

        with CaptureQueriesContext(connection) as asked:
            karim.get("/team/someone-else/")

    assert len(asked) == 5
    with acting(cast.karim):
        assert len(queries.waiting(actor=cast.karim)) == rows
