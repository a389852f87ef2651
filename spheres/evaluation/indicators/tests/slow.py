"""Every figure, counted slowly, row by row, from the sentences of the definitions alone.

Nothing here is shared with the question that the database is asked: two people who read the same
sentence should find the same numbers.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

Rows = dict[str, list[dict[str, Any]]]  # by table
Cell = tuple[date, UUID, str, str]
MISSED = {"missed", "cancelled_hers", "cancelled_ours", "cancelled_other"}


@dataclass(frozen=True)
class Slow:
    """One world, looked at for a while: from midnight to midnight, by month or quarter."""

    rows: Rows
    first: date
    until: date
    length: int  # months
    zone: ZoneInfo

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def holds(self, day: date) -> bool:
        return self.first <= day < self.until

    def start(self, day: date) -> date:
        return date(day.year, (day.month - 1) // self.length * self.length + 1, 1)

    @property
    def desk(self) -> UUID:
        return self.rows["regions_region"][0]["desk_organisation_id"]

    def holder(self, file: UUID) -> UUID | None:
        return next(
            (f["holder_id"] for f in self.rows["participants_file"] if f["id"] == file), None
        )

    def first_desk(self, matter: UUID) -> UUID | None:
        desks = [
            (h["starts_at"], h["id"], h["organisation_id"])
            for h in self.rows["sharing_handler"]
            if h["matter_id"] == matter and h["kind"] == "DESK"
        ]
        return min(desks)[2] if desks else None

    @property
    def met(self) -> list[dict[str, Any]]:
        """Contacts, other than those that were missed or called off; a correction is none."""
        return [
            note
            for note in self.rows["notes_note"]
            if note["kind"] not in MISSED and note["corrects_id"] is None
        ]


def each(world: Slow, table: str, moment: str) -> Iterator[tuple[date, dict[str, Any]]]:
    """The rows of a while, and the month or quarter of each."""
    for row in world.rows[table]:
        day = row[moment] if type(row[moment]) is date else world.day(row[moment])
        if world.holds(day):
            yield world.start(day), row


def count(world: Slow) -> Counter[Cell]:
    found = Counter[Cell]()
    for cell, number in cells(world):
        if cell[1] is not None:
            found[cell] += number
    return found


def cells(world: Slow) -> Iterator[tuple[Any, int]]:
    yield from of_follow_ups(world)
    yield from of_referrals(world)
    yield from of_going_back(world)
    yield from of_psychotherapy(world)
    yield from of_partners(world)
    yield from of_awareness(world)
    yield from of_advice(world)


def of_follow_ups(world: Slow) -> Iterator[tuple[Any, int]]:
    with_each = Counter[tuple[date, UUID]]()
    for note in world.met:
        if world.holds(world.day(note["written_at"])):
            with_each[world.start(world.day(note["written_at"])), note["file_id"]] += 1
    for (start, file), number in with_each.items():
        yield (start, world.holder(file), "PEOPLE", ""), 1
        yield (start, world.holder(file), "INTENSITY", how_many(number)), 1
    for start, opened in each(world, "participants_followup", "opened_at"):
        holder = world.holder(opened["file_id"])
        yield (start, holder, "FOLLOW_UPS", ""), 1
        before = [
            other
            for other in world.rows["participants_followup"]
            if other["file_id"] == opened["file_id"] and other["opened_at"] < opened["opened_at"]
        ]
        yield (start, holder, "OPENINGS", "AGAIN" if before else "FIRST"), 1
    for start, note in each(world, "notes_note", "written_at"):
        if note["corrects_id"] is None:
            yield (start, world.holder(note["file_id"]), "CONTACTS", note["kind"]), 1
            if (world.day(note["written_at"]) - world.day(note["occurred_at"])).days > 7:
                yield (start, world.holder(note["file_id"]), "LATE", ""), 1
    steps = {step["id"]: step for step in world.rows["life_plan_step"]}
    aims = {aim["id"]: aim for aim in world.rows["life_plan_aim"]}
    for start, status in each(world, "life_plan_stepstatus", "status_at"):
        step = steps.get(status["step_id"])
        aim = aims.get(step["aim_id"]) if step else None
        if status["status"] == "DONE" and aim:
            yield (start, world.holder(status["file_id"]), "STEPS", aim["domain"]), 1
    for table, measure in (
        ("urgent_needs_outcome", "NEEDS"), ("accompaniments_step", "ACCOMPANIED"),
    ):  # fmt: skip
        for start, row in each(world, table, "written_at"):
            yield (start, world.holder(row["file_id"]), measure, row["came_to"]), 1


def how_many(contacts: int) -> str:
    if contacts == 1:
        return "ONE"
    if contacts <= 5:
        return "SOME"
    return "WEEKLY" if contacts <= 12 else "MORE"


def of_referrals(world: Slow) -> Iterator[tuple[Any, int]]:
    for start, row in each(world, "admission_referralstatus", "received_at"):
        yield (start, world.first_desk(row["file_id"]), "REFERRALS", ""), 1
    for start, row in each(world, "admission_referralstatus", "status_at"):
        expired_unmet = row["status"] == "EXPIRED" and row["reason"] == ""
        if row["status"] in {"NOT_NOW", "ORIENTED", "WITHDRAWN"} or expired_unmet:
            yield (start, world.first_desk(row["file_id"]), "LEFT", ""), 1
    firsts: dict[UUID, Any] = {}
    for note in sorted(world.met, key=lambda note: (note["written_at"], note["id"])):
        firsts.setdefault(note["file_id"], note)
    for row in world.rows["admission_referralstatus"]:
        first = firsts.get(row["file_id"])
        if first and world.holds(world.day(first["written_at"])):
            start = world.start(world.day(first["written_at"]))
            met_on, received_on = world.day(first["occurred_at"]), world.day(row["received_at"])
            band = "LONGER"
            if (met_on - received_on).days < 3:
                band = "THREE_DAYS"
            elif (met_on - received_on).days <= 7:
                band = "WEEK"
            elif met_on < months_after(received_on, 1):
                band = "MONTH"
            yield (start, world.holder(row["file_id"]), "FIRST_WAIT", band), 1
            if met_on < received_on:
                yield (start, world.holder(row["file_id"]), "BACKWARDS", ""), 1


def of_going_back(world: Slow) -> Iterator[tuple[Any, int]]:
    in_order = sorted(world.met, key=lambda note: (note["written_at"], note["id"]))
    for mark in world.rows["stage_marks_stagemark"]:
        if mark["stage"] not in {"return", "going_back"} or mark["corrects_id"] is not None:
            continue
        back_on = world.day(mark["occurred_at"])
        since = [
            note
            for note in in_order
            if note["file_id"] == mark["file_id"] and world.day(note["occurred_at"]) > back_on
        ]
        if not since:
            continue
        known = world.day(max(since[0]["written_at"], mark["written_at"]))
        met_on = world.day(since[0]["occurred_at"])
        band = "LONGER"
        if (met_on - back_on).days <= 2:
            band = "THREE_DAYS"
        elif (met_on - back_on).days <= 7:
            band = "WEEK"
        elif met_on < months_after(back_on, 1):
            band = "MONTH"
        if world.holds(known):
            yield (world.start(known), world.holder(mark["file_id"]), "CLOSE_AGAIN", band), 1


def of_psychotherapy(world: Slow) -> Iterator[tuple[Any, int]]:
    said = defaultdict[UUID, list[Any]](list)
    for row in world.rows["therapy_requests_therapyrequestday"]:
        if row["what"] == "FIRST" and world.day(row["said_at"]) < world.until:
            said[row["request_id"]].append(row)
    for request in world.rows["therapy_requests_therapyrequest"]:
        days = said[request["id"]]
        if not days:
            continue
        began = world.day(min(day["said_at"] for day in days))
        last = max(day["said_at"] for day in days)
        newest = min((day for day in days if day["said_at"] == last), key=lambda day: day["id"])
        asked_on, first_on = world.day(request["written_at"]), newest["on"]
        band = "LONGER"
        if first_on < asked_on + timedelta(weeks=2):
            band = "TWO_WEEKS"
        elif first_on < asked_on + timedelta(weeks=6):
            band = "SIX_WEEKS"
        elif first_on < months_after(asked_on, 3):
            band = "THREE_MONTHS"
        if world.holds(began):
            yield (world.start(began), world.holder(request["file_id"]), "THERAPY_WAIT", band), 1


def of_partners(world: Slow) -> Iterator[tuple[Any, int]]:
    meetings: dict[UUID, datetime] = {}
    for roll in world.rows["committees_roll"]:
        known = meetings.get(roll["meeting_id"], roll["noted_at"])
        meetings[roll["meeting_id"]] = min(known, roll["noted_at"])
    for noted_at in meetings.values():
        if world.holds(world.day(noted_at)):
            yield (world.start(world.day(noted_at)), world.desk, "MEETINGS", ""), 1
    promises = {row["id"]: row["organisation_id"] for row in world.rows["committees_promise"]}
    for start, row in each(world, "committees_promise", "written_at"):
        yield (start, row["organisation_id"], "PROMISED", ""), 1
    for start, row in each(world, "committees_promisestatus", "status_at"):
        if row["status"] == "KEPT":
            yield (start, promises.get(row["id"]), "KEPT", ""), 1
    for row in world.rows["sessions_trainingsession"]:
        is_closed = row["closed_at"] and world.day(row["closed_at"]) < world.until
        is_over = row["ends_at"] and world.holds(world.day(row["ends_at"]))
        if is_over and not is_closed and not row["cancelled_at"]:
            yield (world.start(world.day(row["ends_at"])), row["host_id"], "UNCLOSED", ""), 1
        if row["closed_at"] and world.holds(world.day(row["closed_at"])):
            yield (world.start(world.day(row["closed_at"])), row["host_id"], "TRAININGS", ""), 1
    for start, row in each(world, "attestations_attestation", "said_at"):
        if row["source"] == "SESSION":
            yield (start, world.desk, "TRAINED", ""), 1


def of_awareness(world: Slow) -> Iterator[tuple[Any, int]]:
    for event in world.rows["events_event"]:
        told_on = max(event["held_on"], world.day(event["noted_at"]))
        off = event["cancelled_at"]
        if world.holds(told_on) and (off is None or world.day(off) >= world.until):
            yield (world.start(told_on), world.desk, "EVENTS", event["kind"]), 1
            present = [number for number in event["heads"] if number is not None]
            if present:
                yield (world.start(told_on), world.desk, "REACHED", ""), sum(present)
            else:
                yield (world.start(told_on), world.desk, "UNSEEN", ""), 1
    for start, row in each(world, "heard_heard", "starts_on"):
        yield (start, row["organisation_id"], "HEARD", row["how"]), 1


def of_advice(world: Slow) -> Iterator[tuple[Any, int]]:
    for start, row in each(world, "intervention_support_advicerequest", "received_at"):
        yield (start, world.first_desk(row["id"]), "ADVICE", ""), 1
    for start, row in each(world, "intervention_support_adviceword", "written_at"):
        desk = world.first_desk(row["request_id"])
        if row["speed"]:
            yield (start, desk, "ADVICE_SPEED", row["speed"]), 1
        for code in row["outcomes"]:
            yield (start, desk, "ADVICE_GAVE", code), 1
    for start, row in each(world, "intervention_support_advicefeedback", "starts_on"):
        yield (start, row["organisation_id"], "ADVICE_CLEAR", row["clearer"]), 1
        yield (start, row["organisation_id"], "ADVICE_EQUIP", row["equipped"]), 1


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def tables(names: Iterable[str], read: Any) -> Rows:
    """All the rows of these tables, as whoever nothing is hidden from reads them."""
    found: Rows = {}
    for name in names:
        cursor = read(f"select * from {name}")  # our own tables
        columns = [column.name for column in cursor.description]
        found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found
