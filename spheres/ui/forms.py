"""What does every form of the house keep, carry and refuse?"""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 5_000_000


class FormIdBound(BoundField):
    """Always shows the number the form stands for now, never an altered one that came back."""

    form: "Form"

    def value(self):
        return self.form.signed_id


class FormIdField(forms.CharField):
    bound_field_class = FormIdBound
    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, label="")


class Form(forms.Form):
    """A form that loses nothing, and makes one record however often it is sent.

    ``record_id`` is the key of what the form creates. It is drawn when the form is first shown,
    travels signed in the page, and comes back with it: a double click bears the same key.
    """

    use_required_attribute = False
    form_id = FormIdField()

    def __init__(self, *args, record_id=None, **others):
        super().__init__(*args, **others)
        self.intact = True
        self.record_id = record_id or uuid.uuid4()
        if self.is_bound:
            self.read_id()

    def choose_from(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """The choices of one field, known when the form is shown."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    @classmethod
    def signer(cls):
        """Each kind of form has its own seal: a number from one form is no use in another."""
        return signing.Signer(salt=f"spheres.form.{cls.__module__}.{cls.__qualname__}")

    @classmethod
    def number_of(cls, sent):
        """The number under which such a form was sent, read without what it may choose from; None
        when nothing was, or not by a page of ours."""
        try:
            return uuid.UUID(cls.signer().unsign(sent.get("form_id", "")))
        except (signing.BadSignature, ValueError):
            return None

    @property
    def signed_id(self):
        return self.signer().sign(self.record_id.hex)

    def read_id(self):
        try:
            self.record_id = uuid.UUID(
                self.signer().unsign(self.data.get(self.add_prefix("form_id"), ""))
            )
        except (signing.BadSignature, ValueError):
            self.intact = False

    def clean_form_id(self):
        return self.record_id

    def full_clean(self):
        super().full_clean()
        if self.is_bound and not self.intact:
            self.add_error(None, ALTERED)
        if self.is_bound and self.weight() > MAX_BYTES:
            self.add_error(None, TOO_HEAVY)

    def weight(self):
        """Bytes of text sent, all fields together."""
        names = self.data.keys()
        lists = (
            self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data[name]]
            for name in names
        )
        return sum(
            len(str(value).encode("utf-8", "surrogatepass")) for values in lists for value in values
        )

    def typed(self):
        """Everything typed so far, field by field, right or wrong: what a draft keeps."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
            if name != "form_id"
        }

    def problems(self):
        """What is wrong, in the order of the page: the sentence, and where to mend it."""
        found = [
            {"sentence": sentence, "target": "", "label": ""}
            for sentence in self.non_field_errors()
        ]
        for name in self.fields:
            field = self[name]
            if name in self.errors and name != "form_id":
                target = getattr(field, "target_id", field.auto_id)
                found += [
                    {"sentence": sentence, "target": target, "label": field.label}
                    for sentence in field.errors
                ]
        return found


ALTERED = ValidationError(
    _(
        "This form was changed on its way here, so nothing was kept. "
        "What you typed is still below: check it and send it again."
    ),
    code="altered",
)
TOO_HEAVY = ValidationError(
    _(
        "All together, these texts are too long (5 million characters at most). "
        "Nothing was cut: shorten them and send again."
    ),
    code="too_heavy",
)
