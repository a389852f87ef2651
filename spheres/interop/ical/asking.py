"""What does the database give for one calendar address? Hours and lengths; no text, no file.

Asked again at every reading, by the rule function itself: whoever no longer walks with a person, or
no longer works there, has her hours no more at the next request; whoever no longer sits on a
committee, those of its meetings; whoever comes to a training no more, its hours; whoever presents
at an event no more, its day; whoever left a practice group, those of its sessions.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings

from spheres.followup.meetings.models import STOPPED, MeetingStatus
from spheres.interop.ical.models import CALENDAR
from spheres.sharing import rules
from spheres.sharing.convening import SEAT
from spheres.sharing.counting import Feeding
from spheres.sharing.rules import Act

Status = MeetingStatus.Status
ROLES: Final = ", ".join(f"'{role}'" for role in sorted(rules.WORKERS))
ENDED: Final = ", ".join(f"'{status}'" for status in STOPPED)
# What is planned, and what took place; what was missed, moved or cancelled leaves the calendar.
SHOWN: Final = ", ".join(f"'{status}'" for status in (Status.PLANNED, Status.HELD))

WHOLE_DAY: Final = "whole_day"  # instead of a length

HOURS: Final = Feeding(
    name="calendar_hours",
    service=CALENDAR,
    asks="held bytea, from_at timestamptz, until_at timestamptz",
    gives="table(address_id uuid, in_language text, meeting_id uuid, begins_at timestamptz, "
    "lasts text, finishes_at timestamptz, series uuid, called_at timestamptz, every integer, "
    "changes integer, is_off boolean)",
    declares="""
  for_at timestamptz := (access.context())[5]::timestamptz;
  address uuid; for_user uuid; for_organisation uuid; of_one uuid; made timestamptz;
  allowed boolean; since timestamptz; for_roles text[]; accompanies boolean;
  stays uuid[];""",
    does=f"""
  select a.id, a.user_id, a.organisation_id, a.committee_id, a.made_at
    into address, for_user, for_organisation, of_one, made
    from ical_calendaraddress a where a.digest = held;
  -- Switched off, or off and on again since: the address ended with it. At one moment, no wins.
  select s.is_allowed and s.said_at <= made into allowed
    from ical_calendarsetting s where s.organisation_id = for_organisation
    order by s.said_at desc, s.is_allowed, s.id limit 1;
  if address is null or allowed is not true then return; end if;
  since := access.given_since(for_user, for_organisation, for_at);
  for_roles := array(
    select distinct m.role::text from accounts_membership m join accounts_user u on u.id = m.user_id
    where m.user_id = for_user and m.organisation_id = for_organisation and u.is_active
      and m.starts_at <= for_at and (m.ends_at is null or m.ends_at > for_at) order by 1);
  accompanies := of_one is null and for_roles && array[{ROLES}] and coalesce(since <= made, false);
  -- Whoever stopped working there, and came back, makes a new one.
  if not accompanies and not exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id
    where m.user_id = for_user and m.organisation_id = for_organisation and u.is_active
      and m.starts_at <= made and (m.ends_at is null or m.ends_at > for_at)) then return; end if;
  stays := array(
    select y.id from sharing_stay y
    where y.user_id = for_user and y.organisation_id = for_organisation and y.sealed_at is null
    order by 1);
  return query
    select address, u.language::text, p.id, p.starts_at, p.length::text, p.ends_at, p.series_id,
      p.called_for_at, p.months::integer, p.changes, p.is_off
    from accounts_user u left join (
      select p.id, p.starts_at, p.length, null::timestamptz as ends_at, null::uuid as series_id,
        null::timestamptz as called_for_at, null::smallint as months, 0 as changes,
        false as is_off
      from meetings_plannedmeeting p join meetings_meetingstatus s on s.meeting_id = p.id
      where p.worker_id = for_user and p.starts_at >= from_at and p.starts_at < until_at
        and s.status in ({SHOWN}) and accompanies
        and p.file_id in (select access.reach(for_user, for_organisation, for_roles, 'ordinary',
                                              for_at, '{Act.READ}', '{rules.NOTES}'))
        and not exists (
          select from participants_followupstatus e
          where e.file_id = p.file_id and e.status in ({ENDED}) and e.status_at >= p.written_at)
      union all
      -- Of the committees where one sits for that organisation; called with others, all of them.
      -- One that is not held any more is still said, so that a calendar takes it away.
      select g.id, g.starts_at, '', g.ends_at, g.series_id, g.called_for_at, g.months,
        g.times_moved + (g.cancelled_at is not null)::integer, g.cancelled_at is not null
      from sharing_committeemeeting g
      where g.committee_id in ({SEAT}) and coalesce(g.committee_id = of_one, of_one is null)
        and ((g.starts_at >= from_at and g.starts_at < until_at) or g.series_id in (
          select o.series_id from sharing_committeemeeting o
          where o.starts_at >= from_at and o.starts_at < until_at))
      union all
      -- Of the trainings to which one comes for that organisation, or which one gives.
      select t.id, t.starts_at, '', t.ends_at, null, null, null,
        (t.cancelled_at is not null)::integer, t.cancelled_at is not null
      from sessions_trainingsession t
      where of_one is null and t.starts_at >= from_at and t.starts_at < until_at
        and (for_user = any(t.trainer_ids) or exists (
          select from sessions_enrolment e
          where e.session_id = t.id and e.user_id = for_user
            and e.organisation_id = for_organisation and e.status in ('ENROLLED', 'CAME')))
      union all
      -- Of the events where one presents: their day, for their hours are not kept.
      select v.id, v.held_on::timestamp at time zone '{settings.TIME_ZONE}', '{WHOLE_DAY}', null,
        null, null, null, v.text_version - 1, v.cancelled_at is not null
      from events_event v
      where of_one is null and for_user = any(v.presenter_ids)
        and v.held_on >= (from_at at time zone '{settings.TIME_ZONE}')::date
        and v.held_on < (until_at at time zone '{settings.TIME_ZONE}')::date
      union all
      -- Of supervision, what the two agreed on, for the one whose address it is; of practice
      -- groups, those one is in. Each of their time there alone: no colleague's hours.
      select v.id, v.starts_at, '', v.starts_at + v.minutes * interval '1 minute', null, null,
        null, (v.moved_at is not null)::integer + (v.outcome = 'CANCELLED')::integer,
        v.outcome = 'CANCELLED'
      from supervision_slot v
      where of_one is null and v.accepted_at is not null
        and v.starts_at >= from_at and v.starts_at < until_at
        and array[v.offered_stay_id, v.asked_stay_id] && stays
      union all
      select v.id, v.starts_at, '', v.starts_at + v.minutes * interval '1 minute', null, null,
        null, (v.cancelled_at is not null)::integer, v.cancelled_at is not null
      from practice_groups_practicesession v
      where of_one is null and v.starts_at >= from_at and v.starts_at < until_at
        and v.group_id in (select m.group_id from practice_groups_practicemember m
                           where m.stay_id = any(stays))
    ) p on true
    where u.id = for_user order by p.starts_at, p.id;""",  # noqa: S608 -- every name is ours
    reads={
        "ical_calendaraddress": (
            "id", "user_id", "organisation_id", "committee_id", "digest", "made_at",
        ),
        "ical_calendarsetting": ("id", "organisation_id", "is_allowed", "said_at"),
        "meetings_plannedmeeting": (
            "id", "file_id", "worker_id", "starts_at", "length", "written_at",
        ),
        "meetings_meetingstatus": ("meeting_id", "status"),
        "participants_followupstatus": ("file_id", "status", "status_at"),
        "sharing_committeemeeting": (
            "id", "committee_id", "starts_at", "ends_at", "series_id", "called_for_at", "months",
            "times_moved", "cancelled_at",
        ),
        "sessions_trainingsession": ("id", "starts_at", "ends_at", "trainer_ids", "cancelled_at"),
        "events_event": ("id", "held_on", "presenter_ids", "text_version", "cancelled_at"),
        "sharing_stay": ("id", "user_id", "organisation_id", "sealed_at"),
        "supervision_slot": (
            "id", "starts_at", "minutes", "accepted_at", "moved_at", "outcome", "offered_stay_id",
            "asked_stay_id",
        ),
        "practice_groups_practicesession": (
            "id", "group_id", "starts_at", "minutes", "cancelled_at",
        ),
        "practice_groups_practicemember": ("group_id", "stay_id"),
        "sessions_enrolment": ("session_id", "user_id", "organisation_id", "status"),
    },
)  # fmt: skip
