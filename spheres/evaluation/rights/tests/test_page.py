"""Does the page of rights say what applies, no more and no less? Each sentence is held against the
second saying of the rights, which was written from the prose and never saw the rule table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.evaluation.rights import at_work, matrix, papers, queries, words
from spheres.evaluation.rights.tests.reading import (
    EVERY_FACE,
    FACES,
    NO_LINK,
    PLACE,
    SHARED,
    SITUATIONS,
    WALKS,
    Claim,
    between,
    by_section,
    by_way,
    named,
    people,
    shown,
)  # fmt: skip
from spheres.sharing import rules
from tests import oracle
from tests.cast import MONDAY, Cast, acting
from tests.oracle_world import Membership, Span, Who, World
from tests.pages import learn_french, signed_in, untranslated, visitor
from tests.proofs.tables import MATTERS


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words of the page are compared in one language; the other one says the same facts."""
    learn_french()
    with translation.override("en"):
        yield


def of(claims: Iterable[Claim], role: str, links: set[str]) -> set[tuple[str, str]]:
    return {(act, face) for link, who, act, face in claims if who == role and link in links}


def standing(role: str, **link: Any) -> oracle.Standing:
    return oracle.Standing(**{"roles": frozenset({role}), **NO_LINK, **link})


@pytest.mark.parametrize("read", [by_section, by_way])
def test_each_role_in_each_situation_may_what_the_page_says_and_nothing_else(
    cast: Cast, read: Any
) -> None:
    claims = read(shown(cast))

    cells = 0
    for link, links in SITUATIONS.values():
        for role in (*oracle.ROLES, "participant"):
            assert of(claims, role, links) == set(oracle.rights(standing(role, **link))), (
                link,
                role,
            )
            cells += len(oracle.ACTS) * len(oracle.FACES)
    assert {link for link, *_rest in claims} == set().union(*(s for _l, s in SITUATIONS.values()))
    assert cells == 17 * 20 * 3 * 14


def under(said: list[tuple[str, str]], title: str) -> list[str]:
    """The sentences under one title."""
    place = said.index(("h3", title)) + 1
    found = []
    while said[place][0] in {"p", "li"}:
        found.append(said[place][1])
        place += 1
    return found


def every_right(role: str, **also: Any) -> set[tuple[str, str]]:
    """All that a role may by any link."""
    return {
        right
        for link, _links in SITUATIONS.values()
        for right in oracle.rights(standing(role, **{**link, **also}))
    }


def test_what_nobody_does_is_what_nobody_may(cast: Cast) -> None:
    said = shown(cast)
    by_role = {role: every_right(role) for role in oracle.ROLES}
    touched = {face for rights in by_role.values() for _act, face in rights}
    partner = {f for role in oracle.ROLES for _a, f in oracle.rights(
        standing(role, agreed=SHARED, purpose="shared"))}  # fmt: skip
    danger = {f for role in oracle.ROLES for _a, f in oracle.rights(
        standing(role, at_holder=True, opened=True, purpose="exceptional"))}  # fmt: skip

    [nothing] = under(said, "Those who open no file, by any rule")
    assert named(nothing) == {role for role, rights in by_role.items() if not rights}
    [nobody] = under(said, "What nobody opens, whoever they are")
    assert {FACES[f] for f in nobody.split(", ")} == EVERY_FACE - touched
    alone = [one.partition(": ") for one in under(said, "What one role alone opens")]
    assert {section for section, _colon, _who in alone} == {"Psychotherapy"}
    assert {role for role, rights in by_role.items() if ("read", "therapy") in rights} == {
        role for _section, _colon, who in alone for _link, role in people(who)
    }
    assert len(alone) == 2  # by accompanying her, and by holding the notes of one who is gone
    [outside] = under(
        said, "What no other organisation ever opens, even if the person agreed to share"
    )
    assert {FACES[f] for f in outside.split(", ")} == set(oracle.SECTIONS) - partner
    [safe] = under(said, "What no exceptional access opens")
    assert {FACES[f] for f in safe.split(", ")} == set(oracle.SECTIONS) - danger


def test_neither_she_nor_a_parent_has_an_account_as_long_as_the_page_says_so(cast: Cast) -> None:
    """The day one of them signs in, a role says so, and this sentence is no longer true."""
    [sentence] = under(shown(cast), "The person, their parents or tutor")

    assert sentence.startswith("Nobody of them has an account.")
    assert {role.value for role in Role} == set(oracle.ROLES)
    assert not {role for role in oracle.ROLES if re.search("parent|tutor|participant|young", role)}


def test_the_police_open_nothing_whatever_hat_is_worn_there(cast: Cast) -> None:
    [sentence] = under(shown(cast), "The police")
    with acting(cast.louise):
        police = cast.police.pk
    user, file = cast.roy.user_id, cast.maya.file_id

    assert sentence == str(words.WALLS[Organisation.Kind.POLICE])
    for role in oracle.ROLES:
        member = Membership(police, role, Span(MONDAY))
        world = World(memberships={user: (member,)}, police=frozenset({police}))
        who = Who(user, police, frozenset({role}))
        assert oracle.roles_held(world, who, MONDAY) == frozenset(), role
        assert oracle.rights(oracle.standing(world, who, file, MONDAY)) == frozenset(), role


def test_what_comes_before_every_rule_is_what_the_second_saying_keeps(cast: Cast) -> None:
    said = shown(cast)
    danger = SITUATIONS["opened it"][0]

    conflict = under(said, "Knowing the person outside work")
    assert conflict[-1] == "Nothing passes over it, not even a danger: somebody else is called."
    assert all(every_right(role, conflict=True) == set() for role in oracle.ROLES)
    for title in (
        "Somebody the person bars by name", "An organisation or a role that the person bars",
    ):  # fmt: skip
        assert under(said, title)[-1] == queries.say(words.YIELDS)
    for name, (link, _links) in SITUATIONS.items():
        for role in oracle.ROLES:
            kept = oracle.rights(standing(role, **link, barred=EVERY_FACE))
            assert kept == (
                oracle.rights(standing(role, **danger)) if name == "opened it" else set()
            )
    opening = under(said, "Opening exceptionally, in an emergency")
    who, _colon, what = opening[0].partition(": ")
    assert {("read", FACES[face]) for face in what.split(", ")} == set(
        oracle.rights(standing("youth_worker", **danger))
    )
    assert named(who) == {r for r in oracle.ROLES if oracle.rights(standing(r, **danger))}
    shared = under(said, "What the person shares with a partner (consent)")
    assert {FACES[f] for f in shared[0].removeprefix("May be shared: ")[:-1].split(", ")} == SHARED


def test_a_note_a_therapy_and_private_pages_are_never_told_outside(cast: Cast) -> None:
    told = under(shown(cast), "What is told of a person outside, item by item (disclosure)")

    sections = {FACES[f] for f in told[0].removeprefix("May be told: ")[:-1].split(", ")}
    assert sections & {"notes", "therapy", "private", "relation", "journal"} == set()
    assert sections == set(rules.TOLD)


def test_who_reads_a_referral_is_what_the_prose_says(cast: Cast) -> None:
    said = between(shown(cast), "Before there is a file: a referral", "What is done, and by whom")
    pairs = dict(zip(*[iter(text for tag, text in said if tag in {"dt", "dd"})] * 2, strict=True))
    kind = {str(label): kind for kind, label in words.HANDS.items()}
    prose = {matter.table: set(matter.readers) for matter in MATTERS}

    for table, label in words.REFERRALS.items():
        readers = {kind[one] for one in pairs[str(label)].split("; ") if one in kind}
        assert readers == prose[table], table
    assert pairs["To whom it was offered, and the answers"] == (
        "the desk of the coordination; the workers to whom it is offered, each their own"
    )


# It is made from what applies.


def test_a_rule_that_changes_changes_the_page_and_its_version(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = by_section(shown(cast)), queries.version(), papers.written("fr")
    lead = rules.Rule(
        "lead", frozenset({Role.TEAM_LEAD}), frozenset({rules.Act.READ}), (rules.NOTES,),
        rules.GRANTS[0].when,
    )  # fmt: skip
    monkeypatch.setattr(rules, "GRANTS", (*rules.GRANTS, lead))
    after = by_section(shown(cast)), queries.version(), papers.written("fr")

    assert after[0] - before[0] == {(WALKS, "team_lead", "read", "notes")}
    assert before[0] - after[0] == set()
    assert after[1] != before[1]
    assert after[2] != before[2]
    assert "team lead" not in under(shown(cast), "Those who open no file, by any rule")[0].lower()


def test_a_rule_that_goes_leaves_the_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        rules, "GRANTS", tuple(r for r in rules.GRANTS if rules.THERAPY not in r.on)
    )

    said = shown(cast)

    assert under(said, "What nobody opens, whoever they are") == ["Psychotherapy, Private pages"]
    assert not {claim for claim in by_section(said) if claim[3] == "therapy"}


def test_a_veto_that_would_yield_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = replace(rules.VETOES[0], files=rules.VETOES[0].files + rules.UNLESS_IN_DANGER)
    version = queries.version()
    monkeypatch.setattr(rules, "VETOES", (weaker, *rules.VETOES[1:]))

    said = under(shown(cast), "Knowing the person outside work")

    assert said[-1] == queries.say(words.YIELDS)
    assert queries.version() != version


def test_a_link_that_changes_without_another_word_changes_the_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version, page = queries.version(), papers.written("en")
    wider = replace(rules.GRANTS[0].when, files=rules.GRANTS[0].when.files + " or true")
    monkeypatch.setattr(rules, "GRANTS", (replace(rules.GRANTS[0], when=wider), *rules.GRANTS[1:]))

    assert queries.version() != version
    assert papers.written("en") != page  # by its version alone


def test_what_has_no_words_stops_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = replace(rules.GRANTS[0], when=replace(rules.GRANTS[0].when, name="neighbours"))
    monkeypatch.setattr(rules, "GRANTS", (unknown,))
    with pytest.raises(KeyError, match="neighbours"):
        queries.rights()


def test_everything_that_decides_is_said() -> None:
    assert at_work.unsaid() == []
    assert set(words.FACES) == set(rules.FACES)
    assert {veto.name for veto in rules.VETOES} == set(words.VETOES)
    assert {rule.when.name for rule in rules.GRANTS} == set(words.RELATIONS)
    assert set(words.REFERRALS) <= set(matrix.referral_tables())


def test_a_right_that_no_policy_has_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    title, lines = at_work.WORDS["followup.notes"]
    monkeypatch.setitem(at_work.WORDS, "followup.notes", (title, (*lines, ("can_fly", "Flies."))))

    said = {str(line.said) for folder in at_work.folders() for line in folder.lines}

    assert "Flies." not in said


# Who reads it, in which language, on what paper.


@pytest.mark.parametrize("who", ["ines", "karim", "louise", "samir", "roy", "amrani", "nadia"])
def test_everybody_of_the_programme_reads_the_same_page(cast: Cast, who: str) -> None:
    assert shown(cast, who=who) == shown(cast)


def test_a_visitor_is_asked_who_they_are(cast: Cast) -> None:
    with clock.at(MONDAY):
        answers = [visitor().get(PLACE), visitor().get(f"{PLACE}paper/")]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_each_organisation_stands_there_with_what_it_is_held_to(cast: Cast) -> None:
    said = shown(cast)
    place = said.index(("summary", "La Maison"))

    assert [text for tag, text in said[place + 1 :] if tag in {"dt", "dd"}][:16] == [
        "Kind of organisation", "Community organisation",
        "Law that applies",
        "Act respecting personal information in the private sector (P-39.1)",
        "In charge of personal information", "Direction",
        "Told of an incident", "the Commission d’accès à l’information",
        "Answers a request for access within", "30 days",
        "Keeps a closed file for", "5 years",
        "Files one person opens in a day, at most", "as everywhere in the region",
        "Official file", "what is written here",
    ]  # fmt: skip


def paper(cast: Cast, language: str) -> tuple[Any, str]:
    with clock.at(MONDAY):
        answer = signed_in(cast.roy).get(f"{PLACE}paper/?language={language}")
    assert answer.status_code == 200
    reader = PdfReader(io.BytesIO(answer.content))
    return answer, "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    ("language", "name", "day", "sign"),
    [
        ("fr", "page-des-droits-2026-03-02-fr.pdf", "En date du 2 mars 2026", "Lu et approuvé."),
        ("en", "page-of-rights-2026-03-02-en.pdf", "As of March 2, 2026", "Read and approved."),
    ],
)
def test_the_paper_has_its_day_its_version_each_partner_and_room_to_sign(
    cast: Cast, language: str, name: str, day: str, sign: str
) -> None:
    answer, text = paper(cast, language)

    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    for said in (day, queries.version(), sign, "La Maison", "Fondation", "Police"):
        assert said in text, said
    root = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == f"{language}-CA"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert answer.content == paper(cast, language)[0].content


def test_the_page_and_its_paper_are_complete_in_french(cast: Cast) -> None:
    with untranslated() as missing:
        shown(cast, language="fr")
        paper(cast, "fr")

    assert missing == set()
