"""What may be typed of an attestation, of whom one asks, and of whom one invites?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.records.between.reached import ENVIRONMENTS, REGIONS
from spheres.regions import queries as regions
from spheres.training.attestations.actions import Shown
from spheres.training.attestations.models import OUTSIDE, TakenBack
from spheres.training.attestations.queries import ToRenew, Wish
from spheres.training.catalogue.models import Language, Topic
from spheres.ui.fields import ChecksField, DayField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form

ANY: Final = ("", _("No matter which"))
CHOOSE: Final = ("", _("Choose"))
NOT_SAID: Final = ("", _("Not said"))


def titled(topics: Iterable[Topic]) -> list[tuple[str, str]]:
    """Each topic that is taught; a part of one is attested alone too."""
    return [(row.slug, row.title) for row in topics if row.is_shown]


class WishForm(Form):
    """Of whom one asks. It is sent, never written in the address."""

    region = SelectField(label=_("Region"), required=False)
    organisation = SelectField(label=_("Organisation"), required=False)
    role = SelectField(label=_("Role"), required=False, choices=[ANY, *Role.choices])
    topic = SelectField(label=_("Who does not hold this topic today"), required=False)

    def __init__(
        self,
        *args: Any,
        organisations: Iterable[Organisation],
        topics: Iterable[Topic],
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        found = list(organisations)
        there = {one.region for one in found}
        self.choose_from(
            "region", [ANY, *(one for one in regions.choices(REGIONS) if one[0] in there)]
        )
        self.choose_from("organisation", [ANY, *((one.slug, one.name) for one in found)])
        self.choose_from("topic", [ANY, *titled(topics)])

    def read_id(self) -> None:
        """It creates nothing: it needs no number."""

    def wish(self) -> Wish:
        """The valid answers; what was mistyped is left out, and its sentence stands by it."""
        said = getattr(self, "cleaned_data", {})
        names = ("region", "organisation", "role", "topic")
        return Wish(**{name: said.get(name) or "" for name in names})


class ShownForm(Form):
    """What a paper says that somebody of the programme showed."""

    topic = SelectField(label=_("In which topic?"))
    taken_on = DayField(label=_("On which day did the training take place?"))

    def __init__(self, *args: Any, topics: Iterable[Topic], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("topic", [CHOOSE, *titled(topics)])
        day = self.fields["taken_on"]
        assert isinstance(day, DayField)
        day.latest = clock.today()

    def shown(self, user_id: UUID, language: str) -> Shown:
        said = self.cleaned_data
        return Shown(said["topic"], said["taken_on"], language, user_id)


class OutsideForm(ShownForm):
    """The same, of somebody who has no account here, as that person says it."""

    field_order = ("name", "organisation", "environment", "region", "topic", "taken_on", "language")
    name = TextField(label=_("Name, as it stands on the paper"), max_length=120)
    organisation = TextField(label=_("Organisation"), max_length=120)
    environment = SelectField(label=_("Environment"))
    region = SelectField(label=_("Region"), required=False)
    language = RadiosField(
        label=_("In which language is the attestation?"), choices=Language.choices
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        begun = {"language": (get_language() or "fr")[:2]}
        super().__init__(*args, **{"initial": begun, **others})
        self.choose_from("environment", [CHOOSE, *regions.choices(ENVIRONMENTS)])
        self.choose_from("region", [NOT_SAID, *regions.choices(REGIONS)])

    def outside(self) -> Shown:
        said = self.cleaned_data
        return Shown(
            said["topic"],
            said["taken_on"],
            said["language"],
            OUTSIDE,
            said["name"],
            said["organisation"],
            said["environment"],
            said["region"],
        )


class FindForm(Form):
    """Somebody from outside, by name or organisation: sent, never in an address that is kept."""

    words = TextField(
        label=_("Name or organisation"),
        hint=_("A part is enough; accents and capitals do not count."),
        max_length=120,
        required=False,
    )


class TakeBackForm(Form):
    """Why an attestation holds no more: a reason of the list, no story of anybody."""

    reason = RadiosField(label=_("For what reason?"), choices=TakenBack.Reason.choices)


class InviteForm(Form):
    """Those who were written to, ticked together."""

    invited = ChecksField(
        label=_("To whom did you write?"),
        hint=_("They are then listed apart, with the day, until they are trained again."),
    )

    def __init__(self, *args: Any, those: Sequence[ToRenew], lines: Sequence[str], **others: Any):
        super().__init__(*args, **others)
        self.those = {one.key: one for one in those}
        self.choose_from("invited", zip(self.those, lines, strict=True))

    def chosen(self) -> list[ToRenew]:
        return [self.those[key] for key in self.cleaned_data["invited"]]
