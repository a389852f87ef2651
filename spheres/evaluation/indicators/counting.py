"""What is counted, and which columns are looked at for it? One question, asked of the database.

Every date is the day something was written down or decided, which never moves: a month that is
over is complete, so it is counted once and for good (ADR figures).
"""

from __future__ import annotations

from typing import Final

from spheres.evaluation.indicators.models import ROLLUPS, Measure, Wait
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.notes.models import NOT_HELD
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.sharing.counting import Counting

Status = ReferralStatus.Status
WITHOUT: Final = ", ".join(f"'{s}'" for s in (Status.NOT_NOW, Status.ORIENTED, Status.WITHDRAWN))
NOT_MET: Final = ", ".join(f"'{kind}'" for kind in NOT_HELD)
# A matter is its first desk's: where it arrived.
DESK: Final = """
      join lateral (
        select h.organisation_id from sharing_handler h
        where h.matter_id = {matter} and h.kind = 'DESK' order by h.starts_at, h.id limit 1
      ) d on true"""


def _month(column: str) -> str:
    return f"date_trunc({{span}}, {column} at time zone {{zone}})::date"


def _in(column: str) -> str:
    return f"{column} >= {{from_at}} and {column} < {{until_at}}"


def _said_of_advice(measure: str, column: str) -> str:
    """What professionals said of one question: of a month, for nothing finer is kept."""
    return f"""select date_trunc({{span}}, s.starts_on)::date, s.organisation_id, '{measure}',
        s.{column}::text, count(*)
      from intervention_support_advicefeedback s
      where s.starts_on >= ({{from_at}} at time zone {{zone}})::date
        and s.starts_on < ({{until_at}} at time zone {{zone}})::date group by 1, 2, 4"""  # noqa: S608 -- ours


FIGURES: Final = Counting(
    name="figures",
    service=ROLLUPS,
    query=f"""
    select {_month("r.received_at")}, d.organisation_id, '{Measure.REFERRALS}', '', count(*)
      from admission_referralstatus r {DESK.format(matter="r.file_id")}
      where {_in("r.received_at")} group by 1, 2
    union all
    -- What expired with a reason had been closed before, and was counted then.
    select {_month("r.status_at")}, d.organisation_id, '{Measure.LEFT}', '', count(*)
      from admission_referralstatus r {DESK.format(matter="r.file_id")}
      where {_in("r.status_at")}
        and (r.status in ({WITHOUT}) or (r.status = '{Status.EXPIRED}' and r.reason = ''))
      group by 1, 2
    union all
    select {_month("u.opened_at")}, f.holder_id, '{Measure.FOLLOW_UPS}', '', count(*)
      from participants_followup u join participants_file f on f.id = u.file_id
      where {_in("u.opened_at")} group by 1, 2
    union all
    select {_month("a.received_at")}, d.organisation_id, '{Measure.ADVICE}', '', count(*)
      from intervention_support_advicerequest a {DESK.format(matter="a.id")}
      where {_in("a.received_at")} group by 1, 2
    union all
    select {_month("w.written_at")}, d.organisation_id, '{Measure.ADVICE_SPEED}', w.speed::text,
        count(*)
      from intervention_support_adviceword w {DESK.format(matter="w.request_id")}
      where {_in("w.written_at")} and w.speed <> '' group by 1, 2, 4
    union all
    select {_month("w.written_at")}, d.organisation_id, '{Measure.ADVICE_GAVE}', o.code::text,
        count(*)
      from intervention_support_adviceword w {DESK.format(matter="w.request_id")}
      cross join lateral unnest(w.outcomes) as o(code)
      where {_in("w.written_at")} group by 1, 2, 4
    union all
    {_said_of_advice(Measure.ADVICE_CLEAR, "clearer")}
    union all
    {_said_of_advice(Measure.ADVICE_EQUIP, "equipped")}
    union all
    select date_trunc({{span}}, s.starts_on)::date, s.organisation_id, '{Measure.HEARD}',
        s.how::text, count(*)
      from heard_heard s
      where s.starts_on >= ({{from_at}} at time zone {{zone}})::date
        and s.starts_on < ({{until_at}} at time zone {{zone}})::date group by 1, 2, 4
    union all
    -- Said anew, a first appointment stays in the quarter in which it was first said.
    select {_month("t.said_at")}, f.holder_id, '{Measure.THERAPY_WAIT}', case
        when t.first_on - t.asked_on < 14 then '{Wait.TWO_WEEKS}'
        when t.first_on - t.asked_on < 42 then '{Wait.SIX_WEEKS}'
        when t.first_on < t.asked_on + interval '3 months' then '{Wait.THREE_MONTHS}'
        else '{Wait.LONGER}' end, count(*)
      from (
        select q.file_id, (q.written_at at time zone {{zone}})::date as asked_on,
          min(d.said_at) as said_at,
          (array_agg(d."on" order by d.said_at desc, d.id))[1] as first_on
        from therapy_requests_therapyrequestday d
        join therapy_requests_therapyrequest q on q.id = d.request_id
        where d.what = '{TherapyRequestDay.What.FIRST}' and d.said_at < {{until_at}}
        group by q.id, q.file_id, q.written_at
      ) t join participants_file f on f.id = t.file_id
      where {_in("t.said_at")} group by 1, 2, 4
    union all
    select {_month("n.written_at")}, f.holder_id, '{Measure.CONTACTS}', n.kind::text, count(*)
      from notes_note n join participants_file f on f.id = n.file_id
      where {_in("n.written_at")} and n.corrects_id is null group by 1, 2, 4
    union all
    select {_month("n.written_at")}, f.holder_id, '{Measure.PEOPLE}', '',
        count(distinct n.file_id)
      from notes_note n join participants_file f on f.id = n.file_id
      where {_in("n.written_at")} and n.kind not in ({NOT_MET}) group by 1, 2""",  # noqa: S608 -- every name is ours
    reads={
        "admission_referralstatus": (
            "file_id",
            "received_at",
            "status",
            "status_at",
            "reason",
        ),
        "participants_followup": ("file_id", "opened_at"),
        "intervention_support_advicerequest": ("id", "received_at"),
        "intervention_support_adviceword": ("request_id", "written_at", "speed", "outcomes"),
        "intervention_support_advicefeedback": (
            "organisation_id",
            "starts_on",
            "clearer",
            "equipped",
        ),
        "therapy_requests_therapyrequest": ("id", "file_id", "written_at"),
        "therapy_requests_therapyrequestday": ("id", "request_id", "what", "on", "said_at"),
        "heard_heard": ("organisation_id", "starts_on", "how"),
        "notes_note": ("file_id", "kind", "written_at", "corrects_id"),
        "participants_file": ("id", "holder_id"),
        "sharing_handler": ("matter_id", "organisation_id", "kind", "starts_at", "id"),
    },
)
