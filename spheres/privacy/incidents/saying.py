"""How does an incident read: a line of the register, its items, what is left to do, and to her?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from spheres.privacy.incidents import policy
from spheres.privacy.incidents.exposed import Exposed
from spheres.privacy.incidents.models import Addition, Assessment, Happened, Information, Step
from spheres.privacy.incidents.queries import Beside, Entry
from spheres.records import documents
from spheres.ui import moments

Item = Addition.Item
ITEMS: Final = tuple(Item)
# The four points of an assessment, as they stand above its reasons.
POINTS: Final = (
    ("sensitivity", gettext_lazy("How sensitive it is")),
    ("uses", gettext_lazy("What could be done with it")),
    ("consequences", gettext_lazy("What it would lead to")),
    ("likelihood", gettext_lazy("How likely it is")),
)
# What the law asks to tell the persons (A-2.1, r. 3.1, s. 5).
LETTER_ASKS: Final = (
    gettext_lazy("which information about them it is, or why it is not known"),
    gettext_lazy("what happened, in few words, and when"),
    gettext_lazy("what your organisation did, or will do, so that they are not harmed"),
    gettext_lazy("what they can do themselves"),
    gettext_lazy("whom to ask, and how"),
)
TODO: Final = {
    Item.RISK: gettext_lazy("Assess whether there is a risk of serious injury"),
    Step.Kind.CAI: gettext_lazy("Give notice to the Commission d’accès à l’information"),
    Step.Kind.MINISTER: gettext_lazy("Give notice to the Minister of Health and Social Services"),
    Step.Kind.PERSONS: gettext_lazy(
        "Have the persons concerned told, or say why they wait and until when"
    ),
    Step.Kind.WAIT: gettext_lazy("The day has come to look again whether the persons may be told"),
}
# The same things, said to her.
HAPPENED = {
    Happened.LOST: gettext_lazy("A device or a paper was lost."),
    Happened.TAKEN: gettext_lazy("A device or a paper was taken."),
    Happened.SENT: gettext_lazy("Something was sent, handed or said to the wrong person."),
    Happened.SEEN: gettext_lazy("Somebody may have seen or opened what was not for them."),
    Happened.OTHER: gettext_lazy("Something went wrong with information about you."),
}
CONCERNS = {
    Information.NAME: gettext_lazy("your name or date of birth"),
    Information.CONTACT: gettext_lazy("how to reach you"),
    Information.STORY: gettext_lazy("what you live or said"),
    Information.HEALTH: gettext_lazy("your health"),
    Information.LEGAL: gettext_lazy("police, court or youth protection"),
}


@dataclass(frozen=True)
class Line:
    """One entry in a list, without a word of what was written in it."""

    entry: Entry
    reference: str
    title: str
    known: str
    stands: str
    is_over: bool
    number: int | None


def line(entry: Entry, today: date, *, keeps: bool) -> Line:
    """What it looks like, since when it is known, how far it is: whoever told it reads no
    assessment, and is told neither that there is none."""
    number = entry.persons.persons if entry.persons else None
    return Line(
        entry,
        documents.reference(entry.row.pk),
        str(Happened(entry.row.happened).label),
        known(entry, today),
        stands(entry, today) if keeps else stands_for_teller(entry),
        entry.is_over,
        number,
    )


def known(entry: Entry, today: date) -> str:
    """How long it has been known: a fact, for what is to be done without delay; once it is over,
    only since when."""
    days = (today - entry.aware_on).days
    if days <= 0:
        return _("Known since today")
    if entry.is_over:
        return _("Known since %(day)s") % {"day": moments.day(entry.aware_on)}
    return ngettext(
        "Known for %(number)s day, since %(day)s",
        "Known for %(number)s days, since %(day)s",
        days,
    ) % {"number": days, "day": moments.day(entry.aware_on)}


def stands(entry: Entry, today: date) -> str:
    """How far it is, in few words."""
    done = entry.done
    if entry.is_over:
        return _("Done on %(day)s") % {"day": moments.day(done.closed_at)}
    due = entry.duties(today)
    if due == [Item.RISK]:
        return _("To be assessed")
    if due:
        return ngettext(
            "%(number)s thing is left to do", "%(number)s things are left to do", len(due)
        ) % {"number": len(due)}
    if policy.is_waiting(done, today) and done.waits_until:
        return _("The persons are not told before %(day)s") % {"day": moments.day(done.waits_until)}
    return _("Nothing is left to do: say that it is done")


def stands_for_teller(entry: Entry) -> str:
    """In whose hands it is, or that it is done."""
    closed_at = entry.done.closed_at
    if closed_at is not None:
        return _("Done on %(day)s") % {"day": moments.day(closed_at)}
    return _("In the hands of the person in charge of privacy")


@dataclass(frozen=True)
class Said:
    """One thing that was said of an item: its lines, by whom, on which day."""

    lines: tuple[str, ...]
    who: str
    on: Any


@dataclass(frozen=True)
class Seen:
    """One item of the entry: its number, what stands, and whether anything is there yet."""

    number: int
    code: str
    label: str
    said: list[Said]

    @property
    def is_empty(self) -> bool:
        return not self.said


def items(entry: Entry) -> list[Seen]:
    """All of them, in the order of the regulations, then what the persons are told."""
    return [item(entry, code) for code in ITEMS]


def of_teller(entry: Entry) -> list[Seen]:
    """Those to which whoever told it may add; and what the persons are told, to read."""
    shown = {*policy.TELLERS_ITEMS, Item.LETTER}
    return [one for one in items(entry) if one.code in shown and (one.said or one.code in (
        policy.TELLERS_ITEMS
    ))]  # fmt: skip


def item(entry: Entry, code: str) -> Seen:
    """What stands of one item: what was told first, then each addition, in order."""
    said = [one for one in (_first(entry, code),) if one]
    if code == Item.RISK:
        said += [_assessed(one, entry) for one in entry.assessments]
    if code == Item.NOTICES:
        said += [_step(one, entry) for one in entry.steps]
    said += [_added(one, entry) for one in entry.of(code)]
    said.sort(key=lambda one: one.on)
    return Seen(ITEMS.index(Item(code)) + 1, code, str(Item(code).label), said)


def _first(entry: Entry, code: str) -> Said | None:
    """What the telling itself says of an item."""
    row = entry.row
    lines: list[str] = []
    if code == Item.DESCRIPTION:
        lines = [str(Information(one).label) for one in row.concerns]
    if code == Item.CIRCUMSTANCES:
        words = row.opened.words if row.is_open else ""
        lines = [str(Happened(row.happened).label), *([words] if words else [])]
    if code == Item.WHEN:
        lines = [moments.day(row.happened_on) if row.happened_on else _("Not known yet")]
    if code == Item.AWARE:
        lines = [moments.day(row.aware_on)]
    return Said(tuple(lines), entry.teller, row.told_at) if lines else None


def _added(one: Addition, entry: Entry) -> Said:
    words = one.opened.words if one.is_open else ""
    lines = [*figures(one), *([words] if words else [])]
    return Said(tuple(lines), entry.names.get(one.told_by, ""), one.told_at)


def figures(one: Addition) -> list[str]:
    """The days or the number that an addition says."""
    lines: list[str] = []
    if one.from_on and one.until_on:
        lines.append(
            _("From %(first)s to %(last)s")
            % {"first": moments.day(one.from_on), "last": moments.day(one.until_on)}
        )
    elif one.from_on:
        lines.append(moments.day(one.from_on))
    if one.persons is not None:
        lines.append(
            ngettext("%(number)s person", "%(number)s persons", one.persons)
            % {"number": one.persons}
        )
    if one.in_quebec is not None:
        lines.append(
            ngettext(
                "of whom %(number)s lives in Québec", "of whom %(number)s live in Québec",
                one.in_quebec,
            )
            % {"number": one.in_quebec}
        )  # fmt: skip
    if one.is_approximate:
        lines.append(_("approximately"))
    return lines


def _assessed(one: Assessment, entry: Entry) -> Said:
    lines = [str(Assessment.Conclusion(one.conclusion).label), *reasons(one)]
    return Said(tuple(lines), entry.names.get(one.told_by, ""), one.told_at)


def reasons(one: Assessment) -> list[str]:
    """The four points, as far as they say something."""
    if not one.is_open:
        return []
    return [
        _("%(term)s: %(words)s") % {"term": title, "words": words}
        for name, title in POINTS
        if (words := getattr(one.opened, name))
    ]


def _step(one: Step, entry: Entry) -> Said:
    return Said(tuple(step_lines(one)), entry.names.get(one.done_by, ""), one.done_at)


def step_lines(one: Step) -> list[str]:
    """What was given, on which day, to how many; or until when it waits."""
    says = {"what": Step.Kind(one.kind).label, "day": moments.day(one.given_on)}
    lines = [_("%(what)s, on %(day)s") % says]
    if one.persons is not None:
        lines.append(
            ngettext("%(number)s person told", "%(number)s persons told", one.persons)
            % {"number": one.persons}
        )
    if one.look_again_on:
        lines.append(
            _("To be looked at again on %(day)s") % {"day": moments.day(one.look_again_on)}
        )
    return lines


@dataclass(frozen=True)
class ToDo:
    """One thing to do, and at which item."""

    sentence: str
    number: int


def todo(entry: Entry, due: list[str]) -> list[ToDo]:
    """What is left to do, in order, each one press away."""
    if entry.is_over:
        return []
    return [
        ToDo(
            str(TODO[code]),  # type: ignore[index]
            ITEMS.index(Item.RISK if code == Item.RISK else Item.NOTICES) + 1,
        )
        for code in due
    ]


# A lost device.


def exposed(found: Exposed) -> list[str]:
    """What could be seen, in plain sentences, from what the system knows."""
    said = [_("Nothing readable is kept on the device: no text, no name, no file.")]
    use = found.use
    if use is None:
        return [*said, _("Nothing was open on it in the last week.")]
    said.append(
        _(
            "It was last used on %(seen)s, and from %(closed)s on nothing more could be opened on "
            "it; only the page already on the screen could be read, until the screen went off."
        )
        % {
            "seen": moments.moment(use.seen_at),
            "closed": moments.moment(use.shows_nothing_from),
        }
    )
    if found.may_count and found.files:
        said.append(
            ngettext(
                "In that session, %(number)s file was opened.",
                "In that session, %(number)s files were opened.",
                found.files,
            )
            % {"number": found.files}
        )
    elif found.may_count:
        said.append(_("In that session, no file was opened."))
    return said


def exposed_in_words(found: Exposed, kind: str) -> str:
    """The same, as the first lines of an incident: facts alone, to be completed by hand."""
    first = _("A device is lost (%(kind)s). All that was open on it was ended.") % {"kind": kind}
    if not kind:
        first = _("A colleague’s device is lost. All that was open on it was ended.")
    return " ".join([first, *exposed(found)])


# To her.


def sentences(one: Beside) -> tuple[str, ...]:
    """One incident, said to her in plain words."""
    said = [str(HAPPENED[Happened(one.row.happened)])]
    about = [str(CONCERNS[Information(code)]) for code in one.row.concerns if code in CONCERNS]
    if about:
        said.append(_("It concerned: %(what)s.") % {"what": ", ".join(about)})
    else:
        said.append(_("What it concerned is not known yet."))
    if one.row.happened_on:
        said.append(_("It happened on %(day)s.") % {"day": moments.day(one.row.happened_on)})
    if one.informed is not None and one.is_told:
        said.append(
            _("%(who)s told you of it on %(day)s.")
            % {"who": one.who, "day": moments.day(one.informed.told_at)}
        )
    officer = one.organisation.privacy_officer_en, one.organisation.privacy_officer_fr
    said.append(
        _("You can ask more of %(organisation)s: %(title)s.")
        % {"organisation": one.organisation.name, "title": in_language(*officer)}
    )
    return tuple(said)


def in_language(english: str, french: str) -> str:
    """One of two texts, in the reader's language."""
    return english if get_language() == "en" else french
