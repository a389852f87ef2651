"""Every small lie that the rule table, its relations and its functions could tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from spheres.core.actor import PURPOSES
from spheres.sharing import clearing, functions, notebooks, rules, standing
from spheres.sharing.relations import ASSIGNED, OFFERED, Relation
from spheres.sharing.rules import Act, Rule, Veto
from tests.oracle import ROLES
from tests.proofs.cuts import CUTS


@dataclass(frozen=True)
class Mutant:
    """One lie: the tables as they would be, and whom to ask first."""

    name: str
    grants: tuple[Rule, ...] = rules.GRANTS
    vetoes: tuple[Veto, ...] = rules.VETOES
    roles: frozenset[str] = frozenset()  # those most likely to see the difference
    cut: tuple[str, str] | None = None  # a piece of the function's text, and what replaces it


def of_the_table() -> Iterator[Mutant]:
    """Each rule dropped; each role, face, act and relation of it added or taken away."""
    for rule in rules.GRANTS:
        yield Mutant(f"{rule.name}: dropped", grants=without(rule), roles=rule.who)
        for role in sorted(set(ROLES) - rule.who):
            yield changed(rule, f"+ {role}", roles={role}, who=rule.who | {role})
        for role in sorted(rule.who if len(rule.who) > 1 else ()):  # an empty rule is a dropped one
            yield changed(rule, f"- {role}", roles={role}, who=rule.who - {role})
        for face in rules.FACES:
            on = tuple(f for f in rule.on if f != face) if face in rule.on else (*rule.on, face)
            if on:
                sign = "-" if face in rule.on else "+"
                yield changed(rule, f"{sign} {face}", roles=rule.who, on=on)
        for act in Act:
            if may := rule.may ^ {act}:
                sign = "-" if act in rule.may else "+"
                yield changed(rule, f"{sign} {act}", roles=rule.who, may=may)
        for purpose in sorted({*PURPOSES} - {rule.purpose}):
            yield changed(rule, f"for {purpose}", roles=rule.who, purpose=purpose)
        other = OFFERED if rule.when is ASSIGNED else ASSIGNED
        yield changed(rule, f"when {other.name}", roles=rule.who, when=other)
    for veto in rules.VETOES:
        nothing = replace(veto, files="select null::uuid as file_id where false")
        yield Mutant(f"{veto.name}: dropped", vetoes=swapped(rules.VETOES, veto, nothing))
        other = replace(veto, on_both=not veto.on_both)
        yield Mutant(f"{veto.name}: its other file", vetoes=swapped(rules.VETOES, veto, other))


def changed(rule: Rule, how: str, *, roles: set[str] | frozenset[str], **parts: object) -> Mutant:
    mutated = replace(rule, **parts)  # type: ignore[arg-type]
    return Mutant(
        f"{rule.name}: {how}",
        grants=swapped(rules.GRANTS, rule, mutated),
        roles=frozenset(roles),
    )


def without(rule: Rule) -> tuple[Rule, ...]:
    return tuple(kept for kept in rules.GRANTS if kept is not rule)


def swapped(table, one, other):  # type: ignore[no-untyped-def]
    return tuple(other if kept is one else kept for kept in table)


def of_the_relations() -> Iterator[Mutant]:
    for name, cuts in CUTS.items():
        for how, (piece, instead) in cuts.items():
            grants, vetoes = rules.GRANTS, rules.VETOES
            for rule in rules.GRANTS:
                if rule.when.name == name:
                    grants = swapped(
                        grants, rule, replace(rule, when=cut(rule.when, piece, instead))
                    )
            for veto in rules.VETOES:
                if veto.name == name:
                    vetoes = swapped(vetoes, veto, cut(veto, piece, instead))
            first = rules.HERSELF if "her notebook" in name else rules.WORKERS
            yield Mutant(f"{name}: {how}", grants, vetoes, roles=first)


def cut(relation: Relation | Veto, piece: str, instead: str) -> Relation | Veto:
    assert piece in relation.files, f"{relation.name} no longer says «{piece}»"
    return replace(relation, files=relation.files.replace(piece, instead))


# Pieces of what every grant asks: a role claimed, and held now, where she acts, account open.
HELD = {
    "by anybody": ("m.user_id = for_user and ", ""),
    "anywhere": ("m.organisation_id = for_organisation and ", ""),
    "account closed": (" and u.is_active", ""),
    "unclaimed": ("m.role = any(for_roles) and ", ""),
    "before it begins": ("and m.starts_at <= for_at", ""),
    "from after its beginning": ("m.starts_at <= for_at", "m.starts_at < for_at"),
    "after its end": (" and (m.ends_at is null or m.ends_at > for_at)", ""),
    "at its last instant": ("m.ends_at > for_at", "m.ends_at >= for_at"),
    "only without an end": ("(m.ends_at is null or m.ends_at > for_at)", "m.ends_at is null"),
}
# Since when: one stay, in one place, in a hat that accompanies.
STAYS = {
    "of anybody": ("m.user_id = of_user and ", ""),
    "anywhere": ("m.organisation_id = of_organisation and ", ""),
    "in any hat": ("m.role in (", "'psychotherapist' in ("),
    "not yet begun": ("and m.starts_at <= until_at", ""),
    "from after its beginning": ("m.starts_at <= until_at", "m.starts_at < until_at"),
    "the first one": ("max(m.starts_at)", "min(m.starts_at)"),
    "each contract apart": ("and not exists", "or false and not exists"),
    "continued by anybody's": ("b.user_id = of_user and ", ""),
    "continued anywhere": ("b.organisation_id = of_organisation", "true"),
    "continued in any hat": ("b.role in (", "'psychotherapist' in ("),
    "continued a day later": (
        "b.ends_at >= m.starts_at",
        "b.ends_at >= m.starts_at - interval '1 day'",
    ),
    "continued only over a day": ("b.ends_at >= m.starts_at", "b.ends_at > m.starts_at"),
    "continued only without an end": (
        "(b.ends_at is null or b.ends_at >= m.starts_at)",
        "b.ends_at is null",
    ),
    "continued only with an end": (
        "(b.ends_at is null or b.ends_at >= m.starts_at)",
        "b.ends_at >= m.starts_at",
    ),
}
# What is asked before files are given, what stands of it, and what is withheld: by function.
CLEARED = {
    "is_cleared": {
        "at its last instant": ("now_at) > now_at", "now_at) >= now_at"),
        "whoever never had it": ("now_at, false)", "now_at, true)"),
    },
    "stands_until": {
        "asked of nobody": ("return 'infinity';", "return now_at;"),
        "asked of each part apart": ("access.body_of(of_organisation)", "of_organisation"),
        "trained by anybody": ("d.user_id = of_user and ", ""),
        "before it is said": (" and d.said_at <= now_at", ""),
        "what was said first": ("order by d.said_at desc", "order by d.said_at"),
        "for two years": ("interval '1 year'", "interval '2 years'"),
        "a day less": ("interval '1 year'", "interval '364 days'"),
    },
    "lapses_at": {
        "never extended": ("return greatest(until, (", "return least(until, ("),
        "extended before it is said": ("and e.said_at <= now_at", ""),
        "extended for anybody": ("e.user_id = of_user and ", ""),
    },
    "is_withheld": {
        "never": ("return exists (", "return false and exists ("),
        "of anybody": ("w.user_id = of_user and ", ""),
        "anywhere": ("w.organisation_id = of_organisation", "true"),
        "before it is said": ("and w.withheld_at <= now_at", ""),
        "whatever lapsed since": ("and w.withheld_at >= coalesce(", "and now_at >= coalesce("),
        "from after it lapsed": ("and w.withheld_at >= coalesce(", "and w.withheld_at > coalesce("),
        "before the stand-in answers": ("and v.starts_at <= now_at", ""),
        "from after the stand-in answers": ("v.starts_at <= now_at", "v.starts_at < now_at"),
        "once the stand-in is gone": (" and v.ends_at > now_at", ""),
        "at the stand-in's last instant": ("v.ends_at > now_at", "v.ends_at >= now_at"),
        "of whoever is cleared": ("and not access.is_cleared", "and true or access.is_cleared"),
    },
}
# What closes a notebook by itself.
NOTEBOOKS = {
    "not safe: whatever was noted": ("s.unsafe_on is not null and", "false and"),
    "not safe: what is safe too": ("s.unsafe_on is not null and", ""),
    "not safe: taken back whenever": ("a.written_at <= since", "true"),
    "not safe: even taken back by then": ("a.written_at <= since", "a.written_at < since"),
    "not safe: taken back before it was noted": ("a.written_at > s.written_at and", ""),
    "not safe: taken back in any file": ("a.file_id = s.file_id and", ""),
    "not safe: in any file": ("s.file_id = of_file or", "true or"),
    "not safe: never in the other file": (
        "where of_file in (j.kept_id, j.joined_id)",
        "where false",
    ),
    "not safe: in the kept file alone": (
        "where of_file in (j.kept_id, j.joined_id)",
        "where of_file = j.joined_id",
    ),
    "not safe: in the joined file alone": (
        "where of_file in (j.kept_id, j.joined_id)",
        "where of_file = j.kept_id",
    ),
    "not safe: before they are joined": ("and j.starts_at <= now_at", ""),
    "not safe: from after they are joined": ("j.starts_at <= now_at", "j.starts_at < now_at"),
    "not safe: once they are parted": ("and (j.ends_at is null or j.ends_at > now_at)", ""),
    "not safe: as they are parted": ("j.ends_at > now_at", "j.ends_at >= now_at"),
    "over: never": ("<> 'ENDED'", "<> 'NEVER'"),
    "over: whoever left": ("<> 'ENDED'", "not in ('ENDED', 'LEFT')"),
    "dead: never": ("s.status = 'DIED'", "false"),
    "destroyed: never": ("t.owner_id = of_file", "false"),
    "destroyed: of anybody": ("t.owner_id = of_file", "true"),
}
WALL = {
    "nobody behind it": ("kind = 'police'", "false"),
    "its parts in front": ("on a.parent_id = o.id", "on false"),
    "what it belongs to behind it": ("on a.parent_id = o.id", "on o.parent_id = a.parent_id"),
    "another kind": ("kind = 'police'", "kind = 'institute'"),
}
DESKS = {
    "of any kind": ("h.kind = any(kinds)", "true"),
    "before it begins": ("and h.starts_at <= for_at", ""),
    "after its end": (" and (h.ends_at is null or h.ends_at > for_at)", ""),
    "at its last instant": ("h.ends_at > for_at", "h.ends_at >= for_at"),
    "named: given before she came": ("and h.starts_at >= for_since ", ""),
    "entrusted: to whoever does not walk with her": ("h.matter_id in (", "h.matter_id not in ("),
    "entrusted: to whoever it was entrusted to, for good": ("and h.kind <> 'ENTRUSTED'", ""),
    "entrusted: whatever is handled": ("and h.kind = 'ENTRUSTED'", ""),
    "entrusted: when it is not asked": ("'ENTRUSTED' = any(kinds) and", ""),
    "entrusted: to nobody": ("'ENTRUSTED' = any(kinds) and", "false and"),
    "entrusted: wherever the file is held": ("and f.holder_id = for_organisation", ""),
    "entrusted: assigned before she came": ("and a.starts_at >= for_since", ""),
    "entrusted: after the end of an assignment": (
        "and (a.ends_at is null or a.ends_at > for_at)",
        "",
    ),
    "police: let in": ("or access.is_walled_off(for_organisation)", "or false"),
    "on a page of what is shared": ("if c[4] <> 'ordinary' or", "if"),
    "restriction: dropped": ("where r.user_id = for_user and", "where false and"),
    "restriction of a category: dropped": ("where r.user_id is null and", "where false and"),
    "sealed: dropped": ("any(z.faces)", "any(z.faces) and false"),
    "other file: dropped": ("on v.file_id in (j.kept_id, j.joined_id)", "on false"),
    "named: nobody": ("h.user_id = for_user and", "false and"),
    "named: anybody": ("h.user_id = for_user and", "h.user_id is not null and"),
    "desk: of any place": ("h.organisation_id = for_organisation and", "true and"),
    "desk: of any role": ("m.role = h.role", "true"),
    "desk: closed": ("h.organisation_id = for_organisation and", "false and"),
    "conflict: dropped": ("where c.user_id = for_user", "where false"),
    "conflict: of anybody": ("where c.user_id = for_user", ""),
}


# Of two files of one person, the stricter side is kept on both.
OTHER_FILES = {
    "never": ("on v.file_id in (j.kept_id, j.joined_id)", "on false"),
    "before they are joined": ("where j.starts_at <= for_at and", "where"),
    "once parted": (
        "and (j.ends_at is null or j.ends_at > for_at))\n  union all",
        ")\n  union all",
    ),
    "of the joined file alone": (
        "v.file_id in (j.kept_id, j.joined_id)",
        "v.file_id = j.joined_id",
    ),
    "of the kept file alone": ("v.file_id in (j.kept_id, j.joined_id)", "v.file_id = j.kept_id"),
}


def of_other_files() -> Iterator[Mutant]:
    for how, piece in OTHER_FILES.items():
        yield Mutant(f"other file: {how}", cut=piece, roles=rules.WORKERS)


def of_the_roles_held() -> Iterator[Mutant]:
    let_in = ("if access.is_walled_off(for_organisation)", "if false")
    yield Mutant("police: let in", cut=let_in, roles=rules.WORKERS)
    for how, piece in HELD.items():
        yield Mutant(f"role held: {how}", cut=piece, roles=rules.WORKERS)


def of_the_stays() -> Iterator[Mutant]:
    for how, piece in STAYS.items():
        yield Mutant(f"since: {how}", cut=piece, roles=rules.ACCOMPANYING)


def of_clearances() -> Iterator[Mutant]:
    for function, cuts in CLEARED.items():
        for how, piece in cuts.items():
            yield Mutant(f"{function}: {how}", cut=piece, roles=rules.WORKERS)


def of_notebooks() -> Iterator[Mutant]:
    for how, piece in NOTEBOOKS.items():
        yield Mutant(f"is_notebook_open: {how}", cut=piece, roles=rules.HERSELF)


def notebooks_as_told_by(mutant: Mutant) -> str:
    return cut_from(statement("is_notebook_open", notebooks.is_open()), mutant)


def of_the_wall() -> Iterator[Mutant]:
    for how, piece in WALL.items():
        yield Mutant(f"wall: {how}", cut=piece, roles=rules.WORKERS)


def of_the_hands() -> Iterator[Mutant]:
    for how, piece in {**{f"role: {k}": v for k, v in HELD.items()}, **DESKS}.items():
        yield Mutant(f"handled: {how}", cut=piece)
    workers = ", ".join(f"'{role}'" for role in sorted(rules.WORKERS))
    for role in sorted(set(ROLES) - rules.WORKERS):
        piece = (f"m.role in ({workers})", f"m.role in ({workers}, '{role}')")
        yield Mutant(f"handled: named, + {role}", cut=piece, roles=frozenset({role}))
    for role in sorted(rules.WORKERS):
        piece = (f"m.role in ({workers})", f"m.role in ({workers}) and m.role <> '{role}'")
        yield Mutant(f"handled: named, - {role}", cut=piece, roles=frozenset({role}))


@contextmanager
def telling(mutant: Mutant) -> Iterator[None]:
    """The rule table itself is changed, in memory, for the length of the block."""
    true = rules.GRANTS, rules.VETOES
    rules.GRANTS, rules.VETOES = mutant.grants, mutant.vetoes  # type: ignore[misc]
    try:
        yield
    finally:
        rules.GRANTS, rules.VETOES = true  # type: ignore[misc]


def questions_of(mutant: Mutant) -> list[tuple[str, str]]:
    """The (act, face) whose answer this lie can change: of the others, not a letter differs."""
    every = [(str(act), face) for act in Act for face in rules.FACES]
    if mutant.cut or mutant.vetoes != rules.VETOES:
        return every
    true = {one: functions.opened_by(*one) for one in every}
    with telling(mutant):
        return [one for one in every if functions.opened_by(*one) != true[one]]


def reach_as_told_by(mutant: Mutant) -> str:
    """The statement that makes `reach` as the mutant would have it."""
    with telling(mutant):
        return cut_from(statement("reach", functions.reach_functions()), mutant)


def handled_as_told_by(mutant: Mutant) -> str:
    return cut_from(statement("handled", iter(functions.CONTEXT)), mutant)


def since_as_told_by(mutant: Mutant) -> str:
    return cut_from(statement("since", standing.statements()), mutant)


def wall_as_told_by(mutant: Mutant) -> str:
    return cut_from(statement("is_walled_off", standing.statements()), mutant)


def clearing_as_told_by(mutant: Mutant) -> str:
    function = mutant.name.partition(":")[0]
    return cut_from(statement(function, clearing.statements()), mutant)


def who_can_as_told_by(mutant: Mutant) -> str:
    with telling(mutant):
        return statement("who_can", functions.reach_functions())


def statement(name: str, statements: Iterator[str]) -> str:
    start = f"create function access.{name}("
    made = next(text for text in statements if text.startswith(start))
    return made.replace("create function", "create or replace function", 1)


def cut_from(text: str, mutant: Mutant) -> str:
    if mutant.cut is None:
        return text
    piece, instead = mutant.cut
    assert piece in text, f"«{piece}» is no longer there: {mutant.name}"
    return text.replace(piece, instead)
