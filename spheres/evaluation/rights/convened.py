"""How do the rights of committees and of reflection rounds read aloud? Who sits, who reads what?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Any]] = {
    "partners.rounds": (
        _("Reflection rounds among partners"),
        (
            (
                "can_look can_answer",
                _(
                    "Whoever works with people, or leads those who do, answers alone and once when "
                    "their organisation is asked. Nobody, not even the database, keeps who "
                    "answered what; all read what all said, at the same time and without telling "
                    "organisations apart."
                ),
            ),
            (
                "can_facilitate can_open can_run can_make_longer can_count can_settle",
                _(
                    "The coordination and the planning officers open rounds. Whoever opened one "
                    "does not answer it, counts it once it is over and from eight answers, and is "
                    "alone to read its remarks, to reword them; they are then destroyed."
                ),
            ),
        ),
    ),
    "partners.cards": (
        _("What partners are to each other"),
        (
            (
                "can_look",
                _(
                    "All who work in the programme read what each partner says of itself, what it "
                    "expects of the others, and which agreements stand. Nothing there speaks of "
                    "anybody whom the programme accompanies."
                ),
            ),
            (
                "can_say can_agree can_keep_protocol",
                _(
                    "Whoever leads a partner says what it is, and what it expects of another and "
                    "offers it. It stands for a year, once both said yes; what was said before "
                    "stays. They write down which agreements were signed, and review them."
                ),
            ),
        ),
    ),
    "partners.calendar": (
        _("Calendar of the programme"),
        (
            (
                "can_look",
                _(
                    "All who work in the programme look at it; each finds there what they may know "
                    "of elsewhere, and nothing more."
                ),
            ),
        ),
    ),
    "partners.joining": (
        _("Joining the programme"),
        (
            (
                "can_look can_accept",
                _(
                    "All who work in the programme read its charter of values and accept it, each "
                    "in their own name; who accepted it stands on their organisation’s card."
                ),
            ),
            (
                "can_follow can_confirm can_open",
                _(
                    "Whoever coordinates, leads or guards privacy reads what is missing before a "
                    "real person is received. The person in charge of privacy says what is done "
                    "in their organisation; the coordination opens once nothing is missing."
                ),
            ),
        ),
    ),
    "partners.library": (
        _("The works that partners lean on"),
        (
            (
                "can_look",
                _("All who work in the programme read its library. It speaks of nobody."),
            ),
            (
                "can_check",
                _(
                    "Whoever coordinates, leads a team, teaches, supports or does research says, "
                    "having opened it, whether a link still leads to its work."
                ),
            ),
        ),
    ),
    "training.catalogue": (
        _("What the programme teaches"),
        (
            (
                "can_look",
                _("All who work in the programme read its catalogue. It speaks of nobody."),
            ),
            (
                "can_keep_material can_say_own can_say_outside can_confirm",
                _(
                    "Whoever coordinates or trains keeps what serves to teach, version after "
                    "version. Each says what they teach themselves, and the coordination confirms "
                    "it; of an outside organisation, the coordination says it and names nobody."
                ),
            ),
        ),
    ),
    "training.offer": (
        _("What the programme offers to teach in a year"),
        (
            (
                "can_look can_draw_up",
                _(
                    "The coordination draws it up. All who work in the programme read it, and so "
                    "does anybody on the public site. It names nobody."
                ),
            ),
        ),
    ),
    "training.kit": (
        _("What another region needs to teach the same"),
        (
            (
                "can_take",
                _(
                    "Whoever coordinates or trains takes the trainer’s kit to give: topics, "
                    "questions and links. It never says who teaches, who was trained, nor what "
                    "was answered."
                ),
            ),
            (
                "can_compare",
                _(
                    "The coordination looks at the kit of another region beside what stands here, "
                    "and keeps the files that are made. No page changes what is taught."
                ),
            ),
        ),
    ),
    "training.reach": (
        _("Whom trainings reached"),
        (
            (
                "can_look",
                _(
                    "The coordination alone reads how many people and organisations were trained, "
                    "by environment, region and year. It names nobody, and says nothing of "
                    "referrals."
                ),
            ),
        ),
    ),
    "training.requests": (
        _("Requests for training from outside"),
        (
            (
                "can_see_requests can_answer_it can_write_down",
                _(
                    "An outside organisation asks without account, and names no young person; "
                    "whoever works in the programme writes down what it asks. The coordination "
                    "alone reads it and answers; a day is agreed once it was proposed. It is "
                    "erased after the region’s delay."
                ),
            ),
        ),
    ),
    "training.sessions": (
        _("Training sessions, and who comes"),
        (
            (
                "can_look can_enrol",
                _(
                    "All who work in the programme see its training sessions, and enrol or leave "
                    "by themselves until each begins. Places are numbered by the database: nobody "
                    "who enrols reads who else does."
                ),
            ),
            (
                "can_enrol_team",
                _(
                    "Whoever leads a team, or an organisation, enrols those who work there, and "
                    "sees of the list those alone."
                ),
            ),
            (
                "can_plan can_plan_for can_change",
                _(
                    "The coordination plans sessions; a trainer, those where they teach. They, and "
                    "whoever teaches there, call one off or hand it on."
                ),
            ),
            (
                "can_keep_list can_note can_close",
                _(
                    "The coordination and whoever teaches there read the names of those who come, "
                    "say who came, and close the list. Of somebody from outside, the name is "
                    "erased after the time the region says."
                ),
            ),
            (
                "can_say_cost",
                _("What a session costs is for the coordination alone."),
            ),
        ),
    ),
    "training.attestations": (
        _("Who was trained, and in what"),
        (
            (
                "can_read_own",
                _("Each person reads what they were trained in themselves, and keeps its paper."),
            ),
            (
                "can_follow",
                _(
                    "Whoever leads a team, manages or guards privacy reads it of the people of "
                    "their organisation; the coordination, of everybody."
                ),
            ),
            (
                "can_coordinate can_take_back",
                _(
                    "The coordination writes what a paper says that was shown, takes back what was "
                    "a mistake, invites to a refresher, and hands their paper to people from "
                    "outside; never of itself."
                ),
            ),
            (
                "can_attest",
                _(
                    "Whoever gives a training, or coordinates, says who took part. Nobody says it "
                    "of themselves; the day that opens files follows from it."
                ),
            ),
        ),
    ),
    "training.brought_in": (
        _("Past trainings, brought in from a list"),
        (
            (
                "can_bring can_bring_in can_set_aside can_take_up can_undo",
                _(
                    "The coordination sends a list of those who were trained before, looks at what "
                    "was understood, adds it, and undoes it while nobody holds its paper. The list "
                    "and the e-mail addresses in it are not kept; a list that waits is forgotten, "
                    "and once it is added no line of it bears a name."
                ),
            ),
        ),
    ),
    "training.learning": (
        _("What partners learn, as their groups say it"),
        (
            (
                "can_look",
                _(
                    "All who work in the programme read, topic by topic and once a quarter is "
                    "over, what trainings change: at least two groups together, each of five "
                    "people or more. No group, no organisation and nobody is told apart."
                ),
            ),
            (
                "can_open can_run can_ask_after can_close can_answer",
                _(
                    "Whoever gives a training, or coordinates, asks its group and is alone to read "
                    "what that group said, from five people and once its answers are closed. Those "
                    "who take part answer without an account, and nobody can tell who answered "
                    "what."
                ),
            ),
        ),
    ),
    "worker_support.intervention_support": (
        _("Advice to professionals from outside"),
        (
            (
                "can_see_advice can_entrust_advice can_be_named",
                _(
                    "A professional asks without account, about somebody they do not name. The "
                    "coordination reads it, and may name one worker to answer, never of the police."
                ),
            ),
            (
                "can_give_advice can_close_advice can_reopen_advice",
                _(
                    "The coordination and that worker answer, close the request and open it again. "
                    "Of a call, nothing of what was said is kept; nothing becomes a referral."
                ),
            ),
            (
                "can_ask_more can_be_done can_say_how_it_was",
                _(
                    "Whoever holds the code of the receipt reads the answers, writes again, says "
                    "that it is done, and answers two questions that nothing ties to the request."
                ),
            ),
        ),
    ),
    "partners.practice_notes": (
        _("What partners hold to be good practice"),
        (
            (
                "can_look can_propose",
                _(
                    "All who work in the programme read its practice notes, those that wait and "
                    "those that no longer stand, and propose others. None speaks of anybody whom "
                    "the programme accompanies."
                ),
            ),
            (
                "can_rule",
                _(
                    "Whoever chairs a committee writes whether it approved a note, leaning on a "
                    "decision that it wrote down; with the view of those who saw it otherwise, and "
                    "the day of its review."
                ),
            ),
        ),
    ),
    "partners.self_assessment": (
        _("What each partner says of its own part"),
        (
            (
                "can_look can_assess",
                _(
                    "Whoever leads a partner says once a year where it stands, and what it will "
                    "do. Only their own organisation reads it. Those who lead, coordinate or plan "
                    "read how many partners stand where, once the year is over and when enough "
                    "answered; none is told apart."
                ),
            ),
        ),
    ),
    "partners.meeting_papers": (
        _("The papers of a meeting"),
        (
            (
                "can_put can_add can_take_from can_remove",
                _(
                    "Whoever sits on a committee puts papers beside its meetings and reads them, "
                    "the police included; nobody else learns that there is one. They name nobody "
                    "whom the programme accompanies. Whoever put one there, or chairs, takes it "
                    "off."
                ),
            ),
        ),
    ),
    "partners.committees": (
        _("What is brought to a committee"),
        (
            (
                "can_look can_name",
                _(
                    "The coordination of the programme says who sits on a committee, for which "
                    "organisation and since when. Whoever no longer works there no longer sits."
                ),
            ),
            (
                "can_bring can_take_off can_carry",
                _(
                    "Whoever sits there brings a subject. Of somebody, whoever accompanies them, "
                    "to a clinical committee: a vignette that names nobody, or with the person’s "
                    "agreement. Of whom it is, they mark for themselves alone. When the meeting is "
                    "not held, they carry it to the next one."
                ),
            ),
            (
                "can_call can_change can_place can_hold can_note_roll can_step_out",
                _(
                    "Whoever chairs calls the meeting, moves or cancels it, makes the agenda and "
                    "says who was there. They see who steps out of an item, never why. A quorum is "
                    "said, and stops nothing."
                ),
            ),
            (
                "can_note can_promise can_answer_promise",
                _(
                    "A vignette is read by all who sit there, the police included. Of somebody who "
                    "agrees, only those to whom something was told for that day know, by name or "
                    "as those who sit for an organisation other than the police; for all "
                    "others it is one line, the same for each. Whoever has a personal link, or is "
                    "barred from any part of the file, steps out of either, and reads neither its "
                    "minutes nor what was promised there. Whoever leads an organisation reads what "
                    "its people took on, when nobody was named."
                ),
            ),
        ),
    ),
}
