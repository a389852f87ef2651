"""What does the common framework say, in our words, and whom does it cite?

Its facts are the programme’s; its sentences are ours. The words of each author stay in their works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Piece:
    """One component, approach, value or aim: its name, what it means here, whom it cites."""

    name: Any
    words: Any = ""
    cites: tuple[str, ...] = ()


AIMS: Final = (
    Piece(
        _("That what each person needs be answered by other ways than exchanging sexual services.")
    ),
    Piece(_("That harms lessen: to the body, the mind, ties with others, daily life and rights.")),
    Piece(
        _("That each find their own way towards what they hope for, in school, work or elsewhere.")
    ),
    Piece(_("That each feel better, alone and with others.")),
)

COMPONENTS: Final = (
    Piece(
        _("Concerted action and mobilization"),
        _(
            "Organisations of unlike kinds first say how each sees the situation, what each does "
            "and what it expects of the others. They rest on research more than on opinion, and "
            "somebody with the experience leads the talk, again and again."
        ),
        ("Ødegård (2005)", "Anderson (2005)"),
    ),
    Piece(
        _("Partner training"),
        _(
            "Those who will accompany, and those who refer, learn together before they act "
            "together."
        ),
        ("Brisebois & Fredette (2021)",),
    ),
    Piece(
        _("Awareness and promotion"),
        _(
            "Young people, families and professionals learn to recognise exploitation, and know "
            "which door to knock at."
        ),
        ("Fleury & Fredette (2002)",),
    ),
    Piece(
        _("Support for youth workers"),
        _(
            "Nobody carries this work alone: supervision, colleagues to ask, and care for what "
            "hearing of violence does."
        ),
        ("Geoffrion et al. (2018)",),
    ),
    Piece(
        _("Individual psychosocial follow-up"),
        _(
            "Somebody walks with the person, for as long as it takes, because that person wishes "
            "it. It is never imposed, and never the price of another service."
        ),
        ("Gélinas et al. (2022)", "Texas DSHS (2018)"),
    ),
)

APPROACHES: Final = (
    Piece(
        _("Humanistic"),
        _("The relationship comes first: warm, reassuring, between equals. The person leads."),
    ),
    Piece(
        _("Trauma-informed"),
        _(
            "What happened before explains much of what one sees now. Safety, choice and "
            "predictable gestures come before questions."
        ),
        ("Dodsworth (2012)",),
    ),
    Piece(
        _("Stages of change"),
        _(
            "One moves, stays and comes back. Help differs with the moment, and somebody who is "
            "not thinking of change has their place here."
        ),
        ("Prochaska & DiClemente (1982)",),
    ),
    Piece(
        _("Motivational interviewing"),
        _("One listens for the person’s own reasons, rather than giving them ours."),
        ("Miller & Rollnick (2002)",),
    ),
    Piece(
        _("Harm reduction"),
        _(
            "Whatever the person chooses today, there is something to do so that it harms less. "
            "Nothing is asked first."
        ),
        ("Brisson (1997)",),
    ),
    Piece(
        _("Relapse prevention"),
        _("Difficult moments are foreseen with the person; a return is part of the way."),
        ("Marlatt & Donovan (2005)",),
    ),
)

VALUES: Final = (
    Piece(_("Power to act"), _("The person decides; we widen what can be chosen.")),
    Piece(_("Mobilization"), _("Each takes part: the person, those around them, every partner.")),
    Piece(_("Integrity"), _("Body, word and privacy of each are respected, in every gesture.")),
    Piece(_("Many experiences"), _("No two stories are alike; none is measured by another.")),
    Piece(_("Pace"), _("The person’s own, also when ours would be quicker.")),
    Piece(
        _("Safety"), _("It is built with the person, and in the open world more than behind doors.")
    ),
)

WORKS: Final = (
    "Anderson, A. A. (2005). The Community Builder’s Approach to Theory of Change: A Practical "
    "Guide to the Theory Development. The Aspen Institute Roundtable on Community Change.",
    "Brisebois, R.-A., & Fredette, C. (2021). Frame of reference for sexual exploitation "
    "interventions. Institut universitaire Jeunes en difficulté, CIUSSS du "
    "Centre-Sud-de-l’Île-de-Montréal.",
    "Brisson, P. (1997). L’approche de réduction des méfaits : sources, situation, pratiques. "
    "Comité permanent de lutte à la toxicomanie, gouvernement du Québec.",
    "Dodsworth, J. (2012). Pathways Through Sex Work: Childhood Experiences and Adult Identities. "
    "British Journal of Social Work, 42(3), 519-536.",
    "Fleury, E., & Fredette, C. (2002). Guide d’accompagnement et d’animation de la bande dessinée "
    "Le silence de Cendrillon. Centre jeunesse de Montréal – Institut universitaire.",
    "Gélinas, N., Brisebois, R.-A., & Fredette, C. (2022). My Stratosphere youth worker notebook – "
    "SPHÈRES program. Institut universitaire Jeunes en difficulté, CIUSSS du "
    "Centre-Sud-de-l’Île-de-Montréal.",
    "Geoffrion, S., Goncalves, J., Marchand, A., Boyer, R., Marchand, A., Corbiere, M., & Guay, S. "
    "(2018). Post-traumatic Reactions and Their Predictors among Workers Who Experienced Serious "
    "Violent Acts: Are There Sex Differences? Annals of Work Exposures and Health, 62(4), 465-474.",
    "Marlatt, G. A., & Donovan, D. M. (2005). Relapse Prevention: Maintenance Strategies in the "
    "Treatment of Addictive Behaviors. The Guilford Press.",
    "Miller, W. R., & Rollnick, S. (2002). Motivational Interviewing: Preparing People for Change "
    "(2nd ed.). Guilford Press.",
    "Ødegård, A. (2005). Perceptions of Interprofessional Collaboration in Relation to "
    "Children with Mental Health Problems. A Pilot Study. Journal of Interprofessional Care, "
    "19(4), 347-357.",
    "Prochaska, J. O., & DiClemente, C. C. (1982). Transtheoretical Therapy: Toward A More "
    "Integrative Model of Change. Psychotherapy: Theory, Research and Practice, 19(3), 276-288.",
    "Texas Department of State Health Services, Mental Health Services for Children and "
    "Adolescents (2018). Safety Assessment and Crisis Plan of the Wraparound process.",
)
