"""What does the house say of itself? Reference pages made from the code, so that they stay true.

`python3 run.py docs` writes them into docs/reference/; `python3 run.py check` compares.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils import translation
from procrastinate.contrib.django import app as queue

from spheres.accounts.models import Role
from spheres.config import articles, impact, variables
from spheres.config.written import page, table
from spheres.core.states import StatusRow
from spheres.core.words import (
    Chains,
    Disclosed,
    FileSection,
    Handlers,
    Members,
    OfItem,
    OfOrganisation,
    OfRegion,
    Own,
    Public,
    Roles,
    Word,
)
from spheres.evaluation.rights import papers
from spheres.papers.registry import kinds as paper_kinds
from spheres.records import registry
from spheres.records.between import followup_tools, helping, places, strengths, telling, together
from spheres.regions import registry as regions
from spheres.sharing import rules
from spheres.sharing.compile import our_models, word_of
from spheres.ui import navigation

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def all_documents() -> dict[str, str]:
    """Every page, by the name of its file."""
    with translation.override("en"):
        return (
            {name: make() for name, make in DOCUMENTS.items()} | impact.papers() | articles.papers()
        )


def first_line(thing: Any) -> str:
    """The first line of a docstring, as a sentence of a table."""
    said = inspect.getdoc(thing) or ""
    if inspect.isclass(thing) and said.startswith(f"{thing.__name__}("):
        # Django wrote this one, for want of ours: what the class is made from says it better.
        return first_line(thing.__mro__[1])
    return said.partition("\n")[0].strip()


def folders() -> Iterator[str]:
    """The packages of the house that have rules of their own, in the order of the settings."""
    for config in apps.get_app_configs():
        if config.name.startswith("spheres.") and find_spec(f"{config.name}.policy"):
            yield config.name


def rights() -> str:
    """What each role may do in which state, and what the rule table opens."""
    parts = []
    for name in folders():
        policy = import_module(f"{name}.policy")
        found = [
            (f"`{right}`", first_line(function))
            for right, function in inspect.getmembers(policy, inspect.isfunction)
            if right.startswith("can_") and function.__module__ == policy.__name__
        ]
        parts.append(f"### {name.removeprefix('spheres.').replace('.', ' / ')}\n")
        parts.append(table(("right", "rule"), found))
    return page(
        "Rights",
        "Two questions, two places. May this be seen at all? The rule table answers, in the "
        "database. May this be done, by this role, in this state? `policy.py` of each folder "
        "answers, with a reason.",
        "## May it be seen? The rule table\n",
        "A grant says who may do what, on which sections, when a relation holds. A veto beats "
        "every grant. Nothing else opens a file.\n",
        "".join(f"- {in_words(rule)}\n" for rule in rules.GRANTS),
        "Nothing is reached in the name of a police service or of a part of one, whatever hat is "
        "worn there. What was given counts from the beginning of a stay: whoever stops "
        "accompanying people in an organisation, and comes back, is given anew what she is to "
        "open.\n",
        "Vetoes:\n",
        "".join(f"- {VETOES[veto.name]}\n" for veto in rules.VETOES),
        "Of two files of one person, as long as they are joined, the stricter side is kept on "
        "both.\n",
        f"Nobody’s own reach passes {rules.REACH_CAP} files. Sections: "
        f"{', '.join(rules.SECTIONS)}. Two faces that are not her story: {rules.RELATION} "
        f"(who walks with her) and {rules.JOURNAL} (who opened it).\n",
        "## May it be done? Rights by folder\n",
        *parts,
    )


# How the relations and vetoes of the rule table read aloud; a new one is said here, or no page.
RELATIONS = {
    "assigned": "of the files of her organisation that she is assigned to",
    "begun with her": "of the files that began with her there, or were handed over to her since",
    "offered": "of what is offered or entrusted to her",
    "covering": "of the files of a colleague for whom she answers, for the dates said",
    "bereft": "of the files of a colleague who is gone, for whom she answers on the dates said",
    "handed over": "of a file handed over to her with the person, as far as the person approved, "
    "until they have met",
    "recognised": "of the file of a person who said her code word to her, for two hours",
    "welcoming back": "of the file of a person who said her code word to her, when nobody walks "
    "with that person any more, for two hours",
    "joined": "of the other file, in her organisation, of a person she is assigned to, that the "
    "person said is hers too",
    "agreed": "as far as the person agreed, of a file of another organisation that the person "
    "shares with her or with her organisation, until the day said or until it is taken back, and "
    "on the pages made for that",
    "opened exceptionally": "of a file of her organisation that she opened for an hour because a "
    "life may be in danger, with a reason that others review",
    "in her notebook": "of her one file, as she allowed, until one of them or a note closes it",
    "writing in her notebook": "of her one file, the same, when she chose to write there",
    "in seat": "of a file of her organisation, as far as a seat at one matter of the law says",
    "in custody": "of the files of her organisation where somebody wrote who is gone, and "
    "whose notes she holds, on the pages made for that",
}
VETOES = {
    "personal conflict": "*Personal conflict*: whoever declared that she knows the person sees "
    "nothing of the file, whatever else is granted, for good.",
    "restriction": "*Restriction*: whoever the person barred by name sees nothing of what the "
    "person kept from her, whatever else is granted, until the person lifts it. It yields to an "
    "exceptional access alone.",
    "restriction of a category": "*Restriction of a category*: nor does anybody of an "
    "organisation, or of a role there or anywhere, that the person barred so.",
    "sealed": "*Sealed*: what two people of the organisation sealed is read by nobody, whatever is "
    "granted, until two people open it again on a legal ground. It holds on that file alone.",
}
ACTS = {rules.Act.READ: "read", rules.Act.APPEND: "add to", rules.Act.AMEND: "change"}


def in_words(rule: rules.Rule) -> str:
    """One grant as a sentence."""
    labels = dict(Role.choices) | dict.fromkeys(rules.HERSELF, "young person")
    who = spoken((str(labels[role]).lower() for role in sorted(rule.who)), "or")
    acts = spoken((ACTS[act] for act in rules.Act if act in rule.may), "and")
    all_but = [face for face in rules.SECTIONS if face not in rule.on]
    if set(rules.ALL) <= set(rule.on):
        others = [face for face in rule.on if face not in rules.ALL]
        faces = f"all sections but {spoken(all_but, 'and')}, and {spoken(others, 'and')}"
    else:
        faces = spoken(rule.on, "and")
    return f"*{rule.name.capitalize()}*: a {who} may {acts} {faces} {RELATIONS[rule.when.name]}."


def spoken(words: Iterable[str], last: str) -> str:
    """`a, b or c`."""
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end


# States.


def states() -> str:
    """Each table of moves, drawn."""
    parts = []
    for model in our_models():
        if issubclass(model, StatusRow):
            moves = "".join(
                f"    {start} --> {end}\n"
                for start, ends in model.MOVES.items()
                for end in sorted(ends)
            )
            first = next(iter(model.MOVES))
            ends = "".join(f"    {s} --> [*]\n" for s, after in model.MOVES.items() if not after)
            drawn = f"```mermaid\nstateDiagram-v2\n    [*] --> {first}\n{moves}{ends}```\n"
            labels = table(
                ("state", "on screen"),
                ((f"`{value}`", label) for value, label in model.Status.choices),  # type: ignore[attr-defined]
            )
            parts += [f"## {model._meta.label}\n", f"{first_line(model)}\n", drawn, labels]
    return page(
        "States",
        "A status changes by `core.states.move` alone, which refuses any arrow not drawn here.",
        *parts,
    )


# Roles.

# The column of the page of rights that each role reads; without one, no rule opens a file to it.
COLUMNS = {
    Role.COORDINATOR: "Coordination",
    Role.YOUTH_WORKER: "Pivot worker; other worker, same or other organisation",
    Role.TEAM_LEAD: "Team lead",
    Role.PSYCHOTHERAPIST: "Psychotherapist",
    Role.PROFESSIONAL_SUPPORT: "Pivot worker when assigned; other worker",
    Role.POLICE_MEMBER: "Police member",
    Role.STEERING_MEMBER: "figures only",
    Role.ORGANISATION_MANAGER: "figures only",
    Role.CLINICAL_DIRECTOR: "figures only",
    Role.RESEARCH_OFFICER: "APPR / researcher",
    Role.RESEARCHER: "APPR / researcher",
    Role.TRAINER: "trainings only",
    Role.AWARENESS_CONTRIBUTOR: "awareness activities only",
    Role.CONSULTANT: "trainings and advice only",
    Role.RECORDS_OFFICER: "legal demands and access requests only",
    Role.PRIVACY_OFFICER: "Privacy officer",
    Role.COUNSEL: "legal demands only",
    Role.FINANCE: "figures only",
    Role.TECHNICAL_ADMINISTRATOR: "Tech admin",
}


def roles() -> str:
    """Each role, its column in the page of rights, and what the rule table opens to it today."""
    rows = [
        (
            f"`{role.value}`",
            role.label,
            COLUMNS[role],
            ", ".join(rule.name for rule in rules.GRANTS if role in rule.who) or "nothing",
        )
        for role in Role
    ]
    return page(
        "Roles",
        "What a person is here for, in one organisation, from a day to a day. The third column is "
        "hers in the matrix of rights (records × roles); the fourth names the grants of "
        "[the rule table](rights.md) that open files to her today.",
        table(("role", "on screen", "column of the matrix", "grants"), rows),
    )


# Who registered where.


def registrations() -> str:
    """Upwards needs are met by asking: what was registered, where, and in which order."""
    rail = [
        (e.order, e.label, f"`{e.url_name}`", owner(e.shown))
        for e in sorted(navigation.RAIL.values(), key=lambda entry: (entry.order, entry.slug))
    ]
    quick = [
        (e.order, e.label, f"`{e.url_name}`", owner(e.shown)) for e in navigation.QUICK.values()
    ]
    kinds = [(k.slug, k.label, k.section, k.keep, f"`{k.package}`") for k in registry.all_types()]
    bar = sorted((slot, f"`{url_name}`") for slot, url_name in navigation.BAR.items())
    keepers = strengths._keepers
    asked = [
        *(("handed to me", owner(find), first_line(find)) for find in places._handing),
        *(("top of a file", owner(find), first_line(find)) for find in places._blocks),
        *(("with or after her words", owner(find), first_line(find)) for find in places._locked),
        *(
            ("her plan", owner(find), first_line(find))
            for find in (*places._first_on_plan, *places._plan)
        ),
        *(("what another tool found", owner(keep), first_line(keep)) for keep, _ in keepers),
        *(("done elsewhere for her", owner(find), first_line(find)) for find in helping._helping),
        *(("read with her", owner(page.find), first_line(page.find)) for page in together._pages),
        *(("page of a record", owner(find), first_line(find)) for find in together._beside),
        *(("has papers", owner(one.stands), first_line(one.stands)) for one in paper_kinds()),
        *(("not told yet", owner(find), first_line(find)) for find in telling._not_yet),
        *(("queue of the desk", owner(find), first_line(find)) for find in places._marks),
        *(("quiet moment at the desk", owner(find), first_line(find)) for find in places._of_desk),
        *(("referral at the desk", owner(find), first_line(find)) for find in places._at_desk),
        *(
            ("first page", f"`{home.url_name}`", f"for {', '.join(sorted(home.roles))}")
            for home in places._homes
        ),
    ]
    tools = [
        (tool.name, tool.section, f"`{tool.begin_page}`", f"`{tool.read_page}`")
        for tool in followup_tools.all_tools().values()
    ]
    files = [
        (
            s.name,
            f"`{s.file}`",
            s.title,
            f"`{s.apply.__module__}`",
            "yes" if s.is_required else "no",
        )
        for s in regions.sections()
    ]
    jobs = sorted(
        (name, ", ".join(sorted(task.func.service.roles)), owner(task.func))
        for name, task in queue.tasks.items()
        if hasattr(task.func, "service")
    )
    return page(
        "Who registered where",
        "A lower area keeps a list, an upper one registers in it when the house is ready; nothing "
        "happens that cannot be listed here.",
        "## The rail\n", table(("order", "label", "page", "shown by"), rail),
        "## Quick ways\n", table(("order", "label", "page", "shown by"), quick),
        "## The top bar\n", table(("slot", "page"), bar),
        "## Kinds of record\n", table(("slug", "label", "section", "kept by", "folder"), kinds),
        "## Tools that keep what an exercise asks\n",
        table(("kept_in", "section", "where one begins", "where one reads"), tools),
        "## Places of the worker’s pages\n", table(("place", "who", "what"), asked),
        "## Files of a region\n", table(("section", "file", "title", "read by", "required"), files),
        "## Jobs\n", table(("job", "service", "folder"), jobs),
    )  # fmt: skip


def owner(function: Callable[..., Any]) -> str:
    return f"`{function.__module__}.{function.__name__}`"


# Tables.


def tables() -> str:
    """Each table with its word, what may be done to its rows, and what is locked in it."""
    rows = [
        (
            f"`{model._meta.db_table}`",
            first_line(model),
            placed(word_of(model)),
            ", ".join(verbs(word_of(model))),
            ", ".join(getattr(model, "locked_fields", tuple)()),
        )
        for model in our_models()
    ]
    system = [(f"`{name}`", verbs or "none") for name, verbs in rules.SYSTEM.items()]
    return page(
        "Tables",
        "Each table answers with one word where a row belongs; the [rule table](rights.md) says "
        "who may then read, add and change. No word, no build.",
        table(("table", "what it keeps", "its word", "besides reading", "locked texts"), rows),
        "## Tables without row security\n",
        "Of other packages, and wrapped keys: least grants, identifiers only.\n",
        table(("table", "granted"), system),
    )


def placed(word: Word) -> str:
    """Where a row belongs, in words."""
    match word:
        case FileSection(section=section, author=author):
            return f"section *{section}* of one file" + (", its author alone" if author else "")
        case Own(scope=scope):
            return "one person’s own" + (", while she may write in the file" if scope else "")
        case Handlers(kinds=kinds, asker=asker):
            held = ", whoever holds its code" if asker else ""
            return f"the handlers of one matter ({', '.join(kinds).lower()}){held}"
        case Chains():
            return "the journal: read with the file, or by whom it speaks of"
        case Disclosed(readers=readers):
            return f"one disclosure ({', '.join(readers).lower()})"
        case Members(readers=readers) | OfItem(readers=readers):
            what = "committee" if isinstance(word, Members) else "thing brought to a committee"
            return f"one {what} ({', '.join(readers).lower()})"
        case OfOrganisation():
            return "one organisation"
        case OfRegion():
            return "every member of the programme"
        case Public():
            return "anybody"
        case Roles():
            return "about nobody: those named here"
    raise ValueError(f"{word} is not said in words.")


def verbs(word: Word) -> Iterator[str]:
    """What may be done to a row, and by whom besides the rule table."""
    yield from (
        verb
        for verb, may in (
            ("add", word.append),
            (f"change {', '.join(word.changes)}".rstrip(), word.amend),
            ("remove", word.remove),
        )
        if may
    )
    for verb, who in sorted(word.also.items()):
        yield f"{verb}: {' '.join(who)}"


DOCUMENTS: dict[str, Callable[[], str]] = {
    "rights.md": rights,
    # What a committee signs, as it stands without a region: by it a signed version is found again.
    "page-of-rights.fr.md": lambda: papers.written("fr"),
    "page-of-rights.en.md": lambda: papers.written("en"),
    "states.md": states,
    "settings.md": variables.document,
    "roles.md": roles,
    "registrations.md": registrations,
    "tables.md": tables,
}
