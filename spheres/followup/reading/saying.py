"""How does a reading speak to her: of a text, of what is hidden there, of why?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.followup.reading.models import HER_WORDS, TEXTS, Ground
from spheres.records.between.copying import Part

TITLES: Final[dict[str, Any]] = {
    HER_WORDS: _("In your words"),
    "observation": _("What was seen or done"),
    "given_back": _("The summary given back to you"),
    "support": _("What helps next"),
}
# The texts that all records have.
SHARED: Final = tuple(Part(name, TITLES[name], name == HER_WORDS) for name in TEXTS)
YOUR_COMMENT: Final = _("What you say of it")
# The same, to the worker who hides.
TITLES_TO_HIDE: Final[dict[str, Any]] = {
    HER_WORDS: _("In their words"),
    "observation": _("What was seen or done"),
    "given_back": _("The summary given back"),
    "support": _("What helps next"),
}
REASONS: Final[dict[str, Any]] = {
    Ground.OTHER: _("Hidden here: it concerns another person."),
    Ground.PROTECTED: _("Hidden here: a law asks for it."),
}
NOT_LOOKED_AT: Final = _(
    "Not open yet: your worker looks first whether it tells of somebody else. You can ask when."
)
