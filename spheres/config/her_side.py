"""What of the young people's side does a demonstration show? A notebook that opens, and what they
said of the programme: a round that was heard, and one that runs.

Played once, at the hour of the loading, by the real actions. The two numbers of the notebook are
invented, and tell nothing: a demonstration holds nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from spheres.accounts.models import Role
from spheres.config import playing
from spheres.core import clock, context
from spheres.core.actor import NOTEBOOK, PARTICIPANT, Actor
from spheres.followup.admission import actions as admission
from spheres.followup.reaching import actions as reaching
from spheres.participants import queries as participants
from spheres.participants.models import File
from spheres.portal.advisory import actions as advisory
from spheres.portal.advisory.actions import Heard, Said
from spheres.portal.advisory.models import Round
from spheres.portal.my_say import actions as my_say
from spheres.portal.my_say.models import Ask
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook import queries
from spheres.portal.own_pages import actions as own_pages
from spheres.portal.own_pages import queries as own_pages_queries
from spheres.regions.registry import Loading
from spheres.sharing import inside
from spheres.sharing.inside import Inside
from spheres.vault import actions as vault

WORKER, HERS = "ines", "maya"
CODE, PIN = "4185550100200417", "730194"
CALLED, APPOINTMENT, WORD = "Recettes", "Café", "J’ai retrouvé mon cahier. On le regarde ensemble?"
BEFORE_WORD = "Est-ce que ça se peut, mardi au lieu de jeudi?"
REPLY = "Oui, mardi. Je t’attends au même endroit."
ASKS = "Il y a une phrase que je n’ai pas dite comme ça. On la relit?"
PAGE = ("Ce que je veux garder", "Cuisiner pour ma sœur. Le matin, quand la maison dort.")
DAY: Final = timedelta(days=1)
YES, BETWEEN, NO = "YES", "BETWEEN", "NO"
ASKED: Final = ("LISTENED", "CHOICE", "SAFE", "USEFUL", "WHO_READS", "NOTEBOOK")
BEFORE: Final = (
    ((YES, YES, YES, YES, BETWEEN, ""), "Plus de soirs, svp."),
    ((YES, YES, YES, BETWEEN, NO, ""), "Je savais pas qui lisait quoi."),
    ((YES, BETWEEN, YES, YES, BETWEEN, ""), ""),
    ((YES, YES, YES, YES, YES, YES), "Gardez le café."),
    ((BETWEEN, YES, YES, BETWEEN, NO, ""), "Expliquer qui voit mes affaires."),
    ((YES, YES, "", YES, "", ""), ""),
    ((YES, YES, YES, YES, BETWEEN, BETWEEN), "Le soir c’est mieux."),
    ((YES, NO, YES, BETWEEN, BETWEEN, ""), "Des fois ça va trop vite."),
    ((YES, YES, YES, YES, YES, YES), ""),
)
NOW: Final = BEFORE[:6]
CHANGED: Final = (
    Heard(
        "Vous aimeriez nous voir plus souvent le soir.",
        "On ouvre le mardi et le jeudi jusqu’à 20 h.",
        "You would like to see us in the evening more often.",
        "We are open until 8 p.m. on Tuesdays and Thursdays.",
    ),
    Heard(
        "Vous ne savez pas toujours qui peut lire ce qui est écrit sur vous.",
        "À la première rencontre, on regarde ensemble la page « Qui peut lire ».",
        "You do not always know who can read what is written about you.",
        "When we first meet, we look together at the page “Who can read”.",
    ),
    Heard(
        "Parfois, ça va trop vite.",
        "On redemande à chaque rencontre ce que vous voulez faire aujourd’hui.",
        "Sometimes it goes too fast.",
        "Each time we meet, we ask again what you want to do today.",
    ),
)


def play(loading: Loading) -> bool:
    """Once; nothing where these two are not. Whether there is a notebook to come into."""
    people = {person.slug: person for person in loading.said["people"]}
    stories = {story.slug for story in loading.said.get("life", [])}
    if WORKER not in people or HERS not in stories:
        return False
    at = clock.now()
    playing.once(loading.id("notebook", HERS), partial(_a_notebook, loading, at))
    desk = loading.said["region"].desk
    louise = next(
        slug
        for slug, person in people.items()
        if person.organisation == desk and Role.COORDINATOR in person.roles
    )
    coordination = playing.actor_of(loading, louise)
    for name, begun, sheets, heard in (
        ("before", at - 60 * DAY, BEFORE, CHANGED),
        ("now", at - 5 * DAY, NOW, ()),
    ):
        playing.once(
            loading.id("round", name),
            partial(_a_round, loading, name, coordination, begun, sheets, heard),
        )
    return True


def _a_notebook(loading: Loading, at: datetime) -> None:
    """Opened beside her, up to writing and to her say; she came in, named things, left a word that
    was answered and one that waits, gave a page, asked that a text be looked at again."""
    worker = playing.actor_of(loading, WORKER)
    file_id = admission.file_of(loading.id("referral", HERS))
    with clock.at(at), context.acting_as(worker):
        confirmed = loading.id("notebook", f"{HERS} confirms")
        reaching.confirm(file_id, confirmed, on=clock.day_of(at), by=worker, at=at)
        known = participants.known(file_id, actor=worker)
        assert known is not None
        vault.open(known.rows, by=worker)
        ready = queries.ready(participants.header_of(known), known, at=at)
        asked = notebook.Asked(
            loading.id("notebook", f"{HERS} opens"),
            "WRITE",
            frozenset({"words", "plan", "safety", "say"}),
        )
        notebook.open_together(file_id, asked, ready=ready, by=worker, at=at)
        given_id = loading.id("notebook", f"{HERS} code")
        notebook.give_code(file_id, CODE, PIN, given_id=given_id, by=worker, at=at)
        person = File.objects.get(pk=file_id)
    herself = Actor(person.participant_id, person.holder_id, frozenset({PARTICIPANT}), NOTEBOOK)
    with clock.at(at), context.acting_as(worker):
        key = notebook.come_in(CODE, PIN, network="demonstration", at=at)
    found = inside.enter(key, at=at)
    assert found is not None
    with clock.at(at), context.acting_as(herself):
        name_id, word_id = (loading.id("notebook", f"{HERS} {what}") for what in ("name", "word"))
        notebook.name(found, name_id, notebook=CALLED, appointment=APPOINTMENT, at=at)
        before_id = loading.id("notebook", f"{HERS} word before")
        notebook.leave_word(found, before_id, BEFORE_WORD, at=at)
        _her_page(loading, found, key, at)
        ask_id = loading.id("notebook", f"{HERS} asks")
        my_say.ask(found, ask_id, Ask.Kind.CORRECT, ASKS, of_age=True, at=at)
    with clock.at(at), context.acting_as(worker):
        words = queries.words_of_file(file_id, actor=worker)
        before = next(one for one in words if one.pk == before_id)
        reply_id = loading.id("notebook", f"{HERS} reply")
        notebook.answer(before, reply_id, REPLY, by=worker, at=at)
    with clock.at(at), context.acting_as(herself):
        notebook.leave_word(found, word_id, WORD, at=at)
        notebook.leave(key)


def _her_page(loading: Loading, found: Inside, key: str, at: datetime) -> None:
    """Written for herself alone, then given: the only way that somebody else reads it."""
    page_id = loading.id("notebook", f"{HERS} page")
    written = own_pages.Written(*PAGE)
    own_pages.keep(found, page_id, written, understood=True, key=key, at=at)
    page = own_pages_queries.page(found, page_id, key=key)
    if page is not None and own_pages_queries.given_as() is not None:
        given_id = loading.id("notebook", f"{HERS} gives")
        own_pages.give(found, page, given_id, at=at)


def _a_round(
    loading: Loading,
    name: str,
    coordination: Actor,
    begun: datetime,
    sheets: Sequence[tuple[tuple[str, ...], str]],
    heard: Sequence[Heard],
) -> None:
    """Opened, an envelope typed in by a worker; counted and settled when it is over."""
    round_id, ends = loading.id("round", name), begun + 21 * DAY
    worker = playing.actor_of(loading, WORKER)
    with clock.at(begun), context.acting_as(coordination):
        advisory.open_round(round_id, ends_at=ends, by=coordination, at=begun)
        of = Round.objects.get(pk=round_id)
    typed = begun + 4 * DAY
    said = [
        Said({one: face for one, face in zip(ASKED, faces, strict=True) if face}, words)
        for faces, words in sheets
    ]
    with clock.at(typed), context.acting_as(worker):
        advisory.type_in(of, loading.id("round", f"{name} sheets"), said, by=worker, at=typed)
    for act in (advisory.count, lambda one, **by: advisory.settle(one, heard, **by)):
        if heard:
            with clock.at(ends), context.acting_as(coordination):
                act(of, by=coordination, at=ends)
