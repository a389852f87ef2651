"""What is counted of the way in, of follow-ups and of what is done there? Never of one person."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.evaluation.indicators.definitions.indicator import (
    FIRST_DESK,
    HANDLERS,
    HOLDERS,
    Indicator,
    Shape,
    month,
    within,
)
from spheres.evaluation.indicators.models import FirstWait, Intensity, Measure, Opening, Wait
from spheres.evaluation.theory.models import Component
from spheres.followup.accompaniments.models import EVENTUAL
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.life_plan.models import DOMAINS, StepStatus
from spheres.followup.notes.models import NOT_HELD
from spheres.followup.stage_marks.models import GOING_BACK
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.followup.urgent_needs.models import Answer

Status = ReferralStatus.Status
WITHOUT: Final = ", ".join(f"'{s}'" for s in (Status.NOT_NOW, Status.ORIENTED, Status.WITHDRAWN))
NOT_MET: Final = ", ".join(f"'{kind}'" for kind in NOT_HELD)
MET: Final = f"{{note}}.kind not in ({NOT_MET}) and {{note}}.corrects_id is null"
# Of each referral whose first contact was noted in the while: who walks there, and the two days.
FIRST_MET: Final = f"""(
            select f.holder_id, n.written_at,
              (n.occurred_at at time zone {{zone}})::date as met_on,
              (r.received_at at time zone {{zone}})::date as received_on
            from notes_note n
            join participants_file f on f.id = n.file_id
            join admission_referralstatus r on r.file_id = n.file_id
            where {within("n.written_at")} and {MET.format(note="n")} and not exists (
              select from notes_note m where m.file_id = n.file_id and {MET.format(note="m")}
                and (m.written_at, m.id) < (n.written_at, n.id))
          )"""
FIRST_READS: Final = {
    "admission_referralstatus": ("file_id", "received_at"),
    "notes_note": ("id", "file_id", "kind", "written_at", "occurred_at", "corrects_id"),
    **HOLDERS,
}
# Each time somebody said that she went back, and the first contact of another day since.
BACK_AND_MET: Final = f"""(
            select f.holder_id, greatest(n.written_at, m.written_at) as known_at, n.met_on,
              (m.occurred_at at time zone {{zone}})::date as back_on
            from stage_marks_stagemark m
            join participants_file f on f.id = m.file_id
            join lateral (
              select n.written_at, (n.occurred_at at time zone {{zone}})::date as met_on
              from notes_note n
              where n.file_id = m.file_id and {MET.format(note="n")}
                and (n.occurred_at at time zone {{zone}})::date
                  > (m.occurred_at at time zone {{zone}})::date
              order by n.written_at, n.id limit 1
            ) n on true
            where m.stage in ({", ".join(f"'{stage}'" for stage in sorted(GOING_BACK))})
              and m.corrects_id is null
          )"""
REFERRALS: Final = _("The referrals as the desk received and closed them.")
NOTES: Final = _("Signed notes.")
NOT_NOTED: Final = _("What was done and not noted is not counted.")

INDICATORS: Final = (
    Indicator(
        Measure.PEOPLE, 1, Component.FOLLOW_UP, Shape.QUARTER,
        counts=_(
            "Each young person with at least one contact noted in the quarter, other than a missed "
            "meeting. Someone whom two organisations accompany is counted by each of them."
        ),
        unit=_("A young person, once by organisation"),
        unknowns=NOT_NOTED,
        records=NOTES,
        query=f"""
        select {month("n.written_at")}, f.holder_id, '{Measure.PEOPLE}', '',
            count(distinct n.file_id)
          from notes_note n join participants_file f on f.id = n.file_id
          where {within("n.written_at")} and {MET.format(note="n")} group by 1, 2""",
        reads={"notes_note": ("file_id", "kind", "written_at", "corrects_id"), **HOLDERS},
        listed="people",
    ),
    Indicator(
        Measure.INTENSITY, 1, Component.FOLLOW_UP, Shape.BANDS,
        counts=_(
            "The young people of the quarter, by how many contacts were noted with each of them, "
            "missed meetings left out. Many or few is neither good nor bad: each sets the pace."
        ),
        unit=_("A young person, once by organisation"),
        unknowns=NOT_NOTED,
        records=NOTES,
        query=f"""
        select p.starts_on, p.holder_id, '{Measure.INTENSITY}', case
            when p.number < 2 then '{Intensity.ONE}' when p.number < 6 then '{Intensity.SOME}'
            when p.number < 13 then '{Intensity.WEEKLY}' else '{Intensity.MORE}' end, count(*)
          from (
            select {month("n.written_at")} as starts_on, f.holder_id, n.file_id,
              count(*) as number
            from notes_note n join participants_file f on f.id = n.file_id
            where {within("n.written_at")} and {MET.format(note="n")} group by 1, 2, 3
          ) p group by 1, 2, 4""",
        reads={"notes_note": ("file_id", "kind", "written_at", "corrects_id"), **HOLDERS},
        choices=Intensity.choices,
        listed="people",
    ),
    Indicator(
        Measure.REFERRALS, 1, Component.FOLLOW_UP, Shape.MONTHS,
        counts=_("Every referral that came to the desk that month, whatever became of it."),
        unit=_("A referral"),
        unknowns=_("Two referrals of one person count twice: they are not told apart here."),
        records=REFERRALS,
        query=f"""
        select {month("r.received_at")}, d.organisation_id, '{Measure.REFERRALS}', '', count(*)
          from admission_referralstatus r {FIRST_DESK.format(matter="r.file_id")}
          where {within("r.received_at")} group by 1, 2""",
        reads={"admission_referralstatus": ("file_id", "received_at"), **HANDLERS},
        listed="desk",
    ),
    Indicator(
        Measure.FIRST_WAIT, 1, Component.FOLLOW_UP, Shape.BANDS,
        counts=_(
            "Each referral whose first contact was noted this quarter, by the time since it was "
            "received; a missed meeting is no contact. Whoever was not reached yet is not in it: "
            "short waits here do not say that nobody waits long."
        ),
        unit=_("A referral"),
        unknowns=_("Whoever chose to wait, and whoever could not be reached, are not told apart."),
        records=_("The day a referral was received, and the day of the first contact noted."),
        query=f"""
        select {month("t.written_at")}, t.holder_id, '{Measure.FIRST_WAIT}', case
            when t.met_on - t.received_on < 3 then '{FirstWait.THREE_DAYS}'
            when t.met_on - t.received_on < 8 then '{FirstWait.WEEK}'
            when t.met_on < t.received_on + interval '1 month' then '{FirstWait.MONTH}'
            else '{FirstWait.LONGER}' end, count(*)
          from {FIRST_MET} t group by 1, 2, 4""",
        reads=FIRST_READS,
        choices=FirstWait.choices,
        listed="desk",
    ),
    Indicator(
        Measure.CLOSE_AGAIN, 1, Component.FOLLOW_UP, Shape.BANDS,
        counts=_(
            "Each time a young person said that they had gone back, and a contact of another day "
            "is known since this quarter, by the days between. Going back is part of the way: "
            "what is counted is how near we stayed."
        ),
        unit=_("A time somebody went back"),
        unknowns=_(
            "What was not said is not counted, nor whoever was not met since; whoever wished to "
            "be left in peace is not told apart."
        ),
        records=_("Stage marks, and signed notes."),
        query=f"""
        select {month("t.known_at")}, t.holder_id, '{Measure.CLOSE_AGAIN}', case
            when t.met_on - t.back_on < 3 then '{FirstWait.THREE_DAYS}'
            when t.met_on - t.back_on < 8 then '{FirstWait.WEEK}'
            when t.met_on < t.back_on + interval '1 month' then '{FirstWait.MONTH}'
            else '{FirstWait.LONGER}' end, count(*)
          from {BACK_AND_MET} t where {within("t.known_at")} group by 1, 2, 4""",
        reads={
            "stage_marks_stagemark": (
                "id", "file_id", "stage", "written_at", "occurred_at", "corrects_id",
            ),
            "notes_note": ("id", "file_id", "kind", "written_at", "occurred_at", "corrects_id"),
            **HOLDERS,
        },
        choices=FirstWait.choices,
        listed="people",
    ),
    Indicator(
        Measure.FOLLOW_UPS, 1, Component.FOLLOW_UP, Shape.MONTHS,
        counts=_("Every follow-up opened that month. Someone who comes back opens another one."),
        unit=_("A follow-up"),
        unknowns=_("Nothing is known here of a follow-up that another programme offers."),
        records=_("The day each follow-up was opened."),
        query=f"""
        select {month("u.opened_at")}, f.holder_id, '{Measure.FOLLOW_UPS}', '', count(*)
          from participants_followup u join participants_file f on f.id = u.file_id
          where {within("u.opened_at")} group by 1, 2""",
        reads={"participants_followup": ("file_id", "opened_at"), **HOLDERS},
        listed="people",
    ),
    Indicator(
        Measure.OPENINGS, 1, Component.FOLLOW_UP, Shape.BANDS,
        counts=_(
            "The follow-ups opened in the quarter: a first one, or one of somebody who comes back. "
            "Coming back is part of the way."
        ),
        unit=_("A follow-up"),
        unknowns=_("Whoever was accompanied elsewhere before is counted as coming first."),
        records=_("The day each follow-up was opened."),
        query=f"""
        select {month("u.opened_at")}, f.holder_id, '{Measure.OPENINGS}', case
            when exists (select from participants_followup b
                where b.file_id = u.file_id and b.opened_at < u.opened_at)
              then '{Opening.AGAIN}' else '{Opening.FIRST}' end, count(*)
          from participants_followup u join participants_file f on f.id = u.file_id
          where {within("u.opened_at")} group by 1, 2, 4""",
        reads={"participants_followup": ("file_id", "opened_at"), **HOLDERS},
        choices=Opening.choices,
        listed="people",
    ),
    Indicator(
        Measure.LEFT, 1, Component.FOLLOW_UP, Shape.MONTHS,
        counts=_(
            "Referrals closed that month without a follow-up: not now, oriented elsewhere, "
            "withdrawn, or erased after the region’s delay without having been met. Only the count "
            "is kept. Whoever comes back later is counted again, among the follow-ups."
        ),
        unit=_("A referral"),
        unknowns=_("Why is not counted: the reason stays with the referral."),
        records=REFERRALS,
        # What expired with a reason had been closed before, and was counted then.
        query=f"""
        select {month("r.status_at")}, d.organisation_id, '{Measure.LEFT}', '', count(*)
          from admission_referralstatus r {FIRST_DESK.format(matter="r.file_id")}
          where {within("r.status_at")}
            and (r.status in ({WITHOUT}) or (r.status = '{Status.EXPIRED}' and r.reason = ''))
          group by 1, 2""",
        reads={
            "admission_referralstatus": ("file_id", "status", "status_at", "reason"),
            **HANDLERS,
        },
        listed="desk",
    ),
    Indicator(
        Measure.CONTACTS, 1, Component.FOLLOW_UP, Shape.KINDS_BY_MONTH,
        counts=_(
            "Contacts signed that month, on the day they were noted. A correction does not count "
            "again."
        ),
        unit=_("A contact"),
        unknowns=NOT_NOTED,
        records=NOTES,
        query=f"""
        select {month("n.written_at")}, f.holder_id, '{Measure.CONTACTS}', n.kind::text, count(*)
          from notes_note n join participants_file f on f.id = n.file_id
          where {within("n.written_at")} and n.corrects_id is null group by 1, 2, 4""",
        reads={"notes_note": ("file_id", "kind", "written_at", "corrects_id"), **HOLDERS},
        vocabulary="contact_kinds",
        listed="people",
    ),
    Indicator(
        Measure.STEPS, 1, Component.FOLLOW_UP, Shape.KINDS,
        counts=_(
            "The small steps that young people took towards what they want, by part of life. A "
            "step that was not taken is never late, and is not counted."
        ),
        unit=_("A step, each time it is said to be done"),
        unknowns=_(
            "Most of what a person does is never written. The part of life is that of the dream or "
            "goal when it was first said."
        ),
        records=_("The steps of life plans."),
        query=f"""
        select {month("s.status_at")}, f.holder_id, '{Measure.STEPS}', a.domain::text, count(*)
          from life_plan_stepstatus s
          join life_plan_step t on t.id = s.step_id
          join life_plan_aim a on a.id = t.aim_id
          join participants_file f on f.id = s.file_id
          where s.status = '{StepStatus.Status.DONE}' and {within("s.status_at")}
          group by 1, 2, 4""",
        reads={
            "life_plan_stepstatus": ("step_id", "file_id", "status", "status_at"),
            "life_plan_step": ("id", "aim_id"),
            "life_plan_aim": ("id", "domain"),
            **HOLDERS,
        },
        vocabulary=DOMAINS,
        choices=(("", _("Not said")),),
        listed="people",
    ),
    Indicator(
        Measure.NEEDS, 1, Component.FOLLOW_UP, Shape.KINDS,
        counts=_(
            "What came of what was urgent (to sleep, eat, be cared for, get around), each time it "
            "was noted: a need met late is a need met."
        ),
        unit=_("Something that came of a need"),
        unknowns=_("A need that somebody met without the programme is not counted."),
        records=_("What was noted of urgent needs."),
        query=f"""
        select {month("o.written_at")}, f.holder_id, '{Measure.NEEDS}', o.came_to::text, count(*)
          from urgent_needs_outcome o join participants_file f on f.id = o.file_id
          where {within("o.written_at")} group by 1, 2, 4""",
        reads={"urgent_needs_outcome": ("file_id", "came_to", "written_at"), **HOLDERS},
        choices=[one for one in Answer.Status.choices if one[0] != Answer.Status.OPEN],
        listed="people",
    ),
    Indicator(
        Measure.ACCOMPANIED, 1, Component.FOLLOW_UP, Shape.KINDS,
        counts=_(
            "What came of the proceedings in which young people were accompanied, each time it was "
            "noted. Setting something aside is a choice, and a refusal is the organisation’s."
        ),
        unit=_("A step of proceedings"),
        unknowns=NOT_NOTED,
        records=_("What was noted of accompaniments."),
        query=f"""
        select {month("s.written_at")}, f.holder_id, '{Measure.ACCOMPANIED}', s.came_to::text,
            count(*)
          from accompaniments_step s join participants_file f on f.id = s.file_id
          where {within("s.written_at")} group by 1, 2, 4""",
        reads={"accompaniments_step": ("file_id", "came_to", "written_at"), **HOLDERS},
        choices=[(code, code.label) for code in EVENTUAL],
        listed="people",
    ),
    Indicator(
        Measure.THERAPY_WAIT, 1, Component.FOLLOW_UP, Shape.BANDS,
        counts=_(
            "Each psychotherapy whose first appointment was noted this quarter, by the time since "
            "it was asked for. Whoever is still waiting is not in it yet: short waits here do not "
            "say that nobody waits long. Asked for again after a no, the time begins again."
        ),
        unit=_("A request for psychotherapy"),
        unknowns=_("Requests that were turned down or taken back are not counted."),
        records=_("The days that psychotherapists say: asked, accepted, first appointment."),
        # Said anew, a first appointment stays in the quarter in which it was first said.
        query=f"""
        select {month("t.said_at")}, f.holder_id, '{Measure.THERAPY_WAIT}', case
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
          where {within("t.said_at")} group by 1, 2, 4""",
        reads={
            "therapy_requests_therapyrequest": ("id", "file_id", "written_at"),
            "therapy_requests_therapyrequestday": ("id", "request_id", "what", "on", "said_at"),
            **HOLDERS,
        },
        choices=Wait.choices,
    ),
)  # fmt: skip
