"""Who lets whom in, with which link, for how long, and how often?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from spheres.accounts import actions, policy, queries
from spheres.accounts.models import Authenticator, Invitation, Membership, Role, User
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    MONDAY_ON,
    PASSWORD,
    Device,
    WithCodes,
    browser,
    enrol_passkey,
    events,
    form_id,
    newcomer,
    try_passkey,
    try_password,
)
from spheres.core import clock
from spheres.core.actor import Actor
from tests.cast import MONDAY, Cast, acting


def invite(by: Actor, **known: Any) -> actions.Invited:
    with acting(by):
        return actions.invite(
            newcomer(**known),
            organisation_id=by.organisation_id,
            seen_on=MONDAY_ON,
            by=by,
            at=MONDAY,
        )


def enrol(client: Client, token: str, **more: str) -> tuple[Any, Device]:
    """Open the link and make a passkey, as the page does."""
    page = client.get(f"/welcome/{token}/")
    asked = client.get(f"/welcome/{token}/challenge/").json()
    device = Device()
    sent = {"answer": device.make(asked["options"]), "state": asked["state"], **more}
    answer = client.post(f"/welcome/{token}/passkey/", {"form_id": form_id(page), **sent})
    return answer, device


def test_a_newcomer_enrols_with_her_link_and_comes_back_with_her_passkey(
    cast: Cast, manon: Actor
) -> None:
    invited, client = invite(manon), browser()
    with clock.at(MONDAY):
        answer, device = enrol(client, invited.token)
        inside = client.get("/account/")

    assert answer.status_code == 200
    assert answer.content.decode().count("-") > 10  # ten recovery codes, shown once
    assert inside.status_code == 200
    assert try_passkey(device) == invited.user_id


def test_looking_at_a_link_uses_nothing_up(cast: Cast, manon: Actor) -> None:
    invited, client = invite(manon), browser()
    with clock.at(MONDAY):
        looked = [client.get(f"/welcome/{invited.token}/").status_code for _ in range(5)]
        looked.append(client.head(f"/welcome/{invited.token}/").status_code)
        answer, _ = enrol(client, invited.token)

    assert looked == [200] * 6
    assert answer.status_code == 200


@pytest.mark.parametrize("hours", [71.9, 72])
def test_a_link_lasts_seventy_two_hours(cast: Cast, manon: Actor, hours: float) -> None:
    invited = invite(manon)
    with clock.at(MONDAY + timedelta(hours=hours)):
        status = browser().get(f"/welcome/{invited.token}/").status_code

    assert status == (200 if hours < 72 else 404)


def test_a_link_serves_once(cast: Cast, manon: Actor) -> None:
    invited = invite(manon)
    with clock.at(MONDAY):
        asked_before = browser().get(f"/welcome/{invited.token}/challenge/").json()
        page = browser().get(f"/welcome/{invited.token}/")
        enrol(browser(), invited.token)
        late = browser().post(
            f"/welcome/{invited.token}/passkey/",
            {
                "form_id": form_id(page),
                "answer": Device().make(asked_before["options"]),
                "state": asked_before["state"],
            },
        )

    assert late.status_code == 404
    with acting(DOORKEEPER):
        held = Authenticator.objects.filter(user_id=invited.user_id, kind="PASSKEY").count()
    assert held == 1


def test_a_link_that_was_altered_used_replaced_or_never_made_says_the_same(
    cast: Cast, manon: Actor
) -> None:
    replaced = invite(manon)
    used = invite(manon, email="ana@example.org")
    with acting(manon):
        actions.invite_again(replaced.user_id, seen_on=MONDAY_ON, by=manon, at=MONDAY)
    with clock.at(MONDAY):
        enrol(browser(), used.token)
        pages = {
            (page.status_code, without_numbers(page.content.decode()))
            for token in (replaced.token, used.token, used.token + "x", "never", "a:b")
            for page in [browser().get(f"/welcome/{token}/")]
        }

    assert len(pages) == 1


def without_numbers(body: str) -> str:
    body = re.sub(r'(value|nonce)="[^"]*"', "", body)
    return body


def test_a_failed_enrolment_does_not_use_the_link_up(cast: Cast, manon: Actor) -> None:
    invited = invite(manon)
    with clock.at(MONDAY):
        client = browser()
        page = client.get(f"/welcome/{invited.token}/")
        refused = client.post(
            f"/welcome/{invited.token}/passkey/",
            {"form_id": form_id(page), "answer": "{}", "state": "nothing"},
        )
        answer, _ = enrol(client, invited.token)

    assert (refused.status_code, answer.status_code) == (422, 200)


def test_a_newcomer_without_such_a_device_takes_a_password_and_codes(
    cast: Cast, manon: Actor
) -> None:
    invited = invite(manon)
    with clock.at(MONDAY):
        client = browser()
        page = client.get(f"/welcome/{invited.token}/password/")
        secret = page.context["form"].totp_secret
        person = WithCodes(
            Actor(invited.user_id, cast.la_maison.pk, frozenset()), "zoe@example.org", secret, []
        )
        answer = client.post(
            f"/welcome/{invited.token}/password/",
            {
                "form_id": form_id(page),
                "secret": page.context["form"].signed_secret,
                "password": PASSWORD,
                "code": person.code(MONDAY),
            },
        )

    assert answer.status_code == 200
    assert try_password(person, MONDAY + timedelta(minutes=2)) == invited.user_id


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("quatorze chars", "Quinze caractères au moins"),
        ("motdepassemotdepasse", "parmi les premiers"),
        ("aaaaaaaaaaaaaaaaaa", "parmi les premiers"),
        ("Mot de passe 123456", "parmi les premiers"),
        ("zoe zoé lavoie lavoie", "de votre nom"),
        ("x" * 120 + " ab cdefgh", "128 caractères"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    cast: Cast, manon: Actor, password: str, why: str
) -> None:
    invited = invite(manon)
    with clock.at(MONDAY):
        client = browser()
        page = client.get(f"/welcome/{invited.token}/password/")
        form = page.context["form"]
        person = WithCodes(manon, "", form.totp_secret, [])
        answer = client.post(
            f"/welcome/{invited.token}/password/",
            {
                "form_id": form_id(page),
                "secret": form.signed_secret,
                "password": password,
                "code": person.code(MONDAY),
            },
        )

    assert answer.status_code == 422
    assert why in answer.content.decode().replace("\u00a0", " ")
    assert answer.context["form"].totp_secret == form.totp_secret  # nothing to scan again


def test_who_vouched_and_when_is_kept(cast: Cast, manon: Actor) -> None:
    invited = invite(manon)

    with acting(DOORKEEPER):
        kept = Invitation.objects.get(user_id=invited.user_id)
    assert (kept.vouched_by, kept.seen_on) == (manon.user_id, MONDAY_ON)
    assert events(manon.user_id, "invited") == ["invited"]


def test_lost_devices_need_a_new_link_and_a_recovery_code(
    cast: Cast, manon: Actor, ines: WithCodes
) -> None:
    old = enrol_passkey(cast.ines)
    signed_in = browser(cast.ines)
    with acting(manon):
        again = actions.invite_again(cast.ines.user_id, seen_on=MONDAY_ON, by=manon, at=MONDAY)
    with clock.at(MONDAY):
        without, _ = enrol(browser(), again.token)
        wrong, _ = enrol(browser(), again.token, recovery="BBBBB-BBBBB")
        right, new = enrol(browser(), again.token, recovery=ines.recovery[0])
        after = signed_in.get("/account/")

    assert [page.status_code for page in (without, wrong, right)] == [422, 422, 200]
    assert after.status_code == 302
    assert (try_passkey(old), try_passkey(new)) == (None, cast.ines.user_id)


def test_the_first_person_is_let_in_by_a_command(cast: Cast, capsys: Any, settings: Any) -> None:
    settings.STAFF_HOST = "equipe.example.org"
    from spheres.core import context

    work = context.unit_of_work
    try:
        context.unit_of_work = context.acting_as  # the test's own transaction holds it
        call_command("invite", "first@example.org", name="Ève", organisation="la-maison")
        for email, name, organisation in (
            ("x@example.org", "X", "nowhere"), ("ada", "Ada", "la-maison"),
            ("ada@example.org", " ", "la-maison"),
        ):  # fmt: skip
            with pytest.raises(CommandError):
                call_command("invite", email, name=name, organisation=organisation)
        before = capsys.readouterr()
        settings.STAFF_HOST = "staff.localhost"
        call_command("invite", "y@example.org", name="Y", organisation="la-maison")
    finally:
        context.unit_of_work = work

    assert (re.findall(r"https?://[^/]+/welcome/", before.out), before.err) == (
        ["http://equipe.example.org/welcome/"], "",
    )  # fmt: skip
    assert "set SPHERES_STAFF_HOST to the name that people type" in capsys.readouterr().err
    with acting(DOORKEEPER):
        first = User.objects.get(email="first@example.org")
        titles = Membership.objects.filter(user=first).values_list("job_title_fr", "job_title_en")
        assert list(titles) == [("Administration technique", "Technical administration")]


MANAGER = frozenset({Role.ORGANISATION_MANAGER})
TECHNICAL = frozenset({Role.TECHNICAL_ADMINISTRATOR})
WORKER = frozenset({Role.YOUTH_WORKER})
HERE = policy.Standing(roles_here=WORKER, is_enrolled=True)
WAITED = policy.Standing(roles_here=WORKER)
BOTH = policy.Standing(roles_here=WORKER, is_elsewhere=True, is_enrolled=True)
WAITED_BOTH = policy.Standing(roles_here=WORKER, is_elsewhere=True)
AWAY = policy.Standing(is_elsewhere=True, is_enrolled=True)


def actor_with(cast: Cast, roles: frozenset[str]) -> Actor:
    return Actor(cast.karim.user_id, cast.la_maison.pk, roles)


@pytest.mark.parametrize("roles", [MANAGER, TECHNICAL, WORKER])
@pytest.mark.parametrize(
    ("standing", "again", "release", "end", "close"),
    [
        (HERE, True, True, True, True),
        (WAITED, None, True, True, True),
        (BOTH, True, True, True, False),
        (WAITED_BOTH, False, True, True, False),
        (AWAY, False, False, False, False),
    ],
)
def test_what_a_manager_does_to_whom(
    cast: Cast,
    roles: frozenset[str],
    standing: policy.Standing,
    again: bool | None,
    release: bool,
    end: bool,
    close: bool,
) -> None:
    actor, she = actor_with(cast, roles), cast.ines.user_id
    manages = roles is not WORKER
    if again is None:  # she has not come in: whoever may give what she holds lets her enrol
        again = roles is MANAGER

    assert bool(policy.can_invite_again(actor, standing)) == (again and manages)
    assert bool(policy.can_release(actor, standing)) == (release and manages)
    assert bool(policy.can_end(actor, she, standing)) == (end and manages)
    assert bool(policy.can_close(actor, she, standing)) == (close and manages)
    assert not policy.can_end(actor, actor.user_id, standing)
    assert not policy.can_close(actor, actor.user_id, standing)


def test_a_person_acts_only_for_an_organisation_she_belongs_to(cast: Cast) -> None:
    client = browser(cast.ines)
    with clock.at(MONDAY):
        refused = client.post("/account/organisation/", {"organisation": cast.elsewhere.pk})

    assert refused.status_code == 403


def test_the_link_of_a_closed_account_serves_no_more(cast: Cast, manon: Actor) -> None:
    invited = invite(manon)
    with acting(manon):
        actions.close(invited.user_id, by=manon, at=MONDAY)

    with acting(DOORKEEPER):
        assert queries.invitation(invited.token, at=MONDAY) is None
