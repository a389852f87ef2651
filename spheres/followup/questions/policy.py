"""Who may answer a question asked under a code, hand it to a colleague, set it aside, erase it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import ASKER, Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.questions.models import QuestionStatus

Status = QuestionStatus.Status
WORKERS = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
OVER = frozenset({Status.ERASED, Status.EXPIRED})
THEIRS = _(
    "Somebody has already said yes to you. What they hold cannot be erased from this page: tell "
    "them here that you want to stop."
)
ERASED = _("This question was erased. Nothing of it is left to answer.")


def can_see_questions(actor: Actor) -> Decision:
    """Questions arrive at the coordination's desk."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Questions arrive at the coordination’s desk."))
    return yes()


def can_answer_her(actor: Actor, standing: QuestionStatus) -> Decision:
    """The coordination answers, or the worker to whom it handed the question; several times."""
    if not actor.has(Role.COORDINATOR, *WORKERS):
        return no(_("Only the coordination, or the worker it asked, answers a question."))
    if standing.status in OVER:
        return no(ERASED)
    return yes()


def can_pass_on(actor: Actor, standing: QuestionStatus) -> Decision:
    """The coordination hands a question to one worker, and takes it back."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination hands a question to somebody."))
    if standing.is_with_referral:
        return no(_("It came with a referral: offer the referral itself to a worker."))
    if standing.status in OVER:
        return no(ERASED)
    return yes()


def can_receive(is_candidate: bool, has_it: bool) -> Decision:
    """A question is handed to whoever accompanies young people today, never at the police."""
    if not is_candidate:
        return no(_("This person does not accompany young people here today."))
    if has_it:
        return no(_("This person already has this question."))
    return yes()


def can_set_aside(actor: Actor, standing: QuestionStatus) -> Decision:
    """The coordination sets aside, unread, what a machine sent, and takes it up again."""
    if not actor.has(Role.COORDINATOR):
        return no(_("Only the coordination sets a question aside."))
    if standing.is_with_referral:
        return no(_("A referral waits with this: it is never set aside."))
    if standing.status not in {Status.WAITING, Status.SET_ASIDE}:
        return no(_("This question is no longer in the queue."))
    return yes()


def can_add(actor: Actor, standing: QuestionStatus) -> Decision:
    """Whoever holds the code adds a word, as often as they need."""
    if not actor.has(ASKER):
        return no(_("Only whoever holds the code adds to a question."))
    if standing.status in OVER:
        return no(ERASED)
    return yes()


def can_erase(actor: Actor, standing: QuestionStatus) -> Decision:
    """Whoever holds the code erases all of it, at once, and gives no reason."""
    if not actor.has(ASKER):
        return no(_("Only whoever holds the code erases a question."))
    if standing.status in OVER:
        return no(ERASED)
    return yes()
