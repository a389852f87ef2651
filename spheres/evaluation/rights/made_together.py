"""What is written with a person, or of them: what each right of those folders reads like?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

ITS_TEAM = _("Those who accompany the person write it, with them or for them.")
ITS_AUTHOR = _("Its author alone corrects it, once, by another text; both stay.")

# By folder: its title; each sentence, under the rights that it says.
WORDS: Final[dict[str, tuple[Any, tuple[tuple[str, Any], ...]]]] = {
    "followup.questions": (
        _("Questions asked under a code"),
        (
            (
                "can_see_questions can_set_aside can_pass_on can_receive",
                _(
                    "Questions arrive at the desk of the coordination, which may ask a worker, "
                    "never at the police, to answer one, and sets aside what a machine sent."
                ),
            ),
            (
                "can_answer_her",
                _("The coordination answers, or the worker it asked; nobody knows who asked."),
            ),
            (
                "can_add can_erase",
                _("Whoever holds the code adds to it, and erases all of it, at once."),
            ),
        ),
    ),
    "followup.identity": (_("Identity"), (("can_write", ITS_TEAM),)),
    "followup.reaching": (
        _("How the person is reached"),
        (
            (
                "can_write can_confirm can_prepare",
                _(
                    "Those who accompany the person write how to reach them and confirm it with "
                    "them. No call or text is prepared outside their way, their hours, their words."
                ),
            ),
        ),
    ),
    "portal.notebook": (
        _("The person’s own notebook"),
        (
            (
                "can_accompany can_open can_agree can_give_code",
                _(
                    "Opened face to face by those who accompany the person, once how to reach them "
                    "safely was talked over and confirmed. Below the age of agreeing alone, "
                    "whoever may agree for them does so with them."
                ),
            ),
            (
                "can_choose_pin",
                _(
                    "Opened by a code given in person and a PIN that the person alone knows. After "
                    "five wrong tries in all, another code is given in person."
                ),
            ),
            (
                "can_lower",
                _(
                    "Lowered or closed by the person alone, at once; raised with their worker. "
                    "Where the person chose to write, they add dreams, steps and exercises alone."
                ),
            ),
            (
                "can_leave_word",
                _(
                    "A word left there is read and answered by those who accompany the person, or "
                    "who answer for them meanwhile; ten wait at most."
                ),
            ),
        ),
    ),
    "portal.own_pages": (
        _("Pages that the person writes for themselves alone"),
        (
            (
                "can_write can_begin can_keep",
                _(
                    "Written, read, changed and deleted by the person alone, in their notebook, at "
                    "the level of writing. Nobody else opens them, whatever the ground: they are "
                    "locked with the person’s two numbers, which are kept nowhere."
                ),
            ),
            (
                "can_give",
                _(
                    "Given page by page by the person, word for word, to their plan; from then on "
                    "it is read as the rest of it."
                ),
            ),
        ),
    ),
    "portal.advisory": (
        _("What young people think of it"),
        (
            (
                "can_look can_run_some can_run can_open can_count can_settle",
                _(
                    "The coordination opens a round, counts it once it is over and from eight "
                    "answers, rewords the sentences and says to everybody what was changed."
                ),
            ),
            (
                "can_answer can_type_in",
                _(
                    "The person answers alone, in their notebook or on paper. Those who accompany "
                    "people type in the sheets of a sealed envelope, several at once. Nobody, not "
                    "even the database, keeps who answered what."
                ),
            ),
        ),
    ),
    "followup.summary": (
        _("The person’s own page, as it is written"),
        (("can_write can_add", _("Written together: one page at most, twelve lines.")),),
    ),
    "followup.notes": (
        _("Notes"),
        (
            ("can_write", _("Those who accompany the person write notes.")),
            ("can_correct", ITS_AUTHOR),
            (
                "can_keep",
                _("Of a conversation about change, the person’s sentence stays if they agreed."),
            ),
        ),
    ),
    "records": (
        _("The official file of an organisation"),
        (
            (
                "can_hand_over",
                _("The author of a signed text alone copies it, to their own organisation’s file."),
            ),
        ),
    ),
    "followup.plan": (
        _("The plan as a whole"),
        (
            (
                "can_read",
                _("Read by those who accompany the person, and by whom the person lets read it."),
            ),
            (
                "can_hand_over",
                _(
                    "Any of them copies what the person agreed to, to their own organisation’s "
                    "file."
                ),
            ),
        ),
    ),
    "followup.life_plan": (
        _("Dreams, goals and small steps"),
        (
            ("can_write can_move_aim can_move_step can_say_otherwise", ITS_TEAM),
            (
                "can_put_in_plan",
                _("A dream is the person’s to say; a goal stands only once the person agreed."),
            ),
            ("can_move_task", _("Whoever has something to do says what became of it.")),
        ),
    ),
    "followup.strengths": (
        _("Strengths"),
        (
            ("can_write can_move", ITS_TEAM),
            ("can_correct", ITS_AUTHOR),
            ("can_keep", _("What a worker noticed stands only once the person agreed.")),
        ),
    ),
    "followup.stage_marks": (
        _("Where the person says they are"),
        (("can_write", ITS_TEAM), ("can_correct", ITS_AUTHOR)),
    ),
    "followup.success": (
        _("What success is for the person"),
        (("can_write", ITS_TEAM), ("can_correct", ITS_AUTHOR)),
    ),
    "followup.exercises": (
        _("Exercises"),
        (
            (
                "can_write can_fill can_print",
                _(
                    "Those who accompany the person fill them in with them, and print them for "
                    "them; whoever reads the file for a while does not."
                ),
            ),
            ("can_correct", ITS_AUTHOR),
        ),
    ),
    "followup.instruments": (
        _("Questionnaires"),
        (
            (
                "can_open can_offer can_write can_print can_print_blank",
                _(
                    "Offered, filled in and printed by those who accompany people, as far as the "
                    "licence lets them. What a psychotherapist fills in stays in psychotherapy. "
                    "One that asks about suicide is never printed blank."
                ),
            ),
            (
                "can_read_figures",
                _("Its figures unfold for the roles that it names alone, on its own page."),
            ),
            ("can_correct", ITS_AUTHOR),
        ),
    ),
    "followup.safety_net": (
        _("Safety net, crisis plan, staying on course"),
        (
            ("can_write can_be_beside", ITS_TEAM),
            (
                "can_write_here",
                _("Whoever reads the file for a while, or before a first meeting, only reads."),
            ),
            ("can_correct", ITS_AUTHOR),
        ),
    ),
    "followup.urgent_needs": (
        _("Urgent needs"),
        (
            (
                "can_write can_answer",
                _("Any of the person’s workers writes it, and what came of it."),
            ),
            ("can_correct", ITS_AUTHOR),
        ),
    ),
    "followup.meetings": (
        _("Meetings"),
        (
            (
                "can_plan can_write can_move can_answer can_take_back",
                _(
                    "Planned, moved and told by those who accompany the person; none is planned "
                    "with somebody who has died."
                ),
            ),
        ),
    ),
    "followup.accompaniments": (
        _("Accompaniments and referrals elsewhere"),
        (
            ("can_write can_tell can_reply", ITS_TEAM),
            (
                "can_agree can_hand can_withdraw",
                _(
                    "Nothing leaves for a resource without the person’s yes, line by line; under "
                    "the age of deciding alone, not with that yes alone. They take it back as "
                    "long as it has not left."
                ),
            ),
            ("can_correct", ITS_AUTHOR),
        ),
    ),
    "followup.activities": (
        _("Activities"),
        (
            (
                "can_plan can_say can_see_board can_export",
                _(
                    "Planned by workers and those who lead them; costs and counts leave without a "
                    "name."
                ),
            ),
            (
                "can_invite can_say_of",
                _(
                    "Another organisation is invited, and what became of it is said, by those who "
                    "plan where it is offered."
                ),
            ),
            (
                "can_come can_add can_see_list can_keep",
                _(
                    "The list of a day is read by the workers who come along, until the day is "
                    "over; kept only when something happened, by the coordination or the person "
                    "in charge of privacy."
                ),
            ),
            (
                "can_authorise",
                _("From the age of deciding alone the person agrees; before, not alone."),
            ),
            ("can_write", ITS_TEAM),
            ("can_correct", ITS_AUTHOR),
        ),
    ),
    "followup.therapy_notes": (
        _("Psychotherapy notes"),
        (
            (
                "can_write can_bring_in",
                _(
                    "Written by the psychotherapist whom the team brought in, or with whom the "
                    "file began: that person brings a colleague in too."
                ),
            ),
            ("can_correct", ITS_AUTHOR),
            ("can_hide_days", _("A day is shown only if the person agrees, and no longer after.")),
        ),
    ),
    "followup.custody": (
        _("Psychotherapy notes whose author is gone"),
        (
            (
                "can_name",
                _(
                    "The person in charge of privacy names who holds them when their author left, "
                    "died or can no longer act, and reads none of it."
                ),
            ),
            (
                "can_hold",
                _(
                    "A psychotherapist of the same organisation reads them and writes nothing "
                    "there; each opening stays written. Never the coordination, a team lead, the "
                    "technical side or the police."
                ),
            ),
        ),
    ),
    "followup.therapy_requests": (
        _("Psychotherapy requests"),
        (
            ("can_ask", _("Asked with the person by one of their workers, as they agreed to it.")),
            (
                "can_answer can_be_on can_say",
                _(
                    "Answered by a psychotherapist of the partner they named; their worker reads "
                    "days and nothing else. Accepted, and if the person agreed to it, a file of "
                    "that partner’s begins, kept by whoever accepted."
                ),
            ),
        ),
    ),
    "followup.parts": (
        _("Who does what for the person"),
        (
            (
                "can_write",
                _("Written and read by those who accompany the person, and shown to them."),
            ),
            ("can_name", _("The police are written there only if the person named them.")),
            (
                "can_say_next",
                _(
                    "A partner with whom the person shares reads its own part, once the person "
                    "agrees, and writes what comes next in it; nothing else opens."
                ),
            ),
        ),
    ),
    "followup.reading": (
        _("Reading the file together"),
        (
            (
                "can_read_together",
                _(
                    "Those who accompany the person open the file with them: all that is theirs at "
                    "14 and over, before that what was said and made with them."
                ),
            ),
            (
                "can_hide",
                _(
                    "They hide what concerns another person, with the reason: until somebody has "
                    "looked, what the team wrote stays hidden whole."
                ),
            ),
            (
                "can_write_comment",
                _("What the person says of a text stays beside it, as they say it."),
            ),
        ),
    ),
}
