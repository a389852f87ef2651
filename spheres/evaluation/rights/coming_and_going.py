"""How do people come, share, pass on and leave: what each right of those folders reads like?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# By folder: its title; each sentence, under the rights that it says.
WORDS: Final[dict[str, tuple[Any, tuple[tuple[str, Any], ...]]]] = {
    "followup.admission": (
        _("From the referral to the follow-up"),
        (
            (
                "can_hold_the_desk can_receive can_type_in can_offer can_take_back can_tell_more",
                _(
                    "The desk of the coordination receives each referral, types in those made by "
                    "voice, offers it to one worker or several, answers questions and takes an "
                    "offer back."
                ),
            ),
            (
                "can_be_offered can_answer can_ask_more",
                _(
                    "Only a worker who accompanies young people today, never at the police, is "
                    "offered one; that worker alone answers, and may ask one question first."
                ),
            ),
            (
                "can_meet can_admit can_close",
                _(
                    "The worker to whom it is entrusted notes the first contact, admits or closes; "
                    "no stage of change and no proof is ever asked. The desk closes what it holds."
                ),
            ),
            (
                "can_agree_anew",
                _(
                    "What a parent or tutor agreed to before 14 is asked of the young person alone "
                    "from that day, by their worker."
                ),
            ),
            ("can_hold_a_file", _("A police service never holds the file of a young person.")),
        ),
    ),
    "followup.likeness": (
        _("Possible duplicates"),
        (
            (
                "can_compare can_leave_apart",
                _("The desk compares referrals by signs, never by names, and decides nothing."),
            ),
            (
                "can_decide can_tell_apart can_join",
                _(
                    "The person alone says whether two files are theirs; whoever accompanies them "
                    "writes it down. What the person parted is not joined again."
                ),
            ),
        ),
    ),
    "followup.code_words": (
        _("Code word"),
        (
            (
                "can_hear can_take_on",
                _(
                    "Whoever accompanies people hears the word, in their own organisation; they "
                    "take the person on only if nobody accompanies them any more."
                ),
            ),
        ),
    ),
    "followup.passages": (
        _("Pause, leave, come back, close"),
        (
            (
                "can_walk_with_her can_pass can_close can_come_back",
                _(
                    "Noted by those who accompany the person: in one step, without a reason; "
                    "closed together, with a letter. Whoever left comes back when they want."
                ),
            ),
            ("can_note_death", _("A death is noted by whoever accompanied the person.")),
        ),
    ),
    "followup.handing_over": (
        _("Handing over"),
        (
            (
                "can_pass can_name",
                _(
                    "A worker hands over those they accompany, with them, to a colleague who "
                    "stays; so does the psychotherapist with whom a file began."
                ),
            ),
            (
                "can_lead can_be_asked",
                _(
                    "A team lead names a worker for those of a colleague who is gone, or with whom "
                    "nobody walks; never themselves."
                ),
            ),
        ),
    ),
    "followup.withdrawals": (
        _("Withdrawing from a follow-up"),
        (
            (
                "can_withdraw can_leave_to can_say_known",
                _("Whoever withdraws, or knows the person, says so, and is never asked why."),
            ),
            ("can_settle", _("A team lead or the coordination says that somebody else was found.")),
        ),
    ),
    "followup.consents": (
        _("What is shared"),
        (
            (
                "can_share can_take_back can_last_until can_decline",
                _(
                    "Written down, taken back, and asked anew of the person alone from 14, by "
                    "those who accompany them; until a day, %(usual)d months as a rule and "
                    "%(longest)d at most."
                ),
            ),
            (
                "can_read",
                _(
                    "Read, in the organisation to which it is shared, by those who accompany "
                    "people."
                ),
            ),
            (
                "can_rest_on",
                _(
                    "Agreed for one absence, with the one person named to answer at a partner’s, "
                    "as long as that person still works there."
                ),
            ),
            (
                "can_see_how_many_end",
                _("The coordination sees how many end soon in its organisation, never whose."),
            ),
        ),
    ),
    "followup.departure": (
        _("A partner leaves the programme"),
        (
            (
                "can_lead_out can_receive",
                _(
                    "Asked by a manager of the organisation, who says at the end that they hold "
                    "what is theirs."
                ),
            ),
            (
                "can_see_to can_confirm can_end",
                _(
                    "Confirmed, then ended once nothing waits, by the coordination: two people of "
                    "two organisations."
                ),
            ),
            ("can_call_off", _("Called off by either of them, until the end.")),
            (
                "can_copy",
                _(
                    "Copied by those who accompany the people, and by the manager for the "
                    "registers."
                ),
            ),
            ("can_ask", _("Each person is asked by whoever accompanies them, and chooses.")),
        ),
    ),
    "followup.exceptional": (
        _("Opening exceptionally"),
        (
            (
                "can_open",
                _("By a worker, for somebody they can already name, in their own organisation."),
            ),
            (
                "can_extend",
                _(
                    "For an hour more, once and before its end, by a second person of those who "
                    "look at it again, with a reason; then another one looks at it."
                ),
            ),
            (
                "can_review",
                _(
                    "Looked at again by the person in charge of privacy, the coordination or a "
                    "team lead; never by whoever opened. Where nobody else there can, by the "
                    "coordination of the programme, which is not given the person’s name."
                ),
            ),
        ),
    ),
    "followup.representatives": (
        _("Suspending the rights of a representative"),
        (
            (
                "can_suspend can_end",
                _(
                    "By a worker who walks with the person, on a recorded ground, at once; the "
                    "representative is not told."
                ),
            ),
            (
                "can_review",
                _(
                    "Looked at again by the person in charge of privacy, or by the programme’s "
                    "coordination where nobody else can; they keep it or end it, and do not read "
                    "of whom it is; never by whoever wrote it."
                ),
            ),
        ),
    ),
    "followup.restrictions": (
        _("Keeping somebody out"),
        (
            (
                "can_write can_restrict can_explain can_sign can_leave_to can_refuse",
                _(
                    "Written with the person by those who accompany them, once somebody named "
                    "explained the effects; from 14, the person alone signs."
                ),
            ),
            ("can_lift", _("Lifted when the person says so, never by whoever it keeps out.")),
        ),
    ),
    "followup.why": (
        _("“Why can’t I see this?”"),
        (
            (
                "can_ask can_see_to",
                _("Anybody here asks; the desk answers, and nobody’s existence is confirmed."),
            ),
        ),
    ),
    "followup.disclosures": (
        _("What is told outside, item by item"),
        (
            (
                "can_prepare can_write_down can_last_until",
                _(
                    "Prepared by those who accompany the person, for somebody named, until a day; "
                    "what was refused is written down too. A psychotherapist writes a letter for "
                    "it, which nobody else reads where they work; whoever guards privacy decides."
                ),
            ),
            (
                "can_decide can_look",
                _(
                    "Decided by a second person, never by whoever prepared it; looked at by those "
                    "who look again."
                ),
            ),
            (
                "can_receive",
                _(
                    "Read, frozen as it was told, by whoever it names; at the police, by the "
                    "members of its programme alone, who open nothing of a file by it."
                ),
            ),
        ),
    ),
    "followup.danger": (
        _("A danger: called first, written after"),
        (
            (
                "can_be_beside can_write can_be_then",
                _(
                    "Written after the call by those who accompany the person, or who answer for "
                    "whoever does; read by its author and by those who supervise there."
                ),
            ),
            ("can_add", _("Added to by its author alone: nothing that stands is changed.")),
            (
                "can_tell can_wait_until",
                _(
                    "The person is told by those who accompany them; not for now, only with a harm "
                    "and a day on which to look again."
                ),
            ),
            (
                "can_look can_review",
                _("Looked at again by somebody who supervises, never by its author."),
            ),
            (
                "can_direct",
                _("Who answers day and night is said by the organisation, for its own people."),
            ),
        ),
    ),
    "followup.worrying": (
        _("A worrying situation under 18, and the duty to report"),
        (
            (
                "can_be_beside can_write can_be_then",
                _(
                    "Questions to weigh, never a verdict, for those who accompany the person, or "
                    "who answer for whoever does; what was reported, or why not, under 18 only."
                ),
            ),
            (
                "can_add",
                _(
                    "Known by its author and by those who supervise there, and by no colleague; "
                    "added to by its author alone."
                ),
            ),
            (
                "can_tell can_wait_until",
                _(
                    "The person is told by its author, and reads it with them; not for now, only "
                    "with a harm and a day on which to look again. No paper and no copy holds it."
                ),
            ),
            (
                "can_look can_review",
                _("Looked at again by somebody who supervises, never by its author."),
            ),
            (
                "can_read_with_her",
                _(
                    "Once its author has left, whoever supervises reads it with the person, on a "
                    "screen, unless it is written that it could harm them."
                ),
            ),
            (
                "can_say can_say_of_others",
                _(
                    "What the law asks of somebody is said by themself or by a manager, and never "
                    "guessed."
                ),
            ),
        ),
    ),
    "followup.openings": (
        _("Who opened what"),
        (
            (
                "can_let_go_on can_be_let_go_on",
                _(
                    "Whoever opened too many files in a day is stopped, never from what protects; "
                    "a colleague lets them go on, with a reason, never oneself."
                ),
            ),
            (
                "can_look",
                _(
                    "The person in charge of privacy looks at what stands out, in their own "
                    "organisation, and reads nobody’s file by it."
                ),
            ),
        ),
    ),
    "followup.dossier": (
        _("A list of one’s people"),
        (("can_have_people", _("Those who accompany people, of their own people alone.")),),
    ),
    "followup.workload": (
        _("Counts of a team"),
        (
            (
                "can_see_workload",
                _("A team lead reads those of their organisation, the coordination everyone’s."),
            ),
        ),
    ),
    "evaluation.indicators": (
        _("Figures"),
        (("can_see_figures", _("Grouped, without a name; small numbers are hidden.")),),
    ),
    "interop.ical": (
        _("Calendar of one’s meetings"),
        (
            (
                "can_decide can_make can_make_of",
                _(
                    "Whoever accompanies people, sits on a committee or presents at events, once "
                    "their organisation agreed: neutral titles. Of one committee alone, whoever "
                    "sits there."
                ),
            ),
        ),
    ),
}
