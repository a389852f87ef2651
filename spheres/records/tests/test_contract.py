"""Does every kind of record keep the promises made for all of them?

One suite for the whole registry: a new kind of record is held to it from its first day. The only
thing asked of its folder is `tests/factories.py` (write, correct, typed, and three sample texts).
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.participants.models import Assignment
from spheres.records import queries as drafts
from spheres.records import registry
from spheres.records.models import Record, RecordStatus
from spheres.records.registry import RecordType
from spheres.sharing.rules import THERAPY
from spheres.vault import actions as vault
from spheres.vault.models import LockedText
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

ROOT = Path(__file__).resolve().parents[3]
REGIONS = sorted(path.parent.name for path in ROOT.glob("regions/*/retention.yaml"))
# Rows, the event of their opening, the key: the same whether there is one record or three.
READING_COSTS = 3

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("kind", registry.all_types(), ids=lambda kind: kind.slug),
]


@pytest.fixture
def cast(cast: Cast, kind: RecordType) -> Cast:
    """What is of psychotherapy is written by a psychotherapist: for that, Inès is one too."""
    if kind.section != THERAPY:
        return cast
    with acting(LOADER):
        hers = Membership.objects.get(user_id=cast.ines.user_id)
        hers.pk, hers.role = uuid_of("Inès, psychotherapist"), Role.PSYCHOTHERAPIST
        Membership.objects.bulk_create([hers])
    roles = cast.ines.roles | {Role.PSYCHOTHERAPIST}
    return replace(cast, ines=replace(cast.ines, roles=roles))


def examples(kind: RecordType) -> ModuleType:
    return import_module(f"{kind.package}.tests.factories")


def a_record(kind: RecordType, cast: Cast, name: str = "one", by: Actor | None = None) -> UUID:
    """One more record of this kind in Maya's file."""
    by = by or cast.ines
    with acting(by):
        return examples(kind).write(
            cast.maya.file_id, uuid_of(f"{kind.slug} {name}"), by=by, at=MONDAY
        )


def found(kind: RecordType, cast: Cast, actor: Actor) -> list[UUID]:
    return [row.pk for row in kind.rows(cast.maya.file_id, actor=actor)]


def address(kind: RecordType, place: str, cast: Cast, *args: UUID) -> str:
    return reverse(f"{kind.slug}:{place}", args=[cast.maya.file_id, *args])


def let_yanick_walk_too(cast: Cast) -> None:
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of("Yanick walks too"),
                    file_id=cast.maya.file_id,
                    user_id=cast.yanick.user_id,
                    part=Assignment.Part.SUPPORT,
                    starts_at=MONDAY,
                )
            ]
        )


# Who sees it.


def test_a_stranger_sees_nothing(kind: RecordType, cast: Cast) -> None:
    record_id = a_record(kind, cast)

    with acting(cast.ines):
        assert record_id in found(kind, cast, cast.ines)
    with acting(cast.samir):
        assert found(kind, cast, cast.samir) == []
    with clock.at(MONDAY):
        samir = signed_in(cast.samir)
        answers = [
            samir.get(address(kind, "detail", cast, record_id)),
            samir.get(address(kind, "write", cast)),
            samir.get(reverse(f"{kind.slug}:detail", args=[uuid_of("no file"), record_id])),
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({without_addresses(answer.content) for answer in answers}) == 1


def without_addresses(page: bytes) -> bytes:
    """The page without what belongs to the request: nonce, token, its own address."""
    return re.sub(rb'(nonce|value|href|action|content)="[^"]*"', b"", page)


def test_the_end_of_an_assignment_hides_it_at_the_next_statement(
    kind: RecordType, cast: Cast
) -> None:
    record_id = a_record(kind, cast)

    with acting(cast.ines):
        assert record_id in found(kind, cast, cast.ines)
        Assignment.objects.filter(file_id=cast.maya.file_id).update(ends_at=MONDAY)
        assert found(kind, cast, cast.ines) == []


# What writing leaves.


def test_writing_leaves_exactly_one_event(kind: RecordType, cast: Cast) -> None:
    with acting(cast.ines):
        before = set(Event.objects.values_list("pk", flat=True))
    record_id = a_record(kind, cast)

    with acting(cast.ines):
        [event] = Event.objects.exclude(pk__in=before)
    assert (event.chain_id, event.record_ids, event.sections, event.actor_id) == (
        # Of what is sealed, the file's own journal holds nothing.
        cast.ines.user_id if kind.section == THERAPY else cast.maya.file_id,
        [record_id],
        [kind.section],
        cast.ines.user_id,
    )
    assert len(event.digest) == 32


def test_sending_the_form_twice_makes_one_record(kind: RecordType, cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        sent = filled_form(kind, cast, ines)
        with acting(cast.ines):
            before = set(found(kind, cast, cast.ines))
        first = ines.post(address(kind, "write", cast), sent)
        second = ines.post(address(kind, "write", cast), sent)

    assert (first.status_code, first.headers["Location"]) == (
        second.status_code,
        second.headers["Location"],
    )
    assert first.status_code == 302
    with acting(cast.ines):
        assert len(set(found(kind, cast, cast.ines)) - before) == 1


def filled_form(kind: RecordType, cast: Cast, client) -> dict[str, str]:  # type: ignore[no-untyped-def]
    page = Page(client.get(address(kind, "write", cast)).content.decode())
    return {"form_id": page.fields["form_id"], **examples(kind).typed(MONDAY)}


def test_a_correction_keeps_both(kind: RecordType, cast: Cast) -> None:
    record_id = a_record(kind, cast)
    correction = uuid_of(f"correction of {kind.slug}")

    with acting(cast.ines, TUESDAY):
        examples(kind).correct(record_id, correction, by=cast.ines, at=TUESDAY)

    with acting(cast.ines, TUESDAY):
        rows = {row.pk: row for row in kind.rows(cast.maya.file_id, actor=cast.ines)}
        assert (rows[record_id].standing.status, rows[correction].standing.status) == (
            RecordStatus.Status.CORRECTED,
            RecordStatus.Status.SIGNED,
        )
        vault.open([rows[record_id], rows[correction]], by=cast.ines, sections=[kind.section])
        assert rows[record_id].opened.her_words == examples(kind).HER_WORDS
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY)
        pages = [ines.get(address(kind, "detail", cast, pk)) for pk in (record_id, correction)]
    assert [page.status_code for page in pages] == [200, 200]


# Drafts.


def test_a_draft_survives_and_is_its_author_s_alone(kind: RecordType, cast: Cast) -> None:
    let_yanick_walk_too(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        sent = filled_form(kind, cast, ines)
        kept = ines.post(address(kind, "draft", cast), sent)
        assert kept.status_code == 204
        number = UUID(sent["form_id"].split(":")[0])
        again = f"{address(kind, 'write', cast)}?draft={number}"
        # Another session: the first one may have ended meanwhile.
        pages = {
            name: signed_in(actor).get(again).content.decode()
            for name, actor in (("ines", cast.ines), ("yanick", cast.yanick))
        }
        assert signed_in(cast.samir).get(again).status_code == 404

    her_words = examples(kind).HER_WORDS
    assert her_words in pages["ines"]
    assert Page(pages["ines"]).fields["form_id"].split(":")[0] == number.hex
    assert her_words not in pages["yanick"]


def test_a_draft_that_arrives_after_the_signature_is_not_kept(kind: RecordType, cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        sent = filled_form(kind, cast, ines)
        signed = ines.post(address(kind, "write", cast), sent)
        late = ines.post(address(kind, "draft", cast), sent)
    with acting(cast.ines):
        kept = list(drafts.drafts_of(cast.maya.file_id, actor=cast.ines))

    assert (signed.status_code, late.status_code, kept) == (302, 204, [])


# What it costs.


def test_reading_costs_the_same_for_one_and_three(kind: RecordType, cast: Cast) -> None:
    a_record(kind, cast, "first")
    costs = []
    for limit in (1, 3):
        for name in ("second", "third")[: limit - 1]:
            a_record(kind, cast, name)
        with acting(cast.ines), CaptureQueriesContext(connection) as asked:
            rows = list(kind.rows(cast.maya.file_id, actor=cast.ines)[:limit])
            vault.open(rows, by=cast.ines, sections=[kind.section])
            lines = [kind.entry(row) for row in rows]
        assert len(lines) == limit
        costs.append(len(asked))

    assert costs == [READING_COSTS, READING_COSTS]


def test_the_file_costs_the_same_for_one_and_three(kind: RecordType, cast: Cast) -> None:
    page = reverse("dossier:file", args=[cast.maya.file_id])
    costs = []
    for names in (["first"], ["second", "third"]):
        for name in names:
            a_record(kind, cast, name)
        with clock.at(MONDAY):
            ines = signed_in(cast.ines)
            with CaptureQueriesContext(connection) as asked:
                assert ines.get(page).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


# What its pages say.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_pages_are_complete_in_both_languages(
    kind: RecordType, cast: Cast, language: str
) -> None:
    record_id = a_record(kind, cast)
    with clock.at(MONDAY), untranslated() as missing:
        ines = signed_in(cast.ines, language=language)
        for url in (
            address(kind, "detail", cast, record_id),
            address(kind, "write", cast),
            address(kind, "correct", cast, record_id),
        ):
            page = ines.get(url)
            assert page.status_code == 200
            assert f'<html lang="{language}' in page.content.decode()
            assert examples(kind).HER_WORDS in page.content.decode() or url.endswith("new/")

    assert missing == set()


def test_it_opens_with_her_words_and_keeps_what_the_worker_saw_apart(
    kind: RecordType, cast: Cast
) -> None:
    sample = examples(kind)
    record_id = a_record(kind, cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        pages = [
            Page(ines.get(url).content.decode())
            for url in (
                address(kind, "detail", cast, record_id),
                reverse("dossier:file", args=[cast.maya.file_id]),
            )
        ]
        form = Page(ines.get(address(kind, "write", cast)).content.decode())

    for page in pages:
        hers = page.place_of(sample.HER_WORDS)
        workers = page.place_of(sample.OBSERVATION)
        assert hers[0] < workers[0]
        assert hers[1] != workers[1]
    asked = [name for name in form.fields if name in ("her_words", "observation", "support")]
    assert asked == ["her_words", "observation", "support"]


def test_no_difficulty_is_shown_without_what_supports_her(kind: RecordType, cast: Cast) -> None:
    assert issubclass(kind.model, Record)
    texts = {field.name for field in kind.model._meta.fields if isinstance(field, LockedText)}
    assert {"her_words", "observation", "support"} <= texts

    record_id = a_record(kind, cast)
    with clock.at(MONDAY):
        page = signed_in(cast.ines).get(address(kind, "detail", cast, record_id))
    Page(page.content.decode()).place_of(examples(kind).SUPPORT)


@pytest.mark.parametrize("region", REGIONS)
def test_it_says_how_long_it_is_kept(kind: RecordType, region: str) -> None:
    rules = yaml.safe_load((ROOT / "regions" / region / "retention.yaml").read_text())
    assert kind.keep in {rule["code"] for rule in rules}


def test_a_kind_of_record_has_ten_plain_fields_at_most(kind: RecordType) -> None:
    # A longer list would be a framework inside the framework.
    assert len(vars(kind)) <= 10
