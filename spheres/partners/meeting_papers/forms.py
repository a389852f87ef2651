"""What is asked of whoever puts a paper beside a meeting? The paper; and that it names nobody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.papers.forms import PaperField
from spheres.ui.fields import AgreeField
from spheres.ui.forms import Form


class PutForm(Form):
    """A paper that all who sit there will read."""

    paper = PaperField(
        label=_("The paper to read"),
        hint=_(
            "A picture (JPEG, PNG, WebP, HEIC) or a PDF, 15 MB and 40 pages at most. It is copied "
            "page by page: where and when a picture was taken is not kept, nor anything hidden in "
            "it."
        ),
    )
    names_nobody = AgreeField(
        label=_("I read it over: it names nobody whom the programme accompanies, nor their family")
    )

    def refuse(self, reason: object) -> None:
        """The paper is not taken; the box stays ticked."""
        self.add_error("paper", str(reason))
