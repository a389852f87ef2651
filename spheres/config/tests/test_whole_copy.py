"""Does her copy hold all that is written of her, and does nothing go further than it may?

The list of what is left out is short, and each line of it has its reason. A text that a folder
begins to keep fails here until somebody says what becomes of it in a copy.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from spheres.config.tests.test_access_requests_given import for_a_father, words_in
from spheres.config.tests.test_access_requests_pages import (
    at_desk,
    look_at_all,
    of_file,
    post,
    signed_in,
    words_of,
)
from spheres.core.actor import Actor
from spheres.core.words import FileSection
from spheres.followup.reading.models import Mask
from spheres.followup.reading.queries import digest_of
from spheres.portal.notebook.tests.factories import confirm_contact, herself, open_notebook
from spheres.privacy.access_requests.forms import PressForm
from spheres.privacy.access_requests.tests.factories import answer, receive, step
from spheres.privacy.legal_demands import documents, queries
from spheres.privacy.legal_demands.tests.factories import LATER, link, ready
from spheres.records import registry
from spheres.records.between import copying, together
from spheres.records.between.copying import Goes, Kind
from spheres.sharing.rules import PRIVATE, SEATED, THERAPY
from spheres.vault import actions as vault
from spheres.vault.models import Lockable, LockedText
from tests.cast import MONDAY, Cast, acting, uuid_of

# What no copy holds, and why.
LEFT_OUT: Final = {
    "participants.CodeWord": "on a paper, it would open her file to whoever finds it; she knows it",
    "identity.Belonging": "her nations are on no page; they open by an act of their own, with her",
    "reading.Mask": "what may be said of what is hidden stands in its place, in each copy",
    "reading.Comment": "what she says of a text stands beside it, in her copy",
    "papers.Paper": "given as they are, page by page; one may be of a demand she is not told of",
    "papers.Part": "a picture, given as it is",
    "access_requests.Step": "who was consulted, youth protection too; the letter says what it may",
    "access_requests.Decision": "it is the letter, which she has",
    "legal_demands.Step": "counsel’s, under professional secrecy; her register holds its line",
    "legal_demands.Informing": "what was said of telling her; her register holds the line",
    "legal_demands.Production": "the same texts over again, as another read them",
    "legal_demands.Verdict": "between two officers; her register holds the line",
}
# A demand names texts, and these are none: registers of hers, how she is reached.
HERS: Final = {
    "consents.Said", "my_say.Answer", "my_say.Ask", "notebook.Naming",
    "notebook.Reply", "notebook.Word", "participants.SafeContact", "participants.Suspension",
    "reaching.Prepared", "restrictions.Lifting", "restrictions.Notice",
}  # fmt: skip
BY_HERSELF: Final = ("notebook.Naming", "notebook.Word", "my_say.Ask")


def of_files() -> Iterator[type[Lockable]]:
    """Every model whose texts stand in a section that is read for her."""
    for model in apps.get_models():
        word = getattr(model, "access", None)
        if not isinstance(word, FileSection) or not issubclass(model, Lockable):
            continue
        if model.locked_fields() and not word.author and word.section not in {THERAPY, PRIVATE}:
            yield model


def copied() -> dict[type[Lockable], Kind]:
    return {kind.model: kind for kind in copying.all_kinds()}


def test_every_locked_text_of_a_file_is_in_a_copy_or_says_why_not() -> None:
    kinds = copied()

    missing = {
        f"{model._meta.label}.{field}"
        for model in of_files()
        if model._meta.label not in LEFT_OUT
        for field in model.locked_fields()
        if model not in kinds or field not in {part.name for part in kinds[model].parts}
    }

    assert missing == set()
    assert set(LEFT_OUT) <= {model._meta.label for model in of_files()}


def test_nothing_of_an_author_alone_of_a_psychotherapy_or_of_private_pages_is_a_kind_of_text() -> (
    None
):
    beyond = {
        kind.slug
        for kind in copying.all_kinds()
        if kind.section in {THERAPY, PRIVATE} or kind.model.access.author  # type: ignore[attr-defined]
    }

    # Two kinds of record of the timeline, which no reading opens (reading/policy.py).
    assert beyond == {"therapy_answers", "therapy_notes"}


def test_how_she_is_reached_and_her_registers_go_to_her_alone() -> None:
    alone = {kind.model._meta.label for kind in copying.all_kinds() if kind.goes == Goes.HERS}

    assert alone == HERS


# One row of each, with a word that exists nowhere else in each of its locked texts.


def canary(model: type[Lockable], field: str) -> str:
    if field == "birth_date":
        return "20090504"
    return f"canari{model._meta.label}{field}".replace(".", "").replace("_", "")


def kept(model: type[Lockable], field: str) -> str:
    word = "2009-05-04" if field == "birth_date" else canary(model, field)
    return json.dumps({"word": word}) if field == "answers" else word


class Writing:
    """Rows of one file, each with what its columns take; a key leads to the row written before."""

    def __init__(self, cast: Cast, by: Actor, at: datetime) -> None:
        self.cast, self.by, self.at = cast, by, at
        self.rows: dict[type[models.Model], models.Model] = {}

    def write(self, model: type[Any], **said: Any) -> Any:
        values = {f.attname: self.value(f) for f in model._meta.concrete_fields} | said
        row = model(**(values | PARTICULAR.get(model._meta.label, {})))
        if texts := getattr(model, "locked_fields", tuple)():
            vault.lock(row, **{field: kept(model, field) for field in texts})
        model.objects.bulk_create([row])
        self.rows[model] = row
        return row

    def value(self, field: models.Field[Any, Any]) -> Any:
        if isinstance(field, LockedText):
            return b""
        if field.primary_key and not field.is_relation:
            return uuid_of(f"whole copy {field.model._meta.label}")
        if field.attname == "file_id":
            return self.cast.maya.file_id
        if isinstance(field, models.UUIDField) and field.attname.endswith(("_by", "worker_id")):
            return None if field.null else self.by.user_id
        if field.is_relation:
            found = self.rows.get(field.related_model)  # type: ignore[call-overload]
            return None if found is None or field.related_model is field.model else found.pk
        if field.null:
            return None
        if field.choices:
            return field.choices[0][0]
        if field.attname == "status":
            return next(iter(field.model.Status))  # type: ignore[attr-defined]
        return self.dull(field)

    def dull(self, field: models.Field[Any, Any]) -> Any:
        for kind, value in {
            models.UUIDField: uuid_of("anything"),
            models.DateTimeField: self.at,
            models.DateField: date(2026, 3, 2),
            models.BooleanField: False,
            models.IntegerField: 1,
        }.items():
            if isinstance(field, kind):
                return value
        return [] if field.get_internal_type() == "ArrayField" else ""


# What a constraint asks of a row.
PARTICULAR: Final[dict[str, dict[str, Any]]] = {
    "departure.Say": {"way": "STAYS", "to_organisation_id": None},
    "participants.Suspension": {"who": "TUTOR"},  # a father still asks
    "safety_net.Sheet": {"number": 91, "rhythm": ""},
    "accompaniments.Step": {"came_to": "GOING_ON"},
    "urgent_needs.Outcome": {"came_to": "MET"},
}


def write_all(cast: Cast) -> set[type[Lockable]]:
    """One row of each kind of text; returns their models."""
    written: set[type[Lockable]] = set()
    records = {one.model: one for one in registry.all_types()}
    hers = [model for model in copied() if model._meta.label in BY_HERSELF]
    with acting(cast.ines):
        writing = Writing(cast, cast.ines, MONDAY)
        for model, kind in copied().items():
            later = model in hers or model._meta.label in {"notebook.Reply", "my_say.Answer"}
            if kind.section in {THERAPY, PRIVATE} or later:
                continue
            roots = {"root_id": uuid_of(f"whole copy {model._meta.label}")}
            has_root = any(field.attname == "root_id" for field in model._meta.concrete_fields)
            row = writing.write(model, **(roots if has_root else {}))
            written.add(model)
            for name in records[model].beside if model in records else ():
                relation = model._meta.get_field(name)
                status = relation.related_model
                writing.write(status, **{relation.field.attname: row.pk})  # type: ignore[union-attr]
    return written


def squeezed(words: str) -> str:
    """Without what a line of paper breaks, nor the letters that it joins."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", words))


def missing_in(content: str, found: set[type[Lockable]]) -> set[str]:
    whole = squeezed(content)
    return {
        f"{model._meta.label}.{field}"
        for model in found
        for field in model.locked_fields()
        if canary(model, field) not in whole
    }


def hers_granted(cast: Cast, **said: Any) -> UUID:
    request_id = receive(cast, "hers", wish="PORTABLE", **said)
    step(request_id, "IDENTITY", "KNOWN", by=cast.ines)
    answer(request_id, by=cast.ines)
    return request_id


@pytest.mark.django_db
def test_one_word_in_each_text_is_in_her_sheets_and_in_her_data(cast: Cast) -> None:
    written = write_all(cast)
    look_at_all(cast)
    request_id, ines = hers_granted(cast), signed_in(cast.ines)

    sheets = post(ines, of_file(cast, "copy", request_id, "pdf"), PressForm)
    data = post(ines, of_file(cast, "copy", request_id, "json"), PressForm)

    assert missing_in(words_of(sheets), written) == set()
    assert missing_in(data.content.decode(), written) == set()


@pytest.mark.django_db
def test_in_a_copy_for_another_none_of_it_is_there_before_somebody_looked(cast: Cast) -> None:
    write_all(cast)
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)

    made = post(signed_in(cast.nadia), at_desk("seat_copy", request_id, "json"), PressForm)

    assert (words_in(made), "canari" in made.content.decode()) == ([], False)


@pytest.mark.django_db
def test_once_looked_at_what_goes_to_her_alone_is_still_in_no_byte_of_another_s(cast: Cast) -> None:
    written = write_all(cast)
    look_at_all(cast)
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)

    made = post(signed_in(cast.nadia), at_desk("seat_copy", request_id, "json"), PressForm)

    kinds = copied()
    to_all = {model for model in written if kinds[model].goes == Goes.ALL}
    assert missing_in(made.content.decode(), to_all) == set()
    assert missing_in(made.content.decode(), written - to_all) == {
        f"{model._meta.label}.{field}"
        for model in written - to_all
        for field in model.locked_fields()
    }
    assert json.loads(made.content)["registers"] == []


@pytest.mark.django_db
def test_a_production_holds_each_text_that_its_seat_may_read_and_no_register(cast: Cast) -> None:
    written = write_all(cast)
    look_at_all(cast)
    matter_id = link(cast)
    nadia = ready(cast, matter_id)

    with acting(nadia, LATER):
        chosen = [pk for _kind, pk, _at in queries.texts(cast.maya.file_id, actor=nadia)]
        to_copy = together.to_copy(
            cast.maya.file_id, actor=nadia, of_age=True, only=chosen, goes=Goes.LAW
        )
        vault.open(to_copy.rows, by=nadia, basis="legal demand")
        content, _digest = documents.frozen(to_copy.make(), matter_id)

    kinds = copied()
    reached = {
        model
        for model in written
        if kinds[model].goes >= Goes.LAW and kinds[model].section in SEATED
    }
    assert missing_in(content, reached) == set()
    assert missing_in(content, written - reached) == {
        f"{model._meta.label}.{field}"
        for model in written - reached
        for field in model.locked_fields()
    }


@pytest.mark.django_db
def test_each_text_is_hidden_where_a_mask_says_whatever_its_kind(cast: Cast) -> None:
    written = write_all(cast)
    look_at_all(cast)
    kinds = copied()
    with acting(cast.ines):
        found = copying.newest(cast.maya.file_id, actor=cast.ines, most=500)
        ours = [(kind, row) for kind, row in found if row.pk == uuid_of(
            f"whole copy {kind.model._meta.label}")]  # fmt: skip
        vault.open([row for _kind, row in ours], by=cast.ines)
        masks = [
            Mask(
                id=uuid_of(f"mask {kind.slug} {text.code}"), file_id=cast.maya.file_id,
                record_type=kind.slug, record_id=row.pk, of_text=text.code, starts=0,
                ends=len(text.words), digest=digest_of(row), ground="OTHER",
                written_by=cast.ines.user_id, written_at=MONDAY,
            )
            for kind, row in ours for part in kind.parts for text in part.told(row)
        ]  # fmt: skip
        for mask in masks:
            vault.lock(mask, words="")
        Mask.objects.bulk_create(masks)
    request_id = hers_granted(cast)

    data = post(signed_in(cast.ines), of_file(cast, "copy", request_id, "json"), PressForm)

    assert {kinds[model].slug for model in written} == {kind.slug for kind, _row in ours}
    assert "canari" not in data.content.decode()


@pytest.mark.django_db
def test_what_she_wrote_in_her_notebook_is_in_her_copy_with_what_was_answered(cast: Cast) -> None:
    confirm_contact(cast)
    open_notebook(cast)
    labels = ("notebook.Naming", "notebook.Word", "my_say.Ask", "notebook.Reply", "my_say.Answer")
    herself_ = herself(cast)
    written: set[type[Lockable]] = set()
    rows: dict[type[models.Model], models.Model] = {}
    for label in labels:
        by = herself_ if label in BY_HERSELF else cast.ines
        with acting(by):
            writing = Writing(cast, by, MONDAY)
            writing.rows = rows
            writing.write(apps.get_model(label))
            written.add(apps.get_model(label))
    request_id = hers_granted(cast)

    data = post(signed_in(cast.ines), of_file(cast, "copy", request_id, "json"), PressForm)

    assert missing_in(data.content.decode(), written) == set()


@pytest.mark.django_db
def test_her_copy_holds_the_three_registers_and_says_who_opened_it(cast: Cast) -> None:
    request_id = hers_granted(cast, is_neutral=False)

    data = json.loads(
        post(signed_in(cast.ines), of_file(cast, "copy", request_id, "json"), PressForm).content
    )

    registers = {one["code"]: one["lines"] for one in data["registers"]}
    assert set(registers) == {"communications", "consents", "openings"}
    assert any("Inès" in line["sentences"][0] for line in registers["openings"])
