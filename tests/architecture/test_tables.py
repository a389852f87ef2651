"""Does each table say who may reach it, when things happened, and nothing it must not hold?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models

from spheres.core.words import FileSection, Handlers
from spheres.participants.models import Kept
from spheres.sharing import rules
from spheres.sharing.compile import Undeclared, our_models, word_of
from spheres.vault.models import Lockable, LockedText
from tests.architecture.source import ROOT, Module, Offence, imported, offences, planted
from tests.open_works import hold

SHORT = 40  # a code, a number, a language; a sentence does not fit
# JSON is for what nobody asks the database about; each with its reason.
JSON_ALLOWED = {
    "regions.Region.theme": "colours, read whole, never searched",
    "self_assessment.StatementSet.definition": "the statements of one version, read whole",
    "reports.Report.figures": "the figures of a locked report, read whole, never searched",
    "research.Table.lines": "the lines of one table, read whole and taken away, never searched",
    "theory.Theory.definition": "the chain of one version, read whole, never searched",
    "learning.QuestionSet.definition": "the questions of one version, read whole, never searched",
    "brought_in.PastList.faults": "line, column and code of what is wrong, read whole",
    "rounds.QuestionSet.definition": "the questions of one version, read whole, never searched",
    "exercises.Exercise.definition": "the questions of one version, read whole, never searched",
    "instruments.Instrument.definition": "what one version asks, read whole, never searched",
    "instruments.Instrument.terms": "on what terms it is offered, read whole, never searched",
}
# A field called `…_by` that is not an actor; each with its reason.
NOT_AN_ACTOR = {
    "admission.Admission.agreed_by": "a code: she herself, a tutor, a documented exception",
    "supervision.Brought.written_by": "an actor, but of the note that was copied: `occurred_at`",
    "accounts.Invitation.vouched_by": "an actor, but who vouches saw her on a day: `seen_on`",
}
# A text in clear, longer than a code, in a locked row; each with its reason.
IN_CLEAR = {
    "accounts.Authenticator.device": "the kind of browser, as the software names it",
    "accounts.Device.key_hash": "a hash, no text",
    "reading.Mask.of_text": "which text of which record, as the code names it; never a word of it",
    "sharing.NotebookSession.key_hash": "a hash, no text",
    "legal_demands.Production.digest": "a hash, no text",
}
# We keep no record of those who exploit or buy, of where someone is, of what a phone holds, nor a
# figure that judges her. Words of the code (English, French); whole words, in any order of a name.
NEVER_KEPT = {
    "abuser", "acheteur", "acheteurs", "alibi", "buyer", "buyers", "couvre_feu", "curfew",
    "exploiter", "exploiters", "exploiteur", "fouille", "geolocalisation", "geolocation", "gps",
    "imei", "john", "johns", "latitude", "licence_plate", "localisation", "location", "locations",
    "longitude", "phone_check", "phone_search", "pimp", "pimps", "plaque", "proxenete",
    "recruiter", "recruteur", "risk_level", "risk_score", "score", "scores", "souteneur",
    "suspect", "suspects", "telephone_verifie", "tracker", "trafficker", "trafiquant",
    "verification_telephone",
}  # fmt: skip


def fields(model: Any) -> Iterable[Any]:
    return (f for f in model._meta.get_fields() if f.concrete)


def wordless(found: Iterable[Any]) -> Iterator[str]:
    for model in found:
        try:
            word_of(model)
        except Undeclared as why:
            yield str(why)


def test_every_table_has_its_word() -> None:
    assert len(our_models()) > 15
    assert list(wordless(our_models())) == []
    nameless = SimpleNamespace(_meta=SimpleNamespace(label="notes.Forgotten"))
    assert list(wordless([nameless])) == ["notes.Forgotten has no access word (core/words.py)."]


OPEN = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('public', 'keys') and c.relkind = 'r'
  and not (c.relrowsecurity and c.relforcerowsecurity)"""


@pytest.mark.django_db
def test_every_table_is_closed_by_its_migration() -> None:
    """Row security is enabled and forced; without it the policies would be words on paper."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        left_open = {name for (name,) in cursor.fetchall()}

    assert left_open & {model._meta.db_table for model in our_models()} == set()
    assert left_open == set(rules.SYSTEM)


def wrong_moments(found: Iterable[Any]) -> Iterator[str]:
    """`*_at` is a moment, `*_on` a day, `*_by` an actor, who comes with one of them."""
    for model in found:
        own = {field.name: field for field in fields(model)}
        for name, field in own.items():
            label = f"{model._meta.label}.{name}"
            if hasattr(AbstractBaseUser, name) and isinstance(field, models.DateTimeField):
                continue  # Django's own
            if isinstance(field, models.DateTimeField) != bool(re.search(r"(^|_)at$", name)):
                yield f"{label}: a moment is called …_at, and nothing else is"
            if (type(field) is models.DateField) != bool(re.search(r"(^|_)on$", name)):
                yield f"{label}: a day is called …_on, and nothing else is"
            if name.endswith("_by") and label not in NOT_AN_ACTOR:
                moment = own.get(f"{name[:-3]}_at") or own.get(f"{name[:-3]}_on")
                if not isinstance(field, models.UUIDField | models.ForeignKey):
                    yield f"{label}: …_by is an actor"
                elif moment is None or moment.null != field.null:
                    yield f"{label}: who and when go together, both set or none"


def fake(**own: models.Field) -> Any:  # type: ignore[type-arg]
    """A table that exists in no database, with these fields."""
    for name, field in own.items():
        field.set_attributes_from_name(name)
    return SimpleNamespace(
        _meta=SimpleNamespace(
            label="fake.Fake", model_name="fake", db_table="fake", get_fields=lambda: own.values(),
            private_fields=[],
        ),
        access=FileSection("notes"),
    )  # fmt: skip


def test_moments_days_and_actors_bear_their_names() -> None:
    hold("moments", list(wrong_moments(our_models())))


def test_a_moment_without_its_name_is_seen() -> None:
    wrong = fake(
        seen=models.DateTimeField(),
        day_at=models.DateField(),
        told_by=models.UUIDField(),
        left_by=models.UUIDField(null=True),
        left_at=models.DateTimeField(),
    )
    assert [line.split(":")[0] for line in wrong_moments([wrong])] == [
        "fake.Fake.seen", "fake.Fake.day_at", "fake.Fake.day_at", "fake.Fake.told_by",
        "fake.Fake.left_by",
    ]  # fmt: skip


def free_text(found: Iterable[Any]) -> Iterator[str]:
    """In a row about a person, what is not a code is locked by the vault."""
    for model in found:
        about_a_person = (
            isinstance(model.access, FileSection | Handlers)
            or (isinstance(model, type) and issubclass(model, Lockable | Kept))
            or any(field.name in ("file", "file_id") for field in fields(model))
        )
        for field in fields(model) if about_a_person else ():
            is_text = isinstance(field, models.CharField | models.TextField)
            short = field.choices or (field.max_length and field.max_length <= SHORT)
            label = f"{model._meta.label}.{field.name}"
            if is_text and label not in IN_CLEAR and (type(field) is models.TextField or not short):
                yield f"{label}: a free text is a LockedText"


def test_every_free_text_about_a_person_is_locked() -> None:
    assert list(free_text(our_models())) == []
    assert sum(isinstance(field, LockedText) for m in our_models() for field in fields(m)) > 20


def test_a_free_text_in_clear_is_seen() -> None:
    wrong = fake(
        observation=models.TextField(), name=models.CharField(max_length=120),
        kind=models.CharField(max_length=16), mail=models.EmailField(),
    )  # fmt: skip
    assert len(list(free_text([wrong]))) == 3


def json_and_generic(found: Iterable[Any]) -> Iterator[str]:
    for model in found:
        for field in fields(model):
            label = f"{model._meta.label}.{field.name}"
            if "JSON" in type(field).__name__ and label not in JSON_ALLOWED:
                yield f"{label}: no JSON for what we ask about"
        for field in model._meta.private_fields:
            yield f"{model._meta.label}.{field.name}: no generic foreign key"


def test_no_table_hides_its_columns_or_its_links() -> None:
    assert list(json_and_generic(our_models())) == []
    assert list(json_and_generic([fake(answers=models.JSONField())]))


def hidden_flow(module: Module) -> Iterator[Offence]:
    """No signals, no generic foreign key, no `save()` of ours: one door to each room."""
    if module.path.stem == "signals":
        yield module.offence(1, "what happens is called, not signalled")
    for node, name in imported(module):
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals")):
            yield module.offence(node, f"{name}: no signals, call the action or register a hook")
        if name.startswith("django.contrib.contenttypes.fields"):
            yield module.offence(node, f"{name}: no generic foreign key")
    if module.kind == "models":
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
                yield module.offence(node, f"{node.name}() is overridden: write an action")


def test_nothing_flows_where_nobody_looks() -> None:
    assert offences(hidden_flow) == []


def test_a_hidden_flow_is_seen(tmp_path: Path) -> None:
    text = (
        "from django.db.models.signals import post_save\n"
        "class Note:\n    def save(self, **kwargs): ...\n"
    )
    found = planted(hidden_flow, tmp_path, "spheres/followup/notes/models.py", text)
    assert [offence.line for offence in found] == [1, 3]


def words_in(name: str) -> set[str]:
    """`RiskScore` and `risk_score`: risk, score, risk_score."""
    parts = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    return set(parts) | {"_".join(pair) for pair in pairwise(parts)}


def never_kept(names: Iterable[tuple[str, int, str]]) -> list[Offence]:
    return sorted(
        Offence(file, line, f"{name}: we keep no such thing")
        for file, line, name in names
        if words_in(name) & NEVER_KEPT
    )


def names_of_tables() -> Iterator[tuple[str, int, str]]:
    for model in our_models():
        file = model.__module__.replace(".", "/") + ".py"
        for name in (model.__name__, *(field.name for field in fields(model))):
            yield file, 1, name
        for field in fields(model):
            yield from ((file, 1, str(code)) for code, _ in field.flatchoices)


def codes_of_vocabularies(folder: Path = ROOT / "regions") -> Iterator[tuple[str, int, str]]:
    for path in sorted(folder.glob("*/vocabularies.yaml")):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            for code in re.findall(r"\b(?:code|slug): ([\w-]+)", line):
                yield path.relative_to(folder.parent).as_posix(), number, code


def test_no_table_field_or_code_is_for_what_we_never_keep() -> None:
    assert never_kept(names_of_tables()) == []
    hold("codes never kept", never_kept(codes_of_vocabularies()))


@pytest.mark.parametrize(
    "name", ["Buyer", "pimp_name", "RiskScore", "couvre-feu", "gps", "phone_check"]
)
def test_what_we_never_keep_is_seen(name: str) -> None:
    assert never_kept([("models.py", 1, name)])
    assert not never_kept([("models.py", 1, "position"), ("models.py", 1, "phone")])


def test_where_she_is_has_no_table() -> None:
    """The section exists so that a rule can name it; nothing writes there."""
    assert rules.WHEREABOUTS in rules.SECTIONS
    sections = {m.access.section for m in our_models() if isinstance(m.access, FileSection)}
    assert rules.WHEREABOUTS not in sections
