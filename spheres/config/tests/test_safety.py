"""Is what keeps her safe one press away for who walks with her, and closed to who does not?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.covering import actions as covering
from spheres.followup.handing_over.tests.factories import hand_over
from spheres.followup.notes import actions as notes
from spheres.followup.passages import actions as passages
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests import factories
from spheres.followup.urgent_needs import actions as needs
from spheres.followup.urgent_needs.models import Answer
from spheres.participants.models import Assignment, FollowUpStatus
from spheres.records.between import places
from spheres.vault import actions as vault
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in

MESSAGE = "T’es revenue. C’est ça qui compte."
COURSE = {"change": "Dormir chez moi", "message": MESSAGE}
LATER = TUESDAY + timedelta(hours=1)

pytestmark = pytest.mark.django_db


def keep(cast: Cast, part: str, **said: Any) -> None:
    with acting(cast.ines):
        factories.write(
            cast.maya.file_id, uuid_of(part), by=cast.ines, at=MONDAY, part=part, **said
        )


def ask(actor: Actor, url: str, at: Any = LATER) -> tuple[int, str]:
    client: Client = signed_in(actor, at=at, language="en")
    with clock.at(at):
        answer = client.get(url)
    return answer.status_code, answer.content.decode(errors="replace")


def address(cast: Cast, rest: str = "safety_net/") -> str:
    return f"/files/{cast.maya.file_id}/{rest}"


def test_every_page_of_her_file_has_both_at_the_same_place_and_neither_leads_nowhere(
    cast: Cast,
) -> None:
    ways = [f'href="{address(cast, f"safety_net/{rest}")}"' for rest in ("urgent/", "")]
    ways.append('href="/b"')
    pages = [
        "", "who/", "summary/", "summary/versions/", "notes/new/", "urgent_needs/new/", "meetings/",
        "identity/", "reaching/", "fit/", "closing/", "safety_net/", "safety_net/course/",
        "safety_net/new/",
    ]  # fmt: skip

    for rest in pages:
        status, page = ask(cast.ines, address(cast, rest))
        assert status == 200, rest
        strip = page.partition('class="staff-file"')[2].partition("</nav>")[0]
        assert [way in strip for way in ways] == [True, True, True], rest
        assert page.index('class="staff-file"') < page.index("<main"), rest
    for url in (address(cast, "safety_net/urgent/"), address(cast), "/b"):
        assert ask(cast.ines, url)[0] == 200
    # Away from a file, nobody's: danger and urgency all the same, and the way out.
    strip = ask(cast.ines, "/")[1].partition('class="staff-file"')[2].partition("</nav>")[0]
    assert re.findall('href="([^"]+)"', strip) == ["/danger/", "/urgent/", "/b"]


def test_whoever_answers_for_a_while_reads_nothing_of_it_and_is_told_what_to_do(cast: Cast) -> None:
    keep(cast, Part.NET)
    with acting(cast.ines):
        away = covering.Away(uuid_of("away"), cast.yanick.user_id, TUESDAY, FRIDAY)
        covering.be_away(away, by=cast.ines, at=MONDAY)

    status, page = ask(cast.yanick, address(cast))
    urgent = ask(cast.yanick, address(cast, "safety_net/urgent/"))

    assert (status, "Karine" in page, "stays with them" in page) == (200, False, True)
    assert (urgent[0], "Note an urgent need" in urgent[1]) == (200, True)
    closed = [
        ask(cast.yanick, address(cast, f"safety_net/{rest}"))[0]
        for rest in ("new/", "card/", "paper/?part=NET", f"{uuid_of(Part.NET)}/")
    ]
    assert closed == [403, 404, 404, 404]


@pytest.mark.parametrize("faces", [("safety",), ("identity", "safety")])
def test_whom_she_is_handed_to_reads_it_when_she_lets_it_pass_and_writes_nothing(
    cast: Cast, faces: tuple[str, ...]
) -> None:
    keep(cast, Part.NET)
    handed_id = hand_over(cast, *faces)

    handed = ask(cast.yanick, reverse("handing_over:handed", args=[handed_id]))[1]
    status, page = ask(cast.yanick, address(cast))

    assert "Karine" in handed
    assert f'href="{address(cast)}"' in handed
    assert (status, "Karine" in page, "You read this page" in page) == (200, True, True)
    assert ("Maya" in page) is ("identity" in faces)
    assert "new/?part" not in page
    assert ask(cast.yanick, address(cast, "safety_net/card/"))[0] == 200
    assert ask(cast.yanick, address(cast, "safety_net/new/"))[0] in (403, 404)


def test_whom_she_is_handed_to_without_it_reads_nothing(cast: Cast) -> None:
    keep(cast, Part.NET)
    handed_id = hand_over(cast, "identity", "contact")

    handed = ask(cast.yanick, reverse("handing_over:handed", args=[handed_id]))[1]

    assert "Karine" not in handed
    assert "Karine" not in ask(cast.yanick, address(cast))[1]


@pytest.mark.parametrize("who", ["samir", "louise", "karim", "roy", "amrani"])
def test_strangers_find_nothing(cast: Cast, who: str) -> None:
    keep(cast, Part.NET)
    urls = [
        "",
        "course/",
        "urgent/",
        "blank/",
        "card/",
        "paper/?part=NET",
        "versions/?part=NET",
        "new/",
    ]

    answers = {ask(getattr(cast, who), address(cast, f"safety_net/{url}"))[0] for url in urls}

    assert answers == {404}


def test_the_day_she_comes_back_her_message_to_herself_is_first(cast: Cast) -> None:
    keep(cast, Part.COURSE, answers=COURSE)
    file_id = cast.maya.file_id
    assert MESSAGE not in ask(cast.ines, address(cast, ""))[1]
    with acting(cast.ines, TUESDAY):
        passages.pass_to(file_id, FollowUpStatus.Status.LEFT, by=cast.ines, at=TUESDAY)
    with acting(cast.ines, LATER):
        passages.come_back(file_id, by=cast.ines, at=LATER)

    page = ask(cast.ines, address(cast, ""))[1].partition("<main")[2]

    assert page.index(MESSAGE) < page.index("In their words")
    assert "Dormir chez moi" not in page  # the rest stays folded until she asks


def test_a_need_that_is_not_met_is_beside_her_course_and_gently_on_my_day(cast: Cast) -> None:
    keep(cast, Part.COURSE, answers=COURSE)
    file_id, need_id = cast.maya.file_id, uuid_of("papers")
    with acting(cast.ines):
        needs.sign(file_id, needs.Written(need_id, "papers", MONDAY), by=cast.ines, at=MONDAY)
        told = needs.Told(uuid_of("told"), Answer.Status.STILL_THERE)
        needs.close(file_id, need_id, told, by=cast.ines, at=MONDAY)

    day = ask(cast.ines, "/")[1].partition("<main")[2]
    course = ask(cast.ines, address(cast, "safety_net/course/"))[1].partition("<main")[2]

    assert day.index("When the moment is right") < day.index("Maya: papers, not met yet")
    assert course.index(MESSAGE) < course.index("What is not met yet") < course.index("Papers")
    with acting(cast.ines, LATER):
        met = needs.Told(uuid_of("met"), Answer.Status.MET)
        needs.close(file_id, need_id, met, by=cast.ines, at=LATER)
    assert "not met yet" not in ask(cast.ines, "/")[1]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("crisis", "After a heavy moment"),
        ("moved", "After a move"),
        ("away", "After some time away"),
    ],
)
def test_a_note_may_call_for_looking_again_at_it(cast: Cast, tag: str, words: str) -> None:
    keep(cast, Part.NET)
    with acting(cast.ines, TUESDAY):
        note = notes.Written(uuid_of("note"), "meeting", TUESDAY, tags=[tag])
        notes.sign(cast.maya.file_id, note, by=cast.ines, at=TUESDAY)

    assert f"{words}, Maya may want to look again" in ask(cast.ines, "/")[1]


def test_somebody_new_beside_her_may_look_at_it_with_her(cast: Cast) -> None:
    keep(cast, Part.NET)
    with acting(cast.ines, TUESDAY):
        beside = Assignment(
            id=uuid_of("Yanick too"), file_id=cast.maya.file_id, starts_at=TUESDAY,
            user_id=cast.yanick.user_id, part=Assignment.Part.SUPPORT,
        )  # fmt: skip
        Assignment.objects.bulk_create([beside])

    for worker in (cast.ines, cast.yanick):
        assert "Somebody new walks with Maya" in ask(worker, "/")[1]


def test_her_plan_shows_the_first_lines_and_the_way_in(cast: Cast) -> None:
    keep(cast, Part.NET)
    with acting(cast.ines):
        [found] = [
            block
            for one in places.plan_of(cast.maya.file_id, actor=cast.ines, since=None)
            if vault.open(one.rows, by=cast.ines)
            if (block := one.block()) and block.template == "safety_net/plan.html"
        ]

    assert [(one["label"], one["lines"], one["more"]) for one in found.says["sheets"]] == [
        (Part.NET.label, ["Karine", "La halte", "Tel-jeunes"], False)
    ]


@pytest.mark.parametrize("versions", [1, 3])
def test_its_page_costs_the_same_for_one_version_and_three(cast: Cast, versions: int) -> None:
    for number in range(versions):
        with acting(cast.ines):
            for part in Part:
                factories.write(
                    cast.maya.file_id, uuid_of(f"{part} {number}"), by=cast.ines, at=MONDAY,
                    part=part,
                )  # fmt: skip
    ines = signed_in(cast.ines, at=LATER)

    with clock.at(LATER), CaptureQueriesContext(connection) as asked:
        assert ines.get(address(cast)).status_code == 200

    # The test's own savepoint, its end and the context taken back are three.
    assert len(asked) - 3 <= 8
