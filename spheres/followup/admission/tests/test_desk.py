"""Does the desk's queue read one language at a time, oldest first, and say so when it is empty?"""

from __future__ import annotations

import re
from datetime import timedelta

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.followup.admission import actions
from tests.cast import MONDAY, acting, uuid_of
from tests.pages import signed_in


def refer(cast, name, language, at=MONDAY):
    sent = actions.Sent(
        id=uuid_of(name),
        source="self",
        channel="web",
        agreement="yes",
        age_band="14-17",
        language=language,
        chosen_name=name,
        contact_channel="text",
        wish=f"Le souhait de {name}.",
    )
    with acting(VISITOR, at):
        actions.refer(sent, desk=cast.institute.id, by=VISITOR, at=at)
    return actions.file_of(sent.id)


def desk(cast, address="/desk/"):
    with clock.at(MONDAY):
        page = signed_in(cast.louise).get(address).content.decode()
    return page.replace("\u00a0", " ").replace("&nbsp;", " ")


def wishes(page):
    return re.findall(r"Le souhait de (\w+)", page)


def test_louise_reads_those_who_wait_in_one_language_the_oldest_first(cast):
    refer(cast, "Zoé", "fr", MONDAY - timedelta(days=1))
    refer(cast, "Ann", "en", MONDAY - timedelta(days=3))
    refer(cast, "Léa", "fr", MONDAY - timedelta(days=2))

    assert wishes(desk(cast)) == ["Ann", "Léa", "Zoé"]
    french = desk(cast, "/desk/?language=fr")
    assert wishes(french) == ["Léa", "Zoé"]
    assert "depuis 2 jours" in french
    assert [words in french for words in ("Toutes (3)", "Français (2)", "Anglais (1)")] == [
        True,
        True,
        True,
    ]


def test_of_one_language_no_other_is_opened(cast):
    english = {refer(cast, name, "en") for name in ("Ann", "Kim")}
    refer(cast, "Léa", "fr")

    desk(cast, "/desk/?language=en")

    with acting(cast.louise):
        opened = Event.objects.filter(actor_id=cast.louise.user_id, action="list")
        seen = [set(event.record_ids) for event in opened]
    assert seen == [english]


def test_an_empty_queue_and_an_empty_language_say_so(cast):
    empty = desk(cast)
    refer(cast, "Ann", "en")

    nobody = desk(cast, "/desk/?language=fr")

    assert "Personne n’attend" in empty
    assert "Personne n’attend dans cette langue" in nobody
    assert wishes(nobody) == []


def test_a_language_that_is_none_shows_them_all(cast):
    refer(cast, "Ann", "en")

    assert wishes(desk(cast, "/desk/?language=%27")) == ["Ann"]
