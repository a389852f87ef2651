"""When may something be prepared to be said to her? The whole table; and what gives her away?"""

from __future__ import annotations

from datetime import datetime, time
from itertools import product

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.hours import Hours
from spheres.followup.reaching import policy
from spheres.followup.reaching.models import Prepared
from spheres.followup.reaching.policy import Confirmed, Standing, Timing
from tests.cast import uuid_of

CALL, TEXT = Prepared.Kind.CALL, Prepared.Kind.TEXT
CHANNELS = ("text", "call", "in_person", "through_someone", "email", "wait", "", "carrier_pigeon")
EVERY = [
    (kind, Standing(channel, timing, is_unsafe, confirmed))
    for kind, channel, timing, is_unsafe, confirmed in product(
        (CALL, TEXT), CHANNELS, Timing, (False, True), Confirmed
    )
]


def test_it_is_made_in_her_way_in_her_hours_when_safe_and_once_confirmed_and_never_else():
    allowed = {
        (kind, one.channel, one.timing, one.is_unsafe, one.confirmed)
        for kind, one in EVERY
        if policy.truth(kind, one)
    }

    assert len(EVERY) == 288
    assert allowed == {
        (kind, channel, Timing.WITHIN, False, confirmed)
        for kind, channel in ((CALL, "call"), (TEXT, "text"), (TEXT, "email"))
        for confirmed in (Confirmed.LATELY, Confirmed.LONG_AGO)
    }


def test_not_safe_is_the_reason_whatever_else_stands():
    reasons = {str(policy.truth(kind, one).reason) for kind, one in EVERY if one.is_unsafe}

    assert len(reasons) == 1


def test_every_refusal_says_why_and_what_can_be_done_instead():
    reasons = {str(answer.reason) for kind, one in EVERY if not (answer := policy.truth(kind, one))}

    assert len(reasons) == 7
    assert [reason for reason in reasons if ":" not in reason] == []


@pytest.mark.parametrize("role", Role.values)
def test_only_her_workers_write_confirm_or_prepare(role):
    actor = Actor(uuid_of("someone"), uuid_of("somewhere"), frozenset({role}))
    good = Standing("call", Timing.WITHIN, is_unsafe=False, confirmed=Confirmed.LATELY)
    may = role in (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)

    asked = (
        policy.can_write(actor),
        policy.can_confirm(actor, is_unsafe=False),
        policy.can_prepare(actor, CALL, good),
    )

    assert [bool(answer) for answer in asked] == [may] * 3
    assert not policy.can_confirm(actor, is_unsafe=True)


def test_without_a_line_agreed_on_nothing_is_prepared():
    assert not policy.has_words([])
    assert policy.has_words(["Un café bientôt?"])


@pytest.mark.parametrize(
    ("kept", "moment", "holds"),
    [
        ("any", datetime(2026, 3, 7, 3, 0), True),
        ("12345 16:30-18:00", datetime(2026, 3, 6, 16, 29, 59), False),
        ("12345 16:30-18:00", datetime(2026, 3, 6, 16, 30), True),
        ("12345 16:30-18:00", datetime(2026, 3, 6, 17, 59, 59), True),
        ("12345 16:30-18:00", datetime(2026, 3, 6, 18, 0), False),
        ("12345 16:30-18:00", datetime(2026, 3, 7, 17, 0), False),
        # After midnight it is still Friday evening.
        ("5 22:00-01:00", datetime(2026, 3, 6, 23, 0), True),
        ("5 22:00-01:00", datetime(2026, 3, 7, 0, 59), True),
        ("5 22:00-01:00", datetime(2026, 3, 7, 1, 0), False),
        ("5 22:00-01:00", datetime(2026, 3, 6, 0, 30), False),
        ("7 22:00-01:00", datetime(2026, 3, 9, 0, 30), True),
    ],
)
def test_her_hours_hold_from_their_first_minute_to_before_their_last(kept, moment, holds):
    hours = Hours.read(kept)

    assert hours is not None
    assert hours.hold(moment) is holds
    assert str(hours) == kept


@pytest.mark.parametrize("kept", ["", "le soir", "12345 16:30", "12345 25:00-26:00", "x 1:00-2:00"])
def test_hours_that_cannot_be_read_are_hours_that_were_not_said(kept):
    assert Hours.read(kept) is None


def test_hours_are_kept_as_they_were_said():
    assert str(Hours((1, 3), time(9, 0), time(11, 30))) == "13 09:00-11:30"


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Un café bientôt?", []),
        ("Coffee soon?", []),
        ("J’ai croisé ta prof de violon, elle te salue.", []),
        ("C’est pour ton SUIVI", ["suivi"]),
        ("It is about your follow-up", ["follow-up"]),
        ("La policière veut te voir", ["policiere"]),
        ("l’exploitation sexuelle", ["exploitation", "sexuelle"]),
        ("Appelle au 514 555-0199", ["514 555-0199"]),
        ("À 4 h?", ["4"]),
        ("Regarde www.exemple.org/x", ["www.exemple.org/x"]),
        ("écris à ines@exemple.ca", ["ines@exemple.ca"]),
        ("Ici le Programme Éclaircie", ["programme", "eclaircie"]),
        ("On t’attend à l’éclaircie", ["eclaircie"]),
        ("Salut de Sphères", ["spheres"]),
    ],
)
def test_what_would_tell_somebody_else_is_found_in_both_languages(text, telling):
    names = ("Programme Éclaircie", "Éclaircie Program")

    assert policy.telling_words(text, names=names) == telling
