"""What do the files of a demonstration's life say, and can it have happened so?

Each entry is one invented person: her referral, what became of it, the notes of her worker. It is
held against the same table of moves and the same reasons as a real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.accounts.models import Role
from spheres.accounts.region import PersonSaid
from spheres.config import contacts, filled, hopes, later, planned, safe, told
from spheres.config.contacts import NeedSaid, NoteSaid
from spheres.config.later import Episode, PassageSaid, ReachingSaid
from spheres.config.told import LineSaid
from spheres.followup.admission import policy
from spheres.followup.admission.models import (
    Admission,
    AgeBand,
    Language,
    Referral,
    ReferralStatus,
)
from spheres.regions.reading import Fields, Part, refuse_twice

Status = ReferralStatus.Status

# The Monday from which the days of the files count back, when they were written.
WRITTEN: Final = date(2026, 11, 16)
WEEK: Final = 6  # a day of the files is that many days earlier than today's, at most
FIRST_DAY, LAST_DAY = -1000, -1

SOURCES: Final = {
    "professional": Referral.Source.PROFESSIONAL,
    "self": Referral.Source.HERSELF,
    "parent": Referral.Source.RELATIVE,
    "typed_in": Referral.Source.HERSELF,  # she called or came; staff wrote it down
}
NOT_YET: Final = "not_yet"
CLOSED: Final = {
    "not_now": Status.NOT_NOW,
    "oriented_elsewhere": Status.ORIENTED,
    "withdrawn": Status.WITHDRAWN,
    "expired": Status.EXPIRED,
}
MOVES: Final = {
    "offered": Status.OFFERED,
    "asked": Status.OFFERED,
    "accepted": Status.ACCEPTED,
    "declined": Status.RECEIVED,
    "in_contact": Status.IN_CONTACT,
    "admitted": Status.ADMITTED,
    **CLOSED,
}
NEEDED: Final = {
    "offered": ("to",),
    "asked": ("by", "reason"),
    "declined": ("by", "reason"),
    "accepted": ("by",),
    "in_contact": ("by",),
    "admitted": ("by", "recognition", "harms", "words", "agreement", "consent_by"),
    **dict.fromkeys(CLOSED, ("by", "reason")),
}
OPTIONAL: Final = {"admitted": ("birth_date", "exception", "exception_words")}
ANSWERS: Final = frozenset({"asked", "declined", "accepted"})  # of whoever it was offered to
REASONS: Final = {"declined": "decline_reasons", "asked": "offer_questions"}


@dataclass(frozen=True)
class ReferralSaid:
    """How she came to the programme."""

    day: int
    texts: dict[str, str]
    referrer: dict[str, str]


@dataclass(frozen=True)
class StepSaid:
    """One move of her referral; `who` is offered it, or does it."""

    day: int
    step: str
    who: str
    reason: str = ""
    said: dict[str, str] | None = None
    birth_date: date | None = None


@dataclass(frozen=True)
class Story:
    """One invented person. A request for advice has no name and no path."""

    slug: str
    is_advice: bool
    referral: ReferralSaid
    path: list[StepSaid]
    notes: list[NoteSaid]
    passages: list[PassageSaid]
    needs: list[NeedSaid]
    reaching: list[ReachingSaid]
    lines: list[LineSaid]
    meetings: list[planned.Said]
    sheets: list[filled.SheetSaid]
    safety: list[safe.Said]
    hopes: list[hopes.Said]

    @property
    def later(self) -> list[Any]:
        """Everything that happens once she is accompanied, in no order."""
        return [
            *self.notes, *self.passages, *self.needs, *self.lines, *self.meetings, *self.sheets,
            *self.safety, *self.hopes,
        ]  # fmt: skip


def check(parts: list[Part], said: Mapping[str, Any]) -> list[Story]:
    """Every entry of every file, checked."""
    if not said["region"].is_demo:
        parts[0].fault(_("invented lives belong to a demonstration only (demo: yes)."))
        return []
    entries = [
        part.fields(
            "slug",
            "referral",
            optional=(
                "path",
                "notes",
                "needs",
                "passages",
                "reaching",
                "page",
                "meetings",
                "sheets",
                "safety",
                "plan",
                "marks",
                "strengths",
                "success",
                "therapy",
                "readings",
            ),
        )
        for root in parts
        for part in root.items()
    ]
    refuse_twice([entry["slug"] for entry in entries])
    people = {person.slug: person for person in said.get("people", [])}
    codes = {
        vocabulary: [term.code for term in terms]
        for vocabulary, terms in said["vocabularies"].items()
    }
    if entries and coordinator(said) is None:
        parts[0].fault(_("nobody coordinates at the desk: people.yaml needs a coordinator there."))
    region = said["region"]
    ages = policy.Ages(region.age_from, region.age_until, region.self_from)
    asked = [*said.get("exercises", ()), *said.get("instruments", ())]
    return [Check(entry, people, codes, ages, asked).story() for entry in entries]


def coordinator(said: Mapping[str, Any]) -> PersonSaid | None:
    """Who offers referrals: the first coordinator of the organisation that coordinates."""
    return next(
        (
            person
            for person in said.get("people", [])
            if Role.COORDINATOR in person.roles and person.organisation == said["region"].desk
        ),
        None,
    )


class Check:
    """The check of one entry: what was met so far, in the order in which it happens."""

    def __init__(
        self,
        entry: Fields,
        people: dict[str, PersonSaid],
        codes: dict[str, list[str]],
        ages: policy.Ages,
        sheets: list[filled.Asked],
    ) -> None:
        self.entry, self.people, self.codes, self.ages = entry, people, codes, ages
        self.sheets = sheets
        self.day = FIRST_DAY
        self.status: str = Status.RECEIVED
        self.offered: set[str] = set()
        self.holder = ""
        self.episode: str = Episode.ACTIVE
        self.language = "fr"

    def story(self) -> Story:
        referral = self._referral(self.entry["referral"])
        is_advice = referral.texts["agreement"] == NOT_YET
        if is_advice and ("path" in self.entry or "notes" in self.entry):
            self.entry["slug"].fault(_("a request for advice has neither path nor notes."))
        path = [self._step(part) for part in self.listed("path")]
        if "reaching" in self.entry and not self.holder:
            self.entry["reaching"].fault(_("somebody accepted her referral first."))
        if "notes" in self.entry and self.status != Status.ADMITTED:
            self.entry["notes"].fault(_("notes begin with the admission."))
        admitted = self.day
        notes = [contacts.note(self, part) for part in self.listed("notes")]
        reaching = [later.reaching(self, part) for part in self.listed("reaching")]
        self.day = admitted  # passages are told apart, and happen between the notes
        passages = [later.passage(self, part) for part in self.listed("passages")]
        self.day = admitted
        needs = [contacts.need(self, part) for part in self.listed("needs")]
        self.day = admitted
        lines = [told.line(self, part) for part in self.listed("page")]
        self.day = admitted
        listed = self.listed("meetings")
        meetings = [said for part in listed for said in planned.meeting(self, part)]
        self.day = admitted
        sheets = [filled.sheet(self, part) for part in self.listed("sheets")]
        self.day = admitted
        safety = [safe.said(self, part) for part in self.listed("safety")]
        self.day = admitted
        slug = self.entry["slug"].slug()
        return Story(
            slug, is_advice, referral, path, notes, passages, needs, reaching, lines, meetings,
            sheets, safety, hopes.of(self),
        )  # fmt: skip

    def listed(self, name: str) -> list[Part]:
        """What the entry lists under this word; nothing when it does not say it."""
        return self.entry[name].items() if name in self.entry else []

    def later_day(self, part: Part) -> int:
        """A day that does not go backwards."""
        day = part.number(FIRST_DAY, LAST_DAY)
        if day < self.day:
            part.fault(_("this day comes before the one above (%s).") % self.day)
        self.day = max(day, self.day)
        return self.day

    def _referral(self, part: Part) -> ReferralSaid:
        is_advice = part.any_fields()["agrees"].plain == NOT_YET
        named = () if is_advice else ("chosen_name", "pronouns", "interpreter", "contact")
        it = part.fields(
            "day", "by", "channel", "agrees", "age_band", "language", "wants", "urgent", *named,
            optional=("referrer",),
        )  # fmt: skip
        by = it["by"].choice(SOURCES)
        language = it["language"].choice(Language.values)
        self.language = "en" if language == "en" else "fr"
        contact = it["contact"].fields("channel", "when", "words", "never") if named else None
        texts = {
            "source": str(SOURCES.get(by, "")),
            "channel": it["channel"].choice(Referral.Channel.values),
            "agreement": it["agrees"].choice((*Referral.Agreement.values, NOT_YET)),
            "age_band": it["age_band"].choice(AgeBand.values),
            "language": language,
            "wish": it["wants"].text(empty=True),
            "urgent": it["urgent"].text(empty=True),
        }
        if contact is not None:
            texts |= {
                "chosen_name": it["chosen_name"].text(),
                "pronouns": it["pronouns"].text(empty=True),
                "interpreter": it["interpreter"].text(empty=True),
                "contact_channel": contact["channel"].choice(self.codes_of("contact_channels")),
                "hours": contact["when"].text(empty=True),
                "words": contact["words"].text(empty=True),
                "never": contact["never"].text(empty=True),
            }
        referrer = self._referrer(it, needed=is_advice or by == "professional")
        return ReferralSaid(self.later_day(it["day"]), texts, referrer)

    def _referrer(self, it: Fields, *, needed: bool) -> dict[str, str]:
        if needed and "referrer" not in it:
            it["by"].fault(_("a professional is named: field referrer."))
        if "referrer" not in it:
            return {}
        who = it["referrer"].fields("name", "role", "organisation", "contact")
        return {f"referrer_{name}": part.text(empty=True) for name, part in who.items()}

    def codes_of(self, vocabulary: str) -> list[str]:
        return self.codes.get(vocabulary, [])

    def person_of(self, part: Part, day: int, roles: frozenset[str]) -> str:
        """Someone of people.yaml, who works here that day and may do this."""
        slug = part.choice(
            self.people, _("«%(value)s» is not in people.yaml. Choose among: %(choices)s.")
        )
        if not slug:
            return ""
        person = self.people[slug]
        since = person.since if isinstance(person.since, int) else FIRST_DAY
        until = person.until if isinstance(person.until, int) else -FIRST_DAY
        if not since <= day - WEEK or day > until:
            part.fault(_("%s does not work here that day (people.yaml).") % person.name)
        if roles.isdisjoint(person.roles):
            part.fault(
                _("%(name)s has none of these roles: %(roles)s.")
                % {"name": person.name, "roles": ", ".join(sorted(roles))}
            )
        return slug

    def _step(self, part: Part) -> StepSaid:
        step = part.any_fields()["step"].choice(MOVES)
        needed = NEEDED.get(step, ())
        optional = OPTIONAL.get(step, ()) if step else tuple(part.any_fields())
        it = part.fields("day", "step", *needed, optional=optional)
        day = self.later_day(it["day"])
        if not step:
            return StepSaid(day, "", "")
        at_desk = step in CLOSED and self.status in {Status.RECEIVED, Status.OFFERED}
        roles = frozenset({Role.COORDINATOR} if at_desk else policy.WORKERS)
        who = self.person_of(it["to" if step == "offered" else "by"], day, roles)
        self._move(it, step, who, at_desk=at_desk)
        vocabulary = REASONS.get(step, "outcome_reasons")
        reason = it["reason"].choice(self.codes_of(vocabulary)) if "reason" in needed else ""
        if step != "admitted":
            return StepSaid(day, step, who, reason)
        born = self._born(it, day)
        return StepSaid(day, step, who, said=self._conversation(it, day, born), birth_date=born)

    def _move(self, it: Fields, step: str, who: str, *, at_desk: bool) -> None:
        to = MOVES[step]
        again = step in {"offered", "asked"} and self.status == Status.OFFERED
        if to not in ReferralStatus.MOVES[self.status] and not again:
            it["step"].fault(
                _("after %(before)s there is no way to %(after)s.")
                % {"before": self.status.lower(), "after": step}
            )
        if step == "offered":
            self.offered.add(who)
        elif step in ANSWERS and who not in self.offered:
            it["by"].fault(_("this referral was not offered to this person."))
        elif step not in ANSWERS and not at_desk and who != self.holder:
            it["by"].fault(_("another worker accepted this referral."))
        if step == "accepted":
            self.holder = who
        if step == "declined":
            self.offered.discard(who)
        # Declined by one, still offered to another: it does not come back to the desk.
        self.status = Status.OFFERED if step == "declined" and self.offered else to

    def _conversation(self, it: Fields, day: int, born: date | None) -> dict[str, str]:
        said = {
            "recognition": it["recognition"].choice(Admission.Recognition.values),
            "agreed_by": it["consent_by"].choice(Admission.AgreedBy.values),
            "agreement_form": it["agreement"].choice(Admission.Form.values),
            "her_words": it["words"].text(empty=True),
            "harms": it["harms"].text(empty=True),
            "card": Admission.Card.READ,
        }
        if "exception" in it:
            said["exception"] = it["exception"].choice(Admission.Ground.values)
        if "exception_words" in it:
            said["exception_words"] = it["exception_words"].text(empty=True)
        age = policy.age_on(born, WRITTEN + timedelta(days=day)) if born else None
        fits = policy.agreement_fits(age, said["agreed_by"], said.get("exception", ""), self.ages)
        if not fits:
            it["consent_by"].fault(str(fits.reason))
        return said

    def _born(self, it: Fields, day: int) -> date | None:
        if "birth_date" not in it:
            return None
        born = it["birth_date"].day()
        if born is None:
            return None
        answer = policy.is_of_age(born, WRITTEN + timedelta(days=day), self.ages)
        if not answer:
            it["birth_date"].fault(str(answer.reason))
        return born
