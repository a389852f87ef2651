"""Does she share less of one thing, alone and at once, and never more?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.consents import queries as consents
from spheres.followup.consents.tests.factories import partner, share
from spheres.followup.therapy_requests.policy import PURPOSE
from spheres.portal.my_say.tests.factories import born_on, get, her_notebook, past_pin
from spheres.portal.notebook.tests.factories import herself
from spheres.sharing.models import Consent
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import learn_french, signed_in

learn_french()
SOON = MONDAY + timedelta(minutes=2)
PARTS = ["identity", "safety", "summary"]


def press(client: Client, shown: Any, *, at: datetime = SOON, **typed: Any) -> Any:
    """What the page she is on would send; the form of a page carries its own number."""
    sent = {"form_id": shown.context["form"].signed_id, "proof": shown.context["proven"], **typed}
    with clock.at(at):
        return client.post("/n/44/", sent)


def asked(client: Client, consent: UUID) -> Any:
    """The page where she says what remains of this one."""
    return press(client, past_pin(client, "/n/44/"), less=str(consent))


def stand(cast: Cast, at: datetime = SOON) -> list[tuple[list[str], str]]:
    with acting(cast.ines, at):
        found = consents.of_file(cast.maya.file_id, actor=cast.ines, at=at)
    return [(one.consent.sections, str(one.until)) for one in found if one.is_live]


def read_by(cast: Cast, actor: Actor, at: datetime) -> str:
    """What is shared with them, as its page shows it now; each of what stands."""
    client = signed_in(actor, at=at)
    with acting(partner(actor), at):
        mine = [one.consent.pk for one in consents.with_us(actor=partner(actor), at=at).open]
    pages = [get(client, f"/sharing/{one}/", at=at) for one in mine]
    return "".join(page.content.decode() for page in pages)


def in_database(
    actor: Actor, consent: UUID, sections: list[str], end: datetime, *, which: str = "less"
) -> Any:
    with acting(actor, SOON), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select access.share_less(%s, %s, %s, %s)", [consent, uuid_of(which), sections, end]
        )
        return cursor.fetchone()[0]


def test_fewer_parts_hold_at_once_and_the_partner_reads_the_rest(cast: Cast) -> None:
    client, one = her_notebook(cast), share(cast)
    before = read_by(cast, cast.samir, MONDAY)

    done = press(client, asked(client, one), less=str(one), parts=["summary"], until="as_now")

    assert done.status_code == 200
    assert stand(cast) == [(["identity", "summary"], "2026-09-01")]
    after = read_by(cast, cast.samir, SOON)
    assert ("Ce qui la protège" in before, "Ce qui la protège" in after) == (True, False)
    assert "Sa page" in after
    said = done.content.decode()
    # What had been opened by then is told, and that it cannot be unread.
    assert "Personne ne peut oublier ce qui a été lu" in said
    assert "ton résumé" in said


def test_a_nearer_end_alone_holds_at_once(cast: Cast) -> None:
    client, one = her_notebook(cast), share(cast)

    done = press(client, asked(client, one), less=str(one), parts=PARTS[1:], until="tonight")

    assert "Personne là-bas n’en avait rien ouvert" in done.content.decode()
    assert stand(cast) == [(PARTS, "2026-03-02")]
    assert stand(cast, MONDAY + timedelta(days=1)) == []


def test_one_supersedes_the_other_and_her_worker_knows(cast: Cast) -> None:
    client, one = her_notebook(cast), share(cast)
    shown = asked(client, one)

    first = press(client, shown, less=str(one), parts=["safety"], until="a_week")
    again = press(client, shown, less=str(one), parts=["safety"], until="a_week")

    assert (first.status_code, again.status_code) == (200, 200)
    with acting(cast.ines, SOON):
        old, new = Consent.objects.order_by("starts_at")
    her = herself(cast).user_id
    assert (old.withdrawn_at, old.withdrawer, old.withdrawn_by) == (SOON, "HERSELF", her)
    assert (new.renews_id, new.starts_at, new.withdrawn_at) == (old.pk, SOON, None)
    # What remains is of the yes that she had said, that day, with whoever wrote it down.
    assert (new.taken_by, new.taken_at, new.form) == (old.taken_by, old.taken_at, old.form)
    day = get(signed_in(cast.ines, at=SOON), "/", at=SOON).content.decode()
    assert day.count("a repris, depuis son carnet") == 1
    hers = get(signed_in(cast.ines, at=SOON), f"/files/{cast.maya.file_id}/sharing/", at=SOON)
    assert "en partage moins depuis le 2 mars 2026, de son carnet" in hers.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"parts": PARTS[1:], "until": "as_now"},  # nothing less
        {"parts": [], "until": "tonight"},  # nothing left
        {"parts": ["summary", "plan"], "until": "as_now"},  # more
        {"parts": ["summary"], "until": "a_year"},
        {"parts": ["summary"], "until": ""},
    ],
)
def test_what_is_no_less_changes_nothing_and_says_so(cast: Cast, typed: dict[str, Any]) -> None:
    client, one = her_notebook(cast), share(cast)

    refused = press(client, asked(client, one), less=str(one), **typed)

    assert refused.status_code == 422
    assert "error-summary" in refused.content.decode()
    assert stand(cast) == [(PARTS, "2026-09-01")]


def test_the_database_itself_refuses_the_other_way(cast: Cast) -> None:
    her_notebook(cast)
    one, her = share(cast), herself(cast)
    with acting(cast.ines):
        end = Consent.objects.get(pk=one).ends_at
    day = timedelta(days=1)
    refused = [
        (["identity", "summary", "plan"], end),
        ([*PARTS, "plan"], end - day),
        (PARTS, end + day),
        (PARTS, end),
        (["summary"], end),
        (PARTS, SOON),
    ]

    assert [in_database(her, one, sections, ends) for sections, ends in refused] == [False] * 6
    assert stand(cast) == [(PARTS, "2026-09-01")]
    assert in_database(her, one, ["identity"], end)
    assert not in_database(her, one, ["identity"], end - day, which="another")
    assert stand(cast) == [(["identity"], "2026-09-01")]


@pytest.mark.parametrize("who", ["ines", "samir", "karim", "louise"])
def test_nobody_else_does_it_for_her(cast: Cast, who: str) -> None:
    her_notebook(cast)
    one = share(cast)

    with pytest.raises(ProgrammingError, match="hers alone"):
        in_database(getattr(cast, who), one, ["identity"], SOON + timedelta(days=1))


def test_what_she_cannot_say_alone_is_not_offered_and_does_not_exist(cast: Cast) -> None:
    client = her_notebook(cast)
    therapy = share(cast, purpose=PURPOSE, organisation_id=cast.foundation.pk)
    shown = past_pin(client, "/n/44/")

    assert "En partager moins" not in shown.content.decode()
    for unknown in (str(therapy), str(uuid_of("nothing")), "no number"):
        assert press(client, shown, less=unknown).status_code == 404


def test_before_14_nothing_is_less_by_her_alone(cast: Cast) -> None:
    client, one = her_notebook(cast), share(cast)
    born_on(cast, "2013-05-04")
    shown = past_pin(client, "/n/44/")

    with clock.at(SOON):
        refused = client.post("/n/44/", {"proof": shown.context["proven"], "less": str(one)})

    assert refused.status_code == 404
    assert "En partager moins" not in shown.content.decode()
