"""By which articles does each organisation answer, and how does a letter say it?

The wording is ours, neutral, and no legal advice: an organisation has it read by its counsel.
Nothing of it names anybody, and nothing of it depends on whether anything is held here.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.privacy.access_requests.models import Ground, Outcome, Wish

Regime = Organisation.Regime

# The articles that a letter names: to read or to copy; to have a text corrected.
ARTICLES: Final[dict[str, tuple[Any, Any]]] = {
    Regime.HEALTH: (
        _("Act respecting health and social services information (R-22.1), sections 17 to 24."),
        _("Act respecting health and social services information (R-22.1), sections 17 to 24."),
    ),
    Regime.PUBLIC: (
        _(
            "Act respecting Access to documents held by public bodies and the Protection of "
            "personal information (A-2.1), sections 83 and 84."
        ),
        _(
            "Act respecting Access to documents held by public bodies and the Protection of "
            "personal information (A-2.1), section 89."
        ),
    ),
    Regime.PRIVATE: (
        _(
            "Act respecting the protection of personal information in the private sector (P-39.1), "
            "sections 27, 32 and 38."
        ),
        _(
            "Act respecting the protection of personal information in the private sector (P-39.1), "
            "sections 28 and 32; Civil Code of Québec, article 40."
        ),
    ),
}
ASKED: Final[dict[str, Any]] = {
    Wish.READ: _("You ask to read what is written in a file."),
    Wish.COPY: _("You ask for a copy of what is written in a file."),
    Wish.PORTABLE: _("You ask for a copy of a file, to take it elsewhere."),
    Wish.RECTIFY: _("You ask that a text in a file be corrected."),
}
ANSWERS: Final[dict[str, Any]] = {
    Outcome.WHOLE: _("Your request is granted."),
    Outcome.PART: _("Your request is granted in part."),
    Outcome.LATER: _("Your request is refused for a time."),
    Outcome.REFUSED: _("Your request is refused."),
    Outcome.WITHDRAWN: _("You took your request back. Nothing more is done of it."),
}
# The same, of a text that is disputed.
CORRECTED: Final[dict[str, Any]] = {
    Outcome.WHOLE: _("The text is followed by a correction, signed by its author."),
    Outcome.PART: _("Some of the text is followed by a correction, signed by its author."),
    Outcome.LATER: _("The text is not corrected for now."),
    Outcome.REFUSED: _("The text is not corrected."),
    Outcome.WITHDRAWN: ANSWERS[Outcome.WITHDRAWN],
}
COMMENT_STAYS: Final = _(
    "What the person says of this text stays beside it, in their words, as long as the text is "
    "kept."
)
BECAUSE: Final[dict[str, Any]] = {
    Ground.HARM: _(
        "After consulting a professional, we find that giving it could seriously harm the person’s "
        "health or safety."
    ),
    Ground.OWN_DECISION: _(
        "From 14, the person is consulted, and what they say of it was weighed with their safety."
    ),
    Ground.OTHERS: _("Some of what is asked concerns other persons."),
    Ground.PROTECTION: _("The law closes it when harm to the person is likely."),
    Ground.NO_TITLE: _(
        "The papers that were shown do not establish by what right the request is made."
    ),
    Ground.EXACT: _("The text says what was seen or said that day."),
}
NOTHING_CONFIRMED: Final = _(
    "To protect the persons who may turn to us, we neither confirm nor deny that we hold "
    "information about anybody. If we did, the law would not allow us to give it in answer to your "
    "request."
)
RECOURSE: Final = (
    _(
        "You may ask the Commission d’accès à l’information to review this answer, in writing, "
        "within 30 days of receiving it: www.cai.gouv.qc.ca."
    ),
    _("The person in charge of the protection of personal information can help you write it."),
)
NOT_ADVICE: Final = _("This letter is not legal advice.")


def articles(regime: str, wish: str) -> str:
    """The articles on which an organisation of this regime answers."""
    to_read, to_correct = ARTICLES[Regime(regime)]
    return str(to_correct if wish == Wish.RECTIFY else to_read)
