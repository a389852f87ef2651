"""How does each thing of the rule table read aloud? A new one is said here, or there is no page."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core.actor import CUSTODY, EXCEPTIONAL, NOTEBOOK, ORDINARY, SEAT, SHARED
from spheres.sharing import rules
from spheres.sharing.rules import Act

Kind = Organisation.Kind

# What a file is made of: its title, and what it holds.
FACES: Final[dict[str, tuple[Any, Any]]] = {
    rules.IDENTITY: (
        _("Name and identity"),
        _("Chosen name, pronouns, day of birth, languages, gender."),
    ),
    rules.CONTACT: (
        _("Ways to reach the person"),
        _("The safe way, the hours, the words agreed, what never to do; the code word."),
    ),
    rules.WHEREABOUTS: (_("Where the person is"), _("Where they live or stay, if it is written.")),
    rules.SUMMARY: (
        _("The person’s own page"),
        _("What they want to be known of them, their agreement, how the follow-up stands."),
    ),
    rules.PLAN: (
        _("Plan"),
        _(
            "Dreams and goals, strengths, what success is to them, where they say they are, "
            "exercises."
        ),
    ),
    rules.SAFETY: (
        _("Safety"),
        _("Safety net, crisis plan, staying on course, exercises about safety."),
    ),
    rules.STEPS: (_("Steps taken together"), _("Small steps, accompaniments, activities.")),
    rules.NOTES: (_("Notes and meetings"), _("Contacts, meetings, urgent needs, what is noted.")),
    rules.HEALTH: (_("Health and questionnaires"), _("Questionnaires about health.")),
    rules.LEGAL: (
        _("Consents and rights"),
        _("Who gave each consent and who heard it; First Nations or Inuit identity, if said."),
    ),
    rules.THERAPY: (_("Psychotherapy"), _("What is said and written in psychotherapy.")),
    rules.PRIVATE: (_("Private pages"), _("What the person writes for themselves alone.")),
    rules.RELATION: (
        _("Who is around the person"),
        _("Who accompanies them, with whom they share, whom they keep from their file."),
    ),
    rules.JOURNAL: (
        _("The list of openings"),
        _("Who opened the file, when, and what was done in it. The person reads it too."),
    ),
}
# What links somebody to a file: who it is, and since when, until when, how far.
RELATIONS: Final[dict[str, tuple[Any, Any]]] = {
    "assigned": (
        _("Whoever accompanies the person"),
        _("Named to accompany them, in the organisation that holds the file, until this ends."),
    ),
    "begun with her": (
        _("The psychotherapist with whom the file began"),
        _(
            "Where it began at the person’s word, with nobody else beside them; and whoever the "
            "person was handed over to since."
        ),
    ),
    "offered": (
        _("Whoever is asked to accompany the person"),
        _("While an offer of the coordination waits for an answer: to take the person on."),
    ),
    "covering": (
        _("Whoever answers for a colleague"),
        _("Stand-in or on call in the same organisation, for the dates and hours said."),
    ),
    "bereft": (
        _("Whoever answers for a colleague who is gone"),
        _("When that colleague no longer accompanies anybody there: the person may choose them."),
    ),
    "handed over": (
        _("Whoever the person is being handed over to"),
        _("What the person approved of this, and nothing more, until the two have met."),
    ),
    "recognised": (
        _("Whoever hears the person’s code word"),
        _("In the organisation that holds the file, for %(code_word_minutes)d minutes."),
    ),
    "welcoming back": (
        _("Whoever the person comes back to"),
        _(
            "For %(code_word_minutes)d minutes after the code word, when nobody accompanies the "
            "person any more."
        ),
    ),
    "joined": (
        _("Whoever accompanies the person by another file"),
        _("The person said that both files, in one organisation, are theirs."),
    ),
    "agreed": (
        _("A partner with whom the person shares"),
        _(
            "Only what the person agreed to, on the pages made for that, until the day said or "
            "until they take it back; %(longest)d months at most. Agreed for one absence, it ends "
            "with that absence. Where an undertaking and a training are asked, whoever lacks one "
            "reads nothing of it."
        ),
    ),
    "opened exceptionally": (
        _("Whoever opened it exceptionally"),
        _(
            "In the organisation that holds the file, for %(danger_minutes)d minutes, with a "
            "reason that others review."
        ),
    ),
    "in custody": (
        _("Whoever holds the notes of a psychotherapist who is no longer there"),
        _(
            "A colleague of the same profession, in the same organisation, named by the person in "
            "charge of privacy on a ground that stays written; to read them only, until this is "
            "ended or their author is back."
        ),
    ),
    "in seat": (
        _("Whoever is given a seat at one matter of the law"),
        _(
            "To answer what the law asks about one file: given by whoever accompanies the person, "
            "for the sections said, until the matter is over, %(seat_days)d days at most."
        ),
    ),
    "in her notebook": (
        _("The person, in their own notebook"),
        _(
            "Opened with a worker, face to face; the sections the person allowed, and no other. "
            "They lower or close it alone. It closes by itself when reaching them is not safe, and "
            "when the follow-up is over."
        ),
    ),
    "writing in her notebook": (
        _("The person, who writes in their own notebook"),
        _("The same, when the person chose to write there too, in the sections they allowed."),
    ),
}
# Whose role is none of an organisation.
HERSELF: Final = _("The young person")
PURPOSES: Final[dict[str, Any]] = {
    ORDINARY: _("To accompany the person"),
    SHARED: _("What the person agreed to, and nothing else"),
    EXCEPTIONAL: _("To protect somebody in an emergency"),
    CUSTODY: _("To keep notes whose author is gone"),
    SEAT: _("To answer what the law asks about one file"),
    NOTEBOOK: _("To read and write what is one’s own"),
}
ACTS: Final[dict[Act, Any]] = {
    Act.READ: _("Read"),
    Act.APPEND: _("Add to it"),
    Act.AMEND: _("Change where it stands"),
}
# Which kind of organisation no rule ever serves.
WALLS: Final[dict[str, Any]] = {
    Kind.POLICE: _(
        "The police open nothing: whoever acts in the name of a police service, or of a part of "
        "one, reads no section of any file, whatever else they do in the programme."
    ),
}
VETOES: Final[dict[str, tuple[Any, Any]]] = {
    "personal conflict": (
        _("Knowing the person outside work"),
        _("Whoever declared it sees nothing of the file, whatever else allows it."),
    ),
    "restriction": (
        _("Somebody the person bars by name"),
        _("They see nothing of what the person keeps from them: a section, several, or all."),
    ),
    "restriction of a category": (
        _("An organisation or a role that the person bars"),
        _("The same, for all who work there, or who hold that role there or anywhere."),
    ),
    "sealed": (
        _("What two people sealed"),
        _(
            "Nobody reads it, partner or not, whatever the person had agreed to. Two people open "
            "it again, on a legal ground."
        ),
    ),
}
NEVER_YIELDS: Final = _("Nothing passes over it, not even a danger: somebody else is called.")
YIELDS: Final = _(
    "It yields to a danger to life alone, by an exceptional access of %(danger_minutes)d minutes, "
    "with a reason that others review; the person reads that it took place."
)
# A referral, before there is a file.
HANDS: Final[dict[str, Any]] = {
    "DESK": _("the desk of the coordination"),
    "WATCH": _("the coordination, once it is entrusted"),
    "OFFERED": _("the workers to whom it is offered"),
    "ANSWERS": _("the worker who is asked to answer"),
    "ENTRUSTED": _("the worker to whom it is entrusted"),
    "ASKER": _("whoever holds its code"),
}
REFERRALS: Final[dict[str, Any]] = {
    "admission_referral": _("Language, age band, wish and hours"),
    "admission_referredperson": _("Who the person is and how to reach them"),
    "admission_referrer": _("Who referred the person"),
    "admission_referralstatus": _("Where the referral stands"),
    "admission_offer": _("To whom it was offered, and the answers"),
    "questions_question": _("How somebody who asks under a code wants to be called"),
    "questions_message": _("What was asked under a code, and the answers"),
    "questions_questionstatus": _("Where a question asked under a code stands"),
}
