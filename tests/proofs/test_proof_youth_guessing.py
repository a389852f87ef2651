"""Does a guess learn nothing from how long the answer takes, at any door of young people? (T27)

Each arm is one kind of wrong number; they are tried in turn, in an order of chance, each undone
before the next, so that what one leaves changes no other. What is slow on purpose is made quick
first: the same for every arm, it would only hide a difference. Each day a few tries, and what any
machine tells alike: the same answer, by as many questions to the database. In a long proof two
thousand tries of each, and the time is held (design §10.20).
"""

from __future__ import annotations

import os
import random
import re
import statistics
import time
from collections.abc import Callable
from itertools import count
from math import erfc, sqrt
from typing import Any

import pytest
from argon2.low_level import hash_secret_raw
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock
from spheres.core.actor import VISITOR, service
from spheres.followup.admission import actions as admission
from spheres.followup.questions import actions as questions
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook.tests.factories import CODE, confirm_contact, give_code, open_notebook
from spheres.public.forms import ReceiptForm
from spheres.sharing.models import NotebookKey
from spheres.training.requests import actions as training
from spheres.training.requests.tests.test_requests import leave
from spheres.vault import stretching
from spheres.worker_support.intervention_support import actions as advice
from spheres.worker_support.intervention_support.tests.test_advice import leave as left
from tests.cast import MONDAY, Cast, acting, refer, uuid_of
from tests.daily import DAILY
from tests.pages import visitor
from tests.proofs import youth_report
from tests.proofs.figures import tell

pytestmark = [pytest.mark.django_db, DAILY]

A_DAY = 30  # tries of each arm
TRIES = int(os.environ.get("SPHERES_GUESSES") or 2_000)  # of each arm
WITHIN = 5.0  # milliseconds
EXPIRY = service("expiry")
Arm = Callable[[str], HttpResponse]
# Drawn anew for each page: the signed number of a form, the word that lets our scripts run.
DRAWN = re.compile(r"""(?<=value=")[\w:.-]{40,}(?=")|(?<=nonce=")[^"]+""")


def answered(arm: Arm, network: str) -> tuple[int, int, int, str]:
    """What a guess is told: the status, how many questions were asked, how many times both numbers
    were stretched, which is the slow part, and the page."""
    mark, stretched = transaction.savepoint(), count()
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(stretching, "hash_secret_raw", counting(stretched))
        answer = arm(network)
    transaction.savepoint_rollback(mark)
    return answer.status_code, len(asked), next(stretched), DRAWN.sub("", answer.content.decode())


def counting(calls: count[int]) -> Callable[..., bytes]:
    """The true stretching, counted."""

    def stretch(*args: Any, **said: Any) -> bytes:
        next(calls)
        return hash_secret_raw(*args, **said)

    return stretch


def measured(arms: dict[str, Arm], tries: int) -> dict[str, list[float]]:
    """Milliseconds of each answer, arm by arm."""
    found: dict[str, list[float]] = {name: [] for name in arms}
    chance, networks = random.Random(27), count(1)
    for number in range(tries + 20):
        for name in chance.sample(list(arms), len(arms)):
            place = next(networks)
            network = f"10.{place >> 16 & 255}.{place >> 8 & 255}.{place & 255}"
            mark = transaction.savepoint()
            began = time.perf_counter()
            arms[name](network)
            took = (time.perf_counter() - began) * 1000
            transaction.savepoint_rollback(mark)
            if number >= 20:  # the first ones warm what is kept from one page to the next
                found[name].append(took)
    return found


def interval(one: list[float], other: list[float]) -> tuple[float, float]:
    """95 % of the difference of two medians, by drawing anew from what was measured."""
    chance = random.Random(95)
    medians = sorted(
        statistics.median(chance.choices(one, k=len(one)))
        - statistics.median(chance.choices(other, k=len(other)))
        for _draw in range(400)
    )
    return medians[10], medians[-11]


def alike(one: list[float], other: list[float]) -> float:
    """p of Mann and Whitney: how often chance alone would order them as much."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_value, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(one), len(other)
    above = ranks - n * (n + 1) / 2 - n * m / 2
    return erfc(abs(above) / sqrt(n * m * (n + m + 1) / 12) / sqrt(2))


def hold(door: str, arms: dict[str, Arm], *, whole: bool, stretched: int = 0) -> None:
    told = {name: answered(arm, "10.255.255.1") for name, arm in arms.items()}
    assert len(set(told.values())) == 1, {name: said[:3] for name, said in told.items()}
    assert {said[2] for said in told.values()} == {stretched}, door
    tries = TRIES if whole else A_DAY
    found = measured(arms, tries)
    first, *others = found
    widest = {}
    for other in others:
        low, high = widest[other] = interval(found[first], found[other])
        p = alike(found[first], found[other])
        if whole:
            youth_report.keep(tries=tries)
            youth_report.guessed(f"{door}: {first} or {other}", low, high, p)
        tell(
            f"guessing, {door}: {first} or {other}",
            f"median {low:+.2f} to {high:+.2f} ms, p {p:.3f}, "
            f"{tries} each, median {statistics.median(found[first]):.1f} ms",
            "95 % within ±5 ms" if whole else "the same answer; the time is held in a proof",
        )
    edges = [abs(edge) for both in widest.values() for edge in both]
    assert not whole or max(edges) < WITHIN, widest


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


def posted(path: str, said: dict[str, str]) -> Arm:
    def guess(network: str) -> HttpResponse:
        with clock.at(MONDAY):
            browser = visitor(settings.YOUTH_HOST)
            answer = browser.post(path, said, REMOTE_ADDR=network)
        assert answer.status_code in {200, 422}, answer.status_code
        return answer

    return guess


def test_a_code_and_a_pin_at_the_door_of_a_notebook(cast: Cast, whole: bool) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    with acting(DOORKEEPER):
        locked = NotebookKey.objects.get()
    other = "5551234567890123"
    # The same key, five tries later, under another code.
    with acting(DOORKEEPER):
        NotebookKey.objects.bulk_create(
            [
                NotebookKey(
                    id=uuid_of("locked"),
                    file_id=uuid_of("another file"),
                    digest=notebook.digest_of(other),
                    salt=locked.salt,
                    verifier=locked.verifier,
                    wrong_tries=5,
                    given_by=locked.given_by,
                    given_at=locked.given_at,
                )
            ]
        )

    def door(code: str, pin: str) -> Arm:
        return posted("/n/", {"code": code, "pin": pin})

    hold(
        "a notebook",
        {
            "unknown": door("9" * 16, "730194"),
            "wrong PIN": door(CODE, "000111"),
            "five tries": door(other, "730194"),
        },
        whole=whole,
        stretched=2,  # the number alone, to find it; then both
    )


def test_a_receipt_of_a_referral(cast: Cast, whole: bool) -> None:
    refer("Zoé", desk=cast.institute.id)
    gone = refer("Léa", desk=cast.institute.id)
    with acting(EXPIRY):
        admission.expire(gone, before=MONDAY, by=EXPIRY, at=MONDAY)

    def receipt(number: str, code: str) -> Arm:
        said = {
            "receipt_number": number,
            "receipt_code": code,
            "form_id": ReceiptForm().signed_id,
        }
        return posted("/receipt/", said)

    zoe, lea = (uuid_of(f"referral of {name}") for name in ("Zoé", "Léa"))
    hold(
        "a receipt",
        {
            "unknown": receipt("2222-2222", "222-222"),
            "wrong code": receipt(admission.number_of(zoe), "222-222"),
            "forgotten": receipt(admission.number_of(lea), admission.code_of(lea)),
        },
        whole=whole,
    )


def test_a_code_to_come_back_to_an_answer(cast: Cast, whole: bool) -> None:
    form_id = uuid_of("a question erased")
    matter = questions.matter_of(form_id)
    with acting(VISITOR):
        questions.ask(
            form_id, words="Est-ce que je peux venir?", nickname="", language="fr",
            desk=cast.institute.id, by=VISITOR, at=MONDAY,
        )  # fmt: skip
    with acting(EXPIRY):
        questions.expire(matter, before=MONDAY, by=EXPIRY, at=MONDAY)

    hold(
        "an answer",
        {
            "unknown": posted("/answer/", {"answer_code": "2222-2222-2222"}),
            "erased": posted("/answer/", {"answer_code": questions.code_of(form_id)}),
        },
        whole=whole,
    )


def test_a_code_to_come_back_to_a_request_for_training(cast: Cast, whole: bool) -> None:
    """Whoever answers for an organisation learns as little from the time as a young person."""
    asked_of = leave(cast)
    with acting(EXPIRY):
        assert training.expire(asked_of, before=MONDAY, by=EXPIRY, at=MONDAY)

    hold(
        "an answer about a training",
        {
            "unknown": posted("/training/answer/", {"answer_code": "2222-2222-2222"}),
            "erased": posted("/training/answer/", {"answer_code": training.code_of(asked_of)}),
        },
        whole=whole,
    )


def test_a_code_to_come_back_to_advice(cast: Cast, whole: bool) -> None:
    """The same for whoever asked for advice about somebody."""
    asked = left(cast)
    with acting(EXPIRY):
        assert advice.expire(asked.id, before=MONDAY, by=EXPIRY, at=MONDAY)

    hold(
        "an answer about advice",
        {
            "unknown": posted("/advice/answer/", {"advice_code": "2222-2222-2222"}),
            "erased": posted("/advice/answer/", {"advice_code": advice.code_of(asked.id)}),
        },
        whole=whole,
    )
