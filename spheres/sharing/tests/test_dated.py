"""Is what somebody did dated of the moment at which it is written down, and where not yet, why not?

A row says who did it and when; where `dated` names that column, the policy compares it with the
moment of the signed context, which is the server's. Whoever holds a session of the database and
nothing else can date nothing otherwise there. The other tables are named here, with the reason:
none is added in silence.
"""

from __future__ import annotations

from itertools import chain

import pytest
from django.db import ProgrammingError, models, transaction

from spheres.core.words import Word
from spheres.sharing import compile as compiled
from spheres.sharing.models import Consent, Restriction
from spheres.sharing.tests.test_said_by_her import consent_of
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of

# Besides the columns that stand beside a `…_by`.
DATES = ("done_at", "given_at", "noted_at", "said_at", "status_at", "told_at", "written_at")

NOT_YET = {
    # Said at the end of a thing that began dated: what a change must leave says it (`becomes`).
    "its end is a change of the row, held by what the change must leave": (
        "activities_hold.ended_at",
        "advisory_round.counted_at",
        "advisory_round.settled_at",
        "directory_remark.settled_at",
        "events_event.cancelled_at",
        "meeting_papers_meetingpaper.taken_off_at",
        "offer_offered.withdrawn_at",
        "openings_unusual.outcome_at",
        "outings_outing.ended_at",
        "participants_suspension.ended_at",
        "practice_groups_practicegroup.ended_at",
        "practice_groups_practicesession.cancelled_at",
        "reports_report.locked_at",
        "research_drop.done_at",
        "research_extract.answered_at",
        "research_protocol.ended_at",
        "restrictions_refusal.ended_at",
        "learning_learninground.after_at",
        "learning_learninground.closed_at",
        "rounds_reflectionround.counted_at",
        "rounds_reflectionround.put_away_at",
        "rounds_reflectionround.settled_at",
        "sessions_trainingsession.cancelled_at",
        "sessions_trainingsession.closed_at",
        "sessions_trainingsession.moved_at",
        "sessions_trainingsession.reassigned_at",
        "sharing_along.withdrawn_at",
        "sharing_committeemeeting.cancelled_at",
        "sharing_committeemeeting.moved_at",
        "sharing_committeemember.ended_at",
        "sharing_consent.withdrawn_at",
        "sharing_custody.ended_at",
        "sharing_notebook.ended_at",
        "sharing_seat.ended_at",
        "sharing_supervised.withdrawn_at",
        "supervision_slot.asked_at",
        "supervision_slot.ended_at",
        "withdrawals_notice.settled_at",
    ),
    "a state: each move changes the row, and only the journal says all of them": (
        "access_requests_requeststatus.status_at",
        "accompaniments_accompanimentstatus.status_at",
        "accompaniments_course.status_at",
        "accompaniments_outgoingstatus.status_at",
        "accounts_recoverystatus.status_at",
        "accounts_recoverystatus.vouched_at",
        "activities_activitystatus.status_at",
        "activities_participationstatus.status_at",
        "admission_offer.status_at",
        "admission_referralstatus.status_at",
        "committees_promisestatus.status_at",
        "exercises_plansheetstatus.status_at",
        "exercises_safetysheetstatus.status_at",
        "handing_over_passingstatus.status_at",
        "instruments_healthanswersstatus.status_at",
        "instruments_therapyanswersstatus.status_at",
        "intervention_support_advicestanding.status_at",
        "intervention_support_advicestanding.taken_at",
        "legal_demands_matterstatus.status_at",
        "life_plan_aimstatus.status_at",
        "life_plan_course.status_at",
        "life_plan_stepstatus.status_at",
        "life_plan_taskstatus.status_at",
        "meetings_meetingstatus.status_at",
        "notes_notestatus.status_at",
        "participants_followupstatus.status_at",
        "questions_questionstatus.status_at",
        "safety_net_sheetstatus.status_at",
        "sharing_committeeitem.status_at",
        "stage_marks_stagemarkstatus.status_at",
        "strengths_strengthstatus.status_at",
        "success_choicestatus.status_at",
        "therapy_notes_therapynotestatus.status_at",
        "urgent_needs_answer.status_at",
        "urgent_needs_urgentneedstatus.status_at",
    ),
    "written with her in the course of the work; its own day stands beside it": (
        "accompaniments_accompaniment.written_at",
        "accompaniments_outgoingreferral.written_at",
        "accompaniments_reply.written_at",
        "accompaniments_step.written_at",
        "activities_attendance.added_at",
        "activities_authorisation.written_at",
        "activities_card.written_at",
        "activities_feedback.written_at",
        "activities_participation.written_at",
        "admission_admission.written_at",
        "exercises_plansheet.written_at",
        "exercises_safetysheet.written_at",
        "handing_over_passing.written_at",
        "instruments_healthanswers.written_at",
        "instruments_therapyanswers.written_at",
        "life_plan_aim.written_at",
        "life_plan_step.written_at",
        "life_plan_task.written_at",
        "life_plan_trace.written_at",
        "meetings_plannedmeeting.written_at",
        "notes_note.written_at",
        "notes_notehandover.handed_at",
        "parts_ownpart.written_at",
        "parts_part.written_at",
        "passages_fit.written_at",
        "passages_letter.written_at",
        "passages_wordsfortheend.written_at",
        "plan_planhandover.handed_at",
        "reaching_prepared.written_at",
        "safety_net_look.written_at",
        "safety_net_sheet.written_at",
        "stage_marks_stagemark.written_at",
        "strengths_strength.written_at",
        "success_choice.written_at",
        "summary_line.written_at",
        "summary_version.written_at",
        "therapy_notes_therapynote.written_at",
        "therapy_requests_therapyrequestday.said_at",
        "urgent_needs_outcome.written_at",
        "urgent_needs_urgentneed.written_at",
    ),
    "who she is, and how to reach her: the newest counts, and it is the next to be bound": (
        "participants_codeword.written_at",
        "participants_followup.opened_at",
        "participants_identity.written_at",
        "participants_safecontact.written_at",
    ),
    "of no file: of a committee, a partner, a workplace, a question, a matter that arrives": (
        "accounts_confirmed.confirmed_at",
        "accounts_recovery.asked_at",
        "activities_activity.planned_at",
        "activities_guest.invited_at",
        "activities_hold.held_at",
        "admission_offer.offered_at",
        "admission_referral.received_at",
        "committees_attendance.noted_at",
        "committees_brought.written_at",
        "committees_decided.written_at",
        "committees_minutes.written_at",
        "committees_promise.written_at",
        "directory_remark.told_at",
        "handing_over_relay.said_at",
        "ical_calendarsetting.said_at",
        "likeness_leftapart.left_at",
        "outings_line.written_at",
        "questions_message.written_at",
        "sharing_committeeitem.written_at",
        "sharing_notebookkey.given_at",
        "why_asking.asked_at",
    ),
}


def added_by_the_app(table: str, word: Word) -> list[str]:
    """The policies by which the role that serves may add a row."""
    statements = compiled.table_statements(table, word)
    return [one for one in statements if one.startswith("create policy insert_")]


def dates_of(model: type[models.Model]) -> list[str]:
    names = {field.column for field in model._meta.local_concrete_fields}
    return sorted(
        name
        for name in names
        if name.endswith("_at") and (name in DATES or f"{name[:-3]}_by" in names)
    )


def test_whatever_says_when_it_was_done_is_of_its_moment_or_is_named_with_the_reason() -> None:
    free = set()
    for model in compiled.our_models():
        table = model._meta.db_table
        policies = added_by_the_app(table, compiled.word_of(model))
        free |= {
            f"{table}.{name}"
            for name in dates_of(model)
            if policies and not all(f"{name} = {compiled.NOW}" in one for one in policies)
        }

    named = list(chain.from_iterable(NOT_YET.values()))
    assert free == set(named)
    assert len(named) == len(set(named))


@pytest.mark.django_db
def test_nobody_writes_down_today_what_she_would_have_agreed_to_another_day(cast: Cast) -> None:
    for moment in (MONDAY, TUESDAY + (TUESDAY - MONDAY)):
        with (
            pytest.raises(ProgrammingError),
            acting(cast.ines, TUESDAY),
            transaction.atomic(),
        ):
            Consent.objects.bulk_create([consent_of(cast, taken_at=moment)])


@pytest.mark.django_db
def test_nobody_writes_down_today_whom_she_would_have_kept_out_another_day(cast: Cast) -> None:
    row = Restriction(
        id=uuid_of("kept out yesterday"), file_id=cast.maya.file_id, faces=["notes"],
        user_id=cast.samir.user_id, taken_by=cast.ines.user_id, taken_at=MONDAY, starts_at=MONDAY,
    )  # fmt: skip
    with pytest.raises(ProgrammingError), acting(cast.ines, TUESDAY), transaction.atomic():
        Restriction.objects.bulk_create([row])
