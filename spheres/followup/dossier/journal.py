"""How does a line of the journal read, aloud, to the person it is about?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.audit.models import Event

SENTENCES: dict[str, Any] = {
    "open": _("opened your file"),
    "list": _("had you in a list"),
    "note.signed": _("signed a note"),
    "note.corrected": _("corrected a note"),
    "note.handed_over TEXT": _("copied a note, as text, to the official file of the organisation"),
    "note.handed_over PDF": _("copied a note, as a PDF, to the official file of the organisation"),
    "note.handed_over JSON": _("copied a note, as data, to the official file of the organisation"),
    "exceptional.opened": _("opened, for an hour, what may protect you: a life might be in danger"),
    "exceptional.closed": _("closed what was opened for an hour"),
    "exceptional.reviewed": _("looked again at what was opened for an hour"),
    "departure.copied": _("took a copy of your file: the organisation leaves the programme"),
    "departure.said": _("noted what you want, since the organisation leaves the programme"),
    "departure.tried": _("tried to reach you: the organisation leaves the programme"),
    "departure.sharing_ended": _("ended what was shared: the organisation left the programme"),
    "retention.asked": _("wrote down that you ask for something to be erased"),
    "retention.proposed": _("proposed what becomes of what was written of you"),
    "retention.taken_back": _("took back what was proposed: nothing is done"),
    "retention.confirmed DESTROYED": _("agreed, as second person, that it is destroyed"),
    "retention.confirmed SEALED": _("agreed, as second person, that it is sealed"),
    "retention.confirmed KEPT": _("agreed, as second person, that it is kept for now"),
    "retention.lift_asked": _("asked, on a legal ground, to open again what is sealed"),
    "retention.lifted": _("opened again, as second person, what was sealed"),
    "disclosure.prepared": _("prepared something to be told outside"),
    "disclosure.declined": _("noted that something was asked about you, and refused"),
    "disclosure.approved": _("agreed, as second person, that something is told outside"),
    "disclosure.refused": _("said no, as second person: nothing is told"),
    "disclosure.handed": _("handed over on paper what you know of"),
    "disclosure.received": _("said having received what was told"),
    "disclosure.withdrawn": _("noted that you take back your yes: it is told no more"),
    "disclosure.opened": _("read what was told"),
    "disclosure.printed": _("put on paper what is told outside"),
    # Neutral on purpose: the journal is read to her even while telling her of it could harm her.
    "danger.written": _("called somebody outside, and wrote it down"),
    "danger.added": _("added to what was written of a call"),
    "danger.told_her": _("noted whether you were told of a call"),
    "danger.reviewed": _("looked again at what was written of a call"),
    "absence.no_need": _("noted that you need nobody to answer during an absence"),
    "consent.given": _("noted what you share, and with whom"),
    "consent.withdrawn": _("noted that you take back what you shared"),
    # Neutral on purpose: a parent or a tutor may be there when it is read.
    "representative.noted": _("noted who may speak for you"),
    # Neutral on purpose: whoever asks may be there when it is read.
    "access_request.received": _("wrote down a request about your file"),
    "access_request.step": _("wrote down a step of a request about your file"),
    "access_request.seat": _("let whoever is in charge of privacy read what it takes to answer"),
    "access_request.answered": _("answered a request about your file"),
    "access_request.copied": _("made a copy that was granted"),
    "access_request.handed": _("handed over what was granted"),
    "restriction.explained": _("explained what it changes to keep somebody from your file"),
    "restriction.given": _("kept somebody from your file, as you decided"),
    "restriction.lifted": _("noted that you let somebody see your file again"),
    "restriction.on_paper": _("printed a notice of restriction for you to sign"),
    "refusal.said": _("wrote down what you refuse"),
    "refusal.taken_back": _("noted that you take a refusal back"),
    "need.noted": _("wrote down an urgent need"),
    "need.corrected": _("corrected an urgent need"),
    "need.begun": _("began to meet an urgent need"),
    "need.told": _("wrote what came of an urgent need"),
    "exercise.kept": _("kept an exercise as you filled it in"),
    "exercise.corrected": _("corrected an exercise"),
    "exercise.printed": _("printed an exercise for you"),
    "plan.handed_over TEXT": _(
        "copied, as text, what you agreed to of your plan to the official file"
    ),
    "plan.handed_over PDF": _(
        "copied, as a PDF, what you agreed to of your plan to the official file"
    ),
    "plan.handed_over JSON": _(
        "copied, as data, what you agreed to of your plan to the official file"
    ),
    "questionnaire.kept": _("kept a questionnaire as you answered it"),
    "questionnaire.corrected": _("corrected a questionnaire"),
    "questionnaire.printed": _("printed a questionnaire for you"),
    "plan.dream_written": _("wrote a dream with you"),
    "plan.dream_corrected": _("said a dream otherwise with you"),
    "plan.goal_written": _("wrote a goal that you agreed to"),
    "plan.goal_corrected": _("said a goal otherwise with you"),
    "plan.aim_alive": _("took up a dream or a goal again"),
    "plan.aim_reached": _("noted that a dream or a goal is there"),
    "plan.aim_set_aside": _("set a dream or a goal aside for now"),
    "plan.step_added": _("wrote a small step with you"),
    "plan.step_proposed": _("noted that a step is only proposed"),
    "plan.step_chosen": _("noted that you choose a step"),
    "plan.step_done": _("noted a step that you did"),
    "plan.step_set_aside": _("set a step aside for now"),
    "plan.trace_left": _("kept what you told of what you did"),
    "stage.marked": _("noted where you say you are"),
    "stage.corrected": _("corrected where you say you are"),
    "task.kept": _("wrote down something to do for you"),
    "task.done": _("did something for you"),
    "task.dropped": _("noted that something is no longer to be done for you"),
    "task.open": _("took up again something to do for you"),
    "record.signed": _("signed a text"),
    "record.corrected": _("corrected a text"),
    "referral.received": _("sent us the referral"),
    "referral.offered": _("offered the referral to a worker"),
    "referral.declined": _("could not take the referral on"),
    "referral.asked_more": _("asked the coordination a question about the referral"),
    "referral.told_more": _("answered a question about the referral"),
    "referral.taken_back": _("took the offer of the referral back"),
    "referral.accepted": _("agreed to accompany you"),
    "referral.met": _("noted the first contact"),
    "referral.admitted": _("noted your agreement and opened the follow-up"),
    "referral.not_now": _("noted that it is not for now, door open"),
    "referral.oriented": _("pointed you to another resource"),
    "referral.withdrawn": _("noted that you withdrew"),
    "referral.expired": _("closed the referral, which had expired"),
    "follow_up.goes_on": _("noted that the follow-up goes on"),
    "follow_up.paused": _("noted that you take a break"),
    "follow_up.left": _("noted that you leave, door open"),
    "follow_up.towards_adulthood": _("noted that you prepare what comes after"),
    "follow_up.death_noted": _("noted your death"),
    "follow_up.returned": _("noted that you are back"),
    "follow_up.closed": _("closed the follow-up with a letter to you"),
    "follow_up.words_kept": _("kept your words for the end"),
    "follow_up.fit_asked": _("asked whether it still fits you"),
    "belonging.said": _("wrote with you what you say of your nations"),
    "belonging.opened": _("opened what you said of your nations"),
    "identity.said": _("wrote with you who you say you are"),
    "contact.written": _("wrote down how you want to be reached"),
    "contact.confirmed": _("noted that the way to reach you is still good"),
    "contact.unsafe": _("noted that it is not safe to reach you for now"),
    "contact.safe": _("noted that you say it is safe again to reach you"),
    "call_sheet.prepared": _("prepared a call to you, in the words you chose"),
    "text.prepared": _("prepared a text to you, in the words you chose"),
    "code_word.heard": _("heard your code word"),
    "code_word.opened": _("opened how to reach you, with your code word"),
    "code_word.taken_on": _("goes on with you, as you asked"),
    "hand_over.told": _("told you that somebody else will walk with you"),
    "hand_over.answered": _("wrote down what you want next, and with whom"),
    "hand_over.prepared": _("let a colleague see what you allowed, until you have met"),
    "hand_over.ended": _("ended what a colleague could see before meeting you"),
    "hand_over.met": _("noted that you have met, and walks with you now"),
    "hand_over.declined": _("cannot walk with you, and has told the colleague who asked"),
    "hand_over.taken_on": _("walks with you, in place of a worker who is gone"),
    "likeness.left_apart": _("set aside a likeness with another referral"),
    "likeness.joined": _("noted that you say another referral is you too"),
    "likeness.told_apart": _("noted that another referral is not you"),
    "likeness.parted": _("parted your file from another one"),
    "summary.line_added": _("wrote a line of your page with you"),
    "summary.line_changed": _("said a line of your page otherwise"),
    "summary.line_removed": _("took a line off your page"),
    "safety.written": _("wrote a sheet of your safety with you"),
    "safety.corrected": _("corrected a sheet of your safety"),
    "safety.look_again": _("noted that your safety may be looked at again together"),
    "safety.fits": _("noted that what keeps you safe still fits"),
    "safety.on_paper": _("prepared a sheet or a card of your safety on paper"),
    "meeting.planned": _("planned a meeting with you"),
    "meeting.moved": _("moved a meeting with you"),
    "meeting.held": _("noted that a meeting with you took place"),
    "meeting.missed": _("noted a missed meeting, without blame"),
    "meeting.cancelled": _("noted that a meeting was cancelled"),
    "meeting.taken_back": _("took back what was noted of a meeting"),
    "accompaniment.begun": _("began an accompaniment with you"),
    "accompaniment.corrected": _("corrected an accompaniment"),
    "accompaniment.told": _("noted a step of an accompaniment"),
    "outgoing.agreed": _("noted what you agreed to have told to a resource"),
    "outgoing.handed": _("handed over to a resource the lines you agreed to"),
    "outgoing.withdrawn": _("noted that you took an agreement back"),
    "outgoing.answered": _("noted what came back from a resource"),
    "attendance.added": _("put you on the list of an activity, which is gone the next day"),
    "attendance.taken_off": _("took you off the list of an activity"),
    "participation.written": _("wrote what you come to an activity for"),
    "participation.corrected": _("corrected what an activity was for you"),
    "participation.told": _("wrote how an activity was for you"),
    "participation.authorised": _("noted what an activity asks at your age, and who gave it"),
    "strength.kept": _("added a line to your strengths"),
    "strength.corrected": _("corrected a line of your strengths"),
    "strength.set_aside": _("set aside a line of your strengths, for now"),
    "strength.taken_up": _("took up again a line of your strengths"),
    "strength.on_paper": _("printed your strengths for you"),
    # The first four are in no file: each stands in the journal of its author (ADR therapy).
    "therapy.note_signed": _("opened your file"),
    "therapy.note_corrected": _("opened your file"),
    "therapy.days_hidden": _("opened your file"),
    "therapy.day_said": _("opened your file"),
    "therapy.asked": _("asked a partner for a psychotherapy with you"),
    "therapy.brought_in": _("noted that a psychotherapist walks with you too"),
    "reading.looked": _("looked at a text for what concerns others, before you read it"),
    "reading.held": _("read your file with you"),
    "reading.on_paper TAKEN": _("put on paper what you may read: you take it with you"),
    "reading.on_paper HERE": _("put on paper what you may read: it is kept here for you"),
    "reading.on_paper LATER": _("put on paper what you may read: you come for it another day"),
    "mask.set": _("hid what concerns somebody else in a text, for when you read it"),
    "mask.lifted": _("showed again what was hidden in a text"),
    "comment.kept": _("kept what you say of a text, beside it"),
    "shared.opened": _("read what you share"),
    "part.said": _("wrote with you what a partner does for you"),
    "part.changed": _("said otherwise what a partner does for you"),
    "part.ended": _("noted that what a partner does for you is over"),
    "worker.withdrew": _("withdrew: this worker no longer accompanies you"),
    "worker.named": _("asked a worker to be with you, without knowing who you are"),
    "worker.handed_on": _("asked a colleague to be with you for now"),
    "refused": _("was refused a page"),
    "erased.referral": _("erased what was said in the referral"),
    "erased.follow_up": _("erased what was written in the follow-up"),
    "erased.draft": _("erased the drafts"),
    "erased.therapy": _("erased the psychotherapy notes"),
    "erased.register": _("erased the registers of what you agreed to, and of what was told"),
}
# These say by themselves what was open: the name of a part after them would mislead her.
WHOLE: frozenset[str] = frozenset({"belonging.said", "belonging.opened"})
# What the journal does not know how to say is not said in the words of whoever wrote it.
OTHER = _("Other action")

SECTIONS: dict[str, Any] = {
    "identity": _("your name"),
    "contact": _("how to reach you"),
    "whereabouts": _("where you are"),
    "relation": _("who walks with you"),
    "summary": _("your summary"),
    "plan": _("your plans"),
    "safety": _("your safety plan"),
    "steps": _("your steps"),
    "notes": _("the notes"),
    "health": _("your health"),
    "legal": _("legal matters"),
    "therapy": _("the therapy notes"),
    "private": _("your private pages"),
}


def parts_of(sections: Iterable[str]) -> str:
    """These parts of her file, in the words she would use."""
    return ", ".join(str(SECTIONS[section]) for section in sections if section in SECTIONS)


def done_of(event: Event, where: str = "") -> str:
    """What was done, in the words she would use; of some acts, the shape is told too, and of what
    was read at a partner's, at which."""
    shaped = SENTENCES.get(f"{event.action} {event.basis}")
    done = str(shaped or SENTENCES.get(event.action, OTHER))
    return _("%(done)s, at %(where)s") % {"done": done, "where": where} if where else done


def sentence_of(event: Event, where: str = "") -> str:
    """The same, and which parts were open."""
    done = done_of(event, where)
    parts = "" if event.action in WHOLE else parts_of(event.sections)
    return _("%(done)s: %(parts)s") % {"done": done, "parts": parts} if parts else done
