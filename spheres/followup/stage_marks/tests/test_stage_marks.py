"""Is a mark added in any direction, and does its table carry what its picture does?"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup import stage_marks
from spheres.followup.stage_marks import actions, drawing, policy, queries
from spheres.followup.stage_marks.models import OWN, StageMark, sentences
from spheres.followup.stage_marks.tests import factories
from spheres.participants.models import FollowUpStatus
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

FORWARD_AND_BACK = ("contemplation", "preparation", "action", "return", "precontemplation")


def marked(cast: Cast, name: str, days: int = 0, **said: str) -> UUID:
    at = MONDAY - timedelta(days=days)
    with acting(cast.ines):
        written = factories.written(uuid_of(name), at, **said)
        return actions.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def topics_of(cast: Cast) -> list[list[StageMark]]:
    with acting(cast.ines):
        rows = queries.standing_ones(cast.maya.file_id, actor=cast.ines)
        vault.open(rows, by=cast.ines)
        return queries.by_topic(rows)


def page(cast: Cast, place: str, *args: UUID) -> str:
    return reverse(f"stage_marks:{place}", args=[cast.maya.file_id, *args])


def html(cast: Cast, url: str, language: str = "fr") -> str:
    with clock.at(MONDAY):
        return signed_in(cast.ines, language=language).get(url).content.decode()


@pytest.mark.django_db
def test_marks_are_added_in_any_direction_and_none_takes_another_away(cast: Cast) -> None:
    for place, stage in enumerate(FORWARD_AND_BACK):
        marked(cast, stage, days=50 - 10 * place, stage=stage)

    [housing] = topics_of(cast)

    assert [mark.stage for mark in housing] == list(FORWARD_AND_BACK)


@pytest.mark.django_db
def test_several_topics_go_their_own_way_and_hers_has_her_name(cast: Cast) -> None:
    marked(cast, "one", days=9, topic="school")
    marked(cast, "two", days=5, topic=OWN, topic_words="Le chat")
    marked(cast, "three", days=3, topic=OWN, topic_words="Les nuits")
    marked(cast, "four", days=1, topic=OWN, topic_words="le chat ")

    found = [(topic[-1].topic_label, len(topic)) for topic in topics_of(cast)]

    assert found == [("le chat ", 2), ("Les nuits", 1), ("L’école, une formation", 1)]


@pytest.mark.django_db
def test_both_vocabularies_always_offer_not_to_know_and_not_to_say(cast: Cast) -> None:
    with acting(cast.ines):
        offered = {name: [code for code, _ in sentences(name)] for name in ("stages",
            "engagement_cycle")}  # fmt: skip

    assert [codes[-2:] for codes in offered.values()] == [["unsure", "not_said"]] * 2
    assert {"return"} < set(offered["stages"])
    assert {"going_back"} < set(offered["engagement_cycle"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("fr", "fait partie du chemin"), ("en", "part of")]
)
def test_going_back_is_said_as_part_of_the_way(cast: Cast, language: str, words: str) -> None:
    record_id = marked(cast, "back", stage="return")

    assert words in html(cast, page(cast, "detail", record_id), language)


@pytest.mark.django_db
def test_the_table_carries_what_the_picture_does(cast: Cast) -> None:
    for place, stage in enumerate((*FORWARD_AND_BACK, "not_said")):
        marked(cast, stage, days=60 - 10 * place, stage=stage)

    text = html(cast, page(cast, "paths"))

    [svg] = re.findall(r"<svg class=\"stage-picture\".*?</svg>", text, re.DOTALL)
    [table] = re.findall(r"<tbody>.*?</tbody>", text, re.DOTALL)
    [picture] = [drawing.picture(topic) for topic in topics_of(cast)]
    numbers = re.findall(r'class="stage-number"[^>]*>(\d+)<', svg)
    said = re.sub(r"<[^>]+>", "|", table)
    assert numbers == [str(dot.number) for dot in picture.dots] == ["1", "2", "3", "4", "5", "6"]
    assert svg.count('class="stage-dot"') == table.count("<tr>") == 6
    for dot in picture.dots:
        assert dot.said in re.sub(r"&#x27;", "’", svg)
        assert all(part in said for part in (f"|{dot.number}|", dot.day, dot.sentence))
    assert "marker" not in svg  # no arrow
    assert picture.title in svg


@pytest.mark.django_db
def test_no_dot_is_ahead_of_another_for_what_was_said(cast: Cast) -> None:
    for place, stage in enumerate(FORWARD_AND_BACK):
        marked(cast, stage, days=50 - 10 * place, stage=stage)
        marked(cast, f"other {stage}", days=50 - 10 * place, topic="school")

    one, other = (drawing.picture(topic) for topic in topics_of(cast))

    assert [(dot.x, dot.y) for dot in one.dots] == [(dot.x, dot.y) for dot in other.dots]
    assert one.line == other.line


@pytest.mark.django_db
def test_a_corrected_mark_leaves_the_path_and_stays_readable(cast: Cast) -> None:
    first = marked(cast, "first", stage="action")
    with acting(cast.ines, TUESDAY):
        written = factories.written(uuid_of("second"), MONDAY, stage="contemplation")
        actions.correct(cast.maya.file_id, first, written, by=cast.ines, at=TUESDAY)

    assert [[mark.stage for mark in topic] for topic in topics_of(cast)] == [["contemplation"]]
    assert "Une version plus récente corrige celle-ci." in html(cast, page(cast, "detail", first))


@pytest.mark.django_db
def test_sent_twice_it_is_one_mark_and_one_event(cast: Cast) -> None:
    marked(cast, "once")
    marked(cast, "once")

    with acting(cast.ines):
        events = Event.objects.filter(action="stage.marked", chain_id=cast.maya.file_id)
        assert [event.record_ids for event in events] == [[uuid_of("once")]]
        assert [event.sections for event in events] == [["plan"]]


def test_a_mark_is_no_condition_of_anything() -> None:
    """No rule of the house reads it: neither who is admitted, nor who may do what."""
    house = Path(stage_marks.__file__).parents[2]
    readers = {
        path.relative_to(house).parts[:2]
        for path in house.rglob("*.py")
        if "StageMark" in path.read_text() and "tests" not in path.parts
    }

    assert {part for part in readers if part[0] != "config"} == {("followup", "stage_marks")}
    assert not {"stage", "mark"} & {field.name for field in FollowUpStatus._meta.fields}


@pytest.mark.django_db
def test_a_name_is_shown_before_it_is_kept_and_never_refused(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        number = Page(ines.get(page(cast, "write")).content.decode()).fields["form_id"]
        sent = {"form_id": number, **factories.typed(MONDAY), "her_words": "J’ai vu Marc Tremblay."}
        first = ines.post(page(cast, "write"), sent)
        second = ines.post(page(cast, "write"), sent | {"looked_again": "yes"})

    assert (first.status_code, second.status_code) == (422, 302)


@pytest.mark.django_db
def test_a_day_to_come_is_not_a_day_one_is_in(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        number = Page(ines.get(page(cast, "write")).content.decode()).fields["form_id"]
        sent = {"form_id": number, **factories.typed(TUESDAY)}
        answer = ines.post(page(cast, "write"), sent)

    assert answer.status_code == 422
    assert "This day has not come yet" in answer.content.decode()


@pytest.mark.django_db
def test_the_paths_cost_the_same_for_one_and_three(cast: Cast) -> None:
    costs = []
    for names in (["one"], ["two", "three"]):
        for name in names:
            marked(cast, name, topic="school" if name == "two" else "housing")
        with clock.at(MONDAY):
            ines = signed_in(cast.ines)
            with CaptureQueriesContext(connection) as asked:
                assert ines.get(page(cast, "paths")).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status", "allowed"),
    [("ines", "SIGNED", True), ("ines", "CORRECTED", False), ("yanick", "SIGNED", False)],
)
def test_its_author_alone_corrects_it_and_once(
    cast: Cast, who: str, status: str, allowed: bool
) -> None:
    record = StageMark(written_by=cast.ines.user_id)

    assert bool(policy.can_correct(getattr(cast, who), record, status)) is allowed


@pytest.mark.django_db
def test_the_desk_writes_none(cast: Cast) -> None:
    written = factories.written(uuid_of("desk"), MONDAY)
    with acting(cast.louise), pytest.raises(NotAllowed):
        actions.sign(cast.maya.file_id, written, by=cast.louise, at=MONDAY)
