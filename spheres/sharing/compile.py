"""How does the rule table become row-level security? One transaction, after every migrate.

From each model's word (`core.words`) and the rules come: the context's verification, `reach` and
its thin wrappers, one policy for each verb, grants, and the triggers that keep written rows as
they were written. `drift.py` says whether they still agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from spheres.core.actor import SHARED
from spheres.core.words import (
    Chains,
    Disclosed,
    FileSection,
    Handlers,
    If,
    Members,
    OfItem,
    OfOrganisation,
    OfRegion,
    Own,
    Public,
    Roles,
    Word,
)
from spheres.sharing import (
    along,
    beginning,
    clearing,
    convening,
    counting,
    destroying,
    disclosing,
    entering,
    functions,
    holding,
    keeping,
    lasting,
    minting,
    naming,
    notebooks,
    parting,
    protecting,
    recognising,
    reviewing,
    rules,
    speaking,
    standing,
    staying,
    supervising,
    taking_part,
    watching,
)
from spheres.sharing.rules import Act

VERBS = {"select": Act.READ, "insert": Act.APPEND, "update": Act.AMEND, "delete": Act.AMEND}
NOW = "(select access.moment())"

# Of what stays at home (`FileSection.stays`): nothing, on the pages of what is shared.
AT_HOME = f"(select access.purpose()) <> '{SHARED}'"
# Where a line of the journal may be written: in one's own chain; in the chain of the matter one has
# this moment left at the desk, of a matter one handles, of a file one reads by her agreement, of a
# file one walks with. PostgreSQL asks the last policy first, and that one is true of nearly every
# line.
OWN_CHAIN = "chain <> 'FILE' and chain_id = (select access.actor())"
CHAINS_OF_FILES = (
    # The privacy officer reads what a person asks to be erased: it is told in the file's own chain.
    "chain = 'FILE' and chain_id = any((select access.files_asked())::uuid[])",
    "chain = 'FILE' and chain_id = any((select access.left_now())::uuid[])",
    "chain = 'FILE' and chain_id = any((select access.disclosed_files())::uuid[])",
    # What she says for one outing, read that day by whoever of another organisation comes along.
    "chain = 'FILE' and chain_id = any((select access.along_files())::uuid[])",
    # Notes that a worker brings to one supervisor, for one meeting.
    "chain = 'FILE' and chain_id = any((select access.supervised_files())::uuid[])",
    "chain = 'FILE' and chain_id = "
    "any((select access.handled('{DESK,OFFERED,ANSWERS,ENTRUSTED}'))::uuid[])",
    # Whoever holds the code of a matter has no chain of their own.
    "chain = 'FILE' and chain_id = (select access.asked())",
    "chain = 'FILE' and chain_id = any((select access.readable_identity_files())::uuid[])",
    "chain = 'FILE' and chain_id = any((select access.readable_relation_files())::uuid[])",
)


class Undeclared(Exception):
    """A table has no word, or a word that cannot be compiled: the build stops here."""


def our_models() -> list[type[models.Model]]:
    """Every model of the house that has a table."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("spheres.", "tests."))
        and model._meta.managed
        and not model._meta.proxy
        and model._meta.db_table not in rules.SYSTEM
    ]


def word_of(model: type[models.Model]) -> Word:
    """The model's word. Raises Undeclared when it has none."""
    word = getattr(model, "access", None)
    if not isinstance(word, Word):
        raise Undeclared(f"{model._meta.label} has no access word (core/words.py).")
    if (
        isinstance(word, FileSection | Handlers)
        and "select" in word.also
        and model_is_content(model)
    ):
        raise Undeclared(f"{model._meta.label}: rows with locked texts are read by rules alone.")
    return word


def model_is_content(model: type[models.Model]) -> bool:
    """A table with locked texts."""
    return bool(getattr(model, "locked_fields", tuple)())


def statements() -> Iterator[str]:
    """Every statement of the compilation, in order: what app and gate may do, whole."""
    yield functions.DROP_POLICIES
    yield "revoke all on all tables in schema public, keys, access from public, app, gate"
    yield "grant select on access.context_key to gate"
    yield from functions.CONTEXT
    yield from entering.statements()
    yield from standing.statements()
    yield from clearing.statements()
    yield from notebooks.is_open()
    of_relations = (
        functions.reach_functions, notebooks.statements, protecting.statements,
        watching.statements, speaking.statements, taking_part.statements, disclosing.statements,
        convening.statements, reviewing.named, holding.known, staying.statements,
        along.statements, supervising.statements, beginning.statements, counting.answerings,
    )  # fmt: skip
    for said in of_relations:
        yield from said()
    for model in our_models():
        yield from table_statements(model._meta.db_table, word_of(model))
    yield from lasting.statements(our_models())
    for table in rules.GATE_READS:
        yield f"create policy gate_reads on {table} for select to gate using (true)"
        yield f"grant select on {table} to gate"
    for table, verbs in rules.GATE_WRITES.items():
        for verb in verbs:
            check = "with check (true)" if verb == "insert" else "using (true)"
            yield f"create policy gate_{verb} on {table} for {verb} to gate {check}"
            yield f"grant {verb} on {table} to gate"
    for table, granted in rules.SYSTEM.items():
        if granted:
            yield f"grant {granted} on {table} to app"
        if "insert" in granted:
            yield functions.sequences_of(table)
    yield from destroying.statements(our_models())
    yield from reviewing.statements(our_models())
    yield from holding.statements(our_models())
    yield from keeping.statements()
    yield from counting.statements()
    yield from minting.statements()
    yield from recognising.statements()
    yield from naming.statements()
    yield from parting.statements(our_models())


def table_statements(table: str, word: Word) -> Iterator[str]:
    """The policies, grants and triggers of one table."""
    # Its migration has closed the table; said again, so that an opened one shows as drift.
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    # Row security is forced on the owner too: without this a data migration would touch 0 rows.
    yield (
        f"create policy owner_at_work on {table} for all to owner "
        "using ((select access.owner_at_work())) with check ((select access.owner_at_work()))"
    )
    granted = set()
    for verb in VERBS:
        conditions = [
            *rule_conditions(word, verb),
            *twice(own_condition(word, verb)),
            *twice(yielded_condition(word, verb)),
            *twice(asker_condition(word, verb)),
            *also_conditions(word, verb),
        ]
        for number, (using, check) in enumerate(conditions):
            dated = f" and {word.dated} = {NOW}" if word.dated else ""
            clauses = {
                "select": f"using ({using})",
                "insert": f"with check ({check}{dated})",
                "update": f"using ({using}) with check ({check})",
                "delete": f"using ({using})",
            }[verb]
            yield f"create policy {verb}_{number} on {table} for {verb} to app {clauses}"
            granted.add(verb)
    for verb in sorted(granted):
        named = ", ".join(f'"{one}"' for one in word.changes)  # some are words of SQL
        columns = f" ({named})" if verb == "update" and word.changes else ""
        yield f"grant {verb}{columns} on {table} to app"
    if not granted & {"update", "delete"} and "update" not in rules.GATE_WRITES.get(table, ()):
        yield from lasting.keep_as_written(table)


def twice(condition: str) -> Iterator[tuple[str, str]]:
    """What is asked of the row as it stands, and of the row as it becomes; empty: nobody."""
    if condition:
        yield condition, condition


def rule_conditions(word: Word, verb: str) -> Iterator[tuple[str, str]]:
    """The policies of one verb, computed once a statement; several when it depends on the row."""
    condition = rule_condition(word, verb)
    match word:
        case _ if not condition:
            return
        case FileSection(section=face, column=column, joins=str(other)) if verb == "insert":
            both = f"any((select access.{Act.AMEND}able_{face}_files())::uuid[])"
            yield from twice(f"{condition} and {column} = {both} and {other} = {both}")
        case FileSection(section=face, column=column, gives_to=str(given)) if verb == "insert":
            adds = f" and {word.adds}" if word.adds else ""
            yield from twice(f"{condition} and {given} = (select access.actor()){adds}")
            yield from twice(
                f"{column} = any((select access.{Act.AMEND}able_{face}_files())::uuid[]) "
                f"and {given} = any((select access.colleagues())::uuid[]){adds}"
            )
        case Handlers(column=column, only=only) if verb in only:
            for one in only[verb]:
                hands = f"{column} = any((select access.handled('{{{','.join(one.by)}}}'))::uuid[])"
                yield f"{hands} and {one.row}", f"{hands} and {one.row} and {one.becomes}"
            if verb == "insert" and word.opens:
                yield from twice(word.opens)
        case OfOrganisation(named=named) if verb == "select" and named:
            yield from twice(condition)
            yield from twice(named)
        case Disclosed(column=column, adds=parts) if verb == "insert":
            for one in parts:
                # What is told hangs on the file of what it is told of, and on no other.
                stand = f"access.disclosed_of('{{{','.join(one.by)}}}')"
                told = f"({column}::text || file_id::text)"
                yield from twice(f"{told} = any((select {stand})::text[]) and {one.row}")
        case Members() | OfItem() if verb != "select":
            for one in _parts(word, verb):
                stand = _stand(word, one.by)
                after = one.becomes if verb == "update" else one.row
                yield f"{stand} and {one.row}", f"{stand} and {after}"
        case Chains() if verb == "insert":
            for chain in OWN_CHAIN, *CHAINS_OF_FILES:
                yield from twice(f"{condition} and {chain}")
        case _ if verb == "update" and word.becomes:
            yield condition, f"{condition} and {word.becomes}"
        case _:
            yield from twice(condition)


def rule_condition(word: Word, verb: str) -> str:
    """The policy's condition for one verb, computed once a statement; empty: nobody."""
    if (
        (verb == "insert" and not word.append)
        or (verb == "update" and not word.amend)
        or (verb == "delete" and not word.remove)
    ):
        return ""
    match word:
        case FileSection(section=face, column=column, author=author):
            scope = "files" if column != "participant" else "persons"
            column = column if column != "participant" else "id"
            condition = (
                f"{column} = any((select access.{VERBS[verb]}able_{face}_{scope}())::uuid[])"
            )
            mine = {name for name in (author, word.by if verb == "insert" else None) if name}
            return " and ".join(
                [
                    condition,
                    *(f"{name} = {_hers(verb)}" for name in sorted(mine)),
                    *(
                        [f"{word.held_by} = (select access.organisation())"]
                        if verb == "insert" and word.held_by
                        else []
                    ),
                    *([word.adds] if verb == "insert" and word.adds and not word.gives_to else []),
                    *([word.opens] if verb == "select" and word.opens else []),
                    *([AT_HOME] if verb == "select" and word.stays else []),
                ]
            )
        case Own(column=column, scope=scope, adds=adds, opens=opens):
            which = {"insert": adds, "select": opens}.get(verb, "")
            return (
                f"{column} = (select access.actor())"
                + (
                    f" and {scope} = any((select access.writable_scopes())::bytea[])"
                    if scope
                    else ""
                )
                + (f" and {which}" if which else "")
            )
        case Handlers(column=column, kinds=kinds, writers=writers):
            allowed = kinds if verb == "select" else (writers or kinds)
            return f"{column} = any((select access.handled('{{{','.join(allowed)}}}'))::uuid[])"
        case Chains(column=column):
            if verb == "insert":
                return "actor_id = (select access.actor())"
            return f"{column} = any((select access.readable_chains())::uuid[])"
        case Disclosed(column=column, readers=readers):
            stand = f"access.disclosed('{{{','.join(readers)}}}')"
            return f"{column} = any((select {stand})::uuid[])"
        case Members() | OfItem():
            if verb == "select":
                return _stand(word, word.readers)
            return "true" if _parts(word, verb) else ""
        case OfOrganisation(column=column, adds=adds, amends=amends):
            condition = f"{column} = (select access.organisation())"
            which = {"insert": adds, "update": amends}.get(verb, "")
            return f"{condition} and {which}" if which else condition
        case OfRegion():
            return "(select access.is_staff())" if verb == "select" else ""
        case Public():
            return "(select access.present())" if verb == "select" else ""
        case Roles():
            return ""  # no relation opens it: `also` alone
    raise Undeclared(f"{word} cannot be compiled.")


def _stand(word: Members | OfItem, ways: tuple[str, ...]) -> str:
    """How one stands to a committee, or to what is brought to one."""
    asked = "committees" if isinstance(word, Members) else "items"
    return f"{word.column} = any((select access.{asked}('{{{','.join(ways)}}}'))::uuid[])"


def _parts(word: Members | OfItem, verb: str) -> tuple[If, ...]:
    return {"insert": word.adds, "update": word.amends}.get(verb, ())


def _hers(verb: str) -> str:
    """Nobody but its author; reading, also whoever holds the notes of an author who is gone."""
    return (
        "any((select access.authors())::uuid[])" if verb == "select" else "(select access.actor())"
    )


def own_condition(word: Word, verb: str) -> str:
    """What the handlers who see only the rows that name them may do with those."""
    if not isinstance(word, Handlers) or word.own is None or verb not in {"select", "update"}:
        return ""
    if verb == "update" and not word.amend:
        return ""
    kinds = ",".join(word.own_kinds)
    return (
        f"{word.own} = (select access.actor()) "
        f"and {word.column} = any((select access.handled('{{{kinds}}}'))::uuid[])"
    )


def yielded_condition(word: Word, verb: str) -> str:
    """Whoever was asked, before somebody else said yes, still sees that she was."""
    if not isinstance(word, Handlers) or not word.yields or verb != "select":
        return ""
    return (
        f"{word.own} = (select access.actor()) "
        f"and {word.column} = any((select access.yielded())::uuid[])"
    )


def asker_condition(word: Word, verb: str) -> str:
    """What whoever holds the code of a matter may do with its rows, and with no other's."""
    if not isinstance(word, Handlers) or verb not in word.asker:
        return ""
    return f"{word.column} = (select access.asked()) and {word.asker[verb]}"


def also_conditions(word: Word, verb: str) -> Iterator[tuple[str, str]]:
    """What those whom the word itself names may do; a change leaves what it says."""
    condition = also_condition(word, verb)
    if condition and verb == "update" and word.also_becomes:
        yield condition, f"{condition} and {word.also_becomes}"
    else:
        yield from twice(condition)


def also_condition(word: Word, verb: str) -> str:
    roles = word.also.get(verb, ())
    if not roles:
        return ""
    holds = f"(select access.holds('{{{','.join(roles)}}}'))"
    return f"{word.also_if[verb]} and {holds}" if verb in word.also_if else holds
