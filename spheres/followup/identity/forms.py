"""What may be typed of who she is? Only a name to call her by is needed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.identity.actions import Said
from spheres.participants.models import Identity
from spheres.ui.fields import DayField, LongTextField, RadiosField, TextField
from spheres.ui.forms import Form

MOST = 80
OLDEST = 60  # years; whoever is older was born in a year typed wrong
LANGUAGES = [("fr", _("French")), ("en", _("English")), ("other", _("Another language"))]


class IdentityForm(Form):
    """Everything in her words; what she leaves empty is not asked again."""

    chosen_name = TextField(
        label=_("The name they choose"), hint=_("How they want to be called."), max_length=MOST
    )
    pronouns = TextField(label=_("Their pronouns"), max_length=MOST, required=False, width="half")
    gender = TextField(
        label=_("Their gender, in their words"),
        hint=_("Only if they want it written. Nobody else chooses the word."),
        max_length=MOST,
        required=False,
    )
    language = RadiosField(label=_("In which language do you talk together?"), choices=LANGUAGES)
    languages = TextField(
        label=_("All the languages they speak"),
        hint=_("As many as they wish, in their words."),
        max_length=MOST * 2,
        required=False,
    )
    birth_date = DayField(
        label=_("Their day of birth, if they wish to give it"),
        hint=_("It opens what comes with an age, and closes nothing."),
        required=False,
    )
    interpreter = TextField(
        label=_("An interpreter"),
        hint=_("For which language, and whom they would rather not have."),
        max_length=MOST * 2,
        required=False,
    )

    @classmethod
    def values_of(cls, row: Identity) -> dict[str, object]:
        """What an opened row says, to be said anew."""
        return {
            "chosen_name": row.opened.chosen_name,
            "pronouns": row.opened.pronouns,
            "gender": row.opened.gender,
            "language": row.language,
            "languages": row.opened.languages,
            "birth_date": row.opened.birth_date,
            "interpreter": row.opened.interpreter,
        }

    def clean_birth_date(self) -> date | None:
        """A day that somebody of today may have been born; no age is refused here."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and born > clock.today():
            raise ValidationError(_("This day has not come yet. Check the year."))
        if born and born.year < clock.today().year - OLDEST:
            raise ValidationError(_("This day is very long ago. Check the year."))
        return born

    def said(self) -> Said:
        """The valid answers, as the action takes them."""
        answers = {name: text for name, text in self.cleaned_data.items() if name != "form_id"}
        return Said(id=self.record_id, **answers)


class BelongingForm(Form):
    """Her nations, in her words."""

    nations = LongTextField(
        label=_("Their nations, in their words"),
        hint=_("Leave it empty to take back what was said."),
        max_length=MOST * 5,
        required=False,
        rows=2,
    )
