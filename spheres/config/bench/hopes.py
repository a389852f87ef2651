"""What stands on the plans of the first worker's people: goals, steps, marks, strengths?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

GOALS, STEPS, MARKS, LINES = 12, 30, 20, 15  # of each of the files that a bench asks for
TABLES: Final = [
    "life_plan_aim",
    "life_plan_aimstatus",
    "life_plan_course",
    "life_plan_step",
    "life_plan_stepstatus",
    "stage_marks_stagemark",
    "stage_marks_stagemarkstatus",
    "strengths_strength",
    "strengths_strengthstatus",
]
STAGES: Final = ("contemplation", "preparation", "action", "return", "maintenance")
TOPICS: Final = ("sleep", "school", "relationship")
LINE: Final = "Voir à quoi ça ressemble, sans rien signer, un jour de semaine"


def add_plan(
    rank: int,
    lock: Callable[[str, str, str, UUID], bytes],
    kept: dict[str, Any],
    add: Callable[..., None],
    *,
    number: Callable[[str, int], UUID],
    now: datetime,
) -> None:
    """One plan: every third goal is a dream, every step is chosen, marks go in any direction."""
    stood = {"file_id": kept["file_id"], "status_by": kept["written_by"]}
    aims: list[UUID] = []
    for place in range(GOALS):
        aim, when = number("aim", rank * GOALS + place), now - timedelta(days=20 * place + 5)
        aims.append(aim)
        is_dream = place % 3 == 0
        add(
            "life_plan_aim", id=aim, **{**kept, "written_at": when}, occurred_at=when,
            kind="DREAM" if is_dream else "GOAL", root_id=aim,
            dream_id=None if is_dream else aims[place - place % 3], domain="home",
            idea="HERS", agreed_on=None if is_dream else when.date(), pen="TOGETHER",
            line=lock(LINE, "life_plan_aim", "line", aim),
            her_words=lock(LINE, "life_plan_aim", "her_words", aim),
            observation=b"", support=b"",
        )  # fmt: skip
        add("life_plan_aimstatus", record_id=aim, status="SIGNED", status_at=when, **stood)
        add("life_plan_course", aim_id=aim, status="ALIVE", status_at=when, **stood)
    for place in range(STEPS):
        step, when = number("step", rank * STEPS + place), now - timedelta(days=8 * place + 1)
        add(
            "life_plan_step", id=step, **{**kept, "written_at": when}, aim_id=aims[place % GOALS],
            meant_on=None, idea="HERS", line=lock(LINE, "life_plan_step", "line", step),
        )  # fmt: skip
        add("life_plan_stepstatus", step_id=step, status="CHOSEN", status_at=when, **stood)
    for place in range(MARKS):
        mark, when = number("mark", rank * MARKS + place), now - timedelta(days=12 * place + 2)
        add(
            "stage_marks_stagemark", id=mark, **{**kept, "written_at": when}, occurred_at=when,
            topic=TOPICS[place % len(TOPICS)], sentences="stages",
            stage=STAGES[place % len(STAGES)], pen="TOGETHER", topic_words=b"",
            her_words=lock(LINE, "stage_marks_stagemark", "her_words", mark),
            observation=b"", support=b"",
        )  # fmt: skip
        add("stage_marks_stagemarkstatus", record_id=mark, status="SIGNED", status_at=when, **stood)
    for place in range(LINES):
        one, when = number("strength", rank * LINES + place), now - timedelta(days=16 * place + 3)
        add(
            "strengths_strength", id=one, **{**kept, "written_at": when}, occurred_at=when,
            kind="STRENGTH", voice="HERS", agreed_on=None, pen="HER",
            line=lock(LINE, "strengths_strength", "line", one),
            her_words=b"", observation=b"", support=b"",
        )  # fmt: skip
        add("strengths_strengthstatus", record_id=one, status="SIGNED", status_at=when, **stood)
