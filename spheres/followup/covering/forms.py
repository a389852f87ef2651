"""What may be typed of an absence, or of a turn on call? From when, until when, and who answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.accounts.queries import CoWorker
from spheres.core import clock
from spheres.followup.covering.actions import Away
from spheres.followup.covering.policy import LONGEST
from spheres.sharing.models import Cover
from spheres.sharing.queries import Elsewhere
from spheres.ui import moments
from spheres.ui.fields import ChecksField, DayField, SelectField, TimeField
from spheres.ui.forms import Form

ELSEWHERE = _("Elsewhere: reads only those who agree")


class AwayForm(Form):
    """The two moments are hers to choose; who answers works here for all of that time."""

    kind = Cover.Kind.STAND_IN

    from_day = DayField(label=_("From which day?"))
    from_hour = TimeField(label=_("From what time?"))
    until_day = DayField(label=_("Until which day?"))
    until_hour = TimeField(label=_("Until what time?"))
    user = SelectField(
        label=_("Who answers meanwhile?"),
        hint=_(
            "Somebody of a partner answers only for the people who agree to it, each for this "
            "absence alone."
        ),
    )

    def __init__(
        self,
        *args: Any,
        workers: Iterable[CoWorker],
        elsewhere: Iterable[Elsewhere] = (),
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.workers = {str(one.user_id): one for one in workers}
        self.elsewhere = {one.id: one for one in elsewhere}
        here = [(key, one.name) for key, one in self.workers.items() if one.is_clear]
        there = [(key, f"{one.name} · {one.organisation}") for key, one in self.elsewhere.items()]
        groups: list[tuple[str, Any]] = [(str(_("Here")), here), (str(ELSEWHERE), there)]
        self.choose_from("user", [("", _("Choose")), *(groups if there else here)])

    def clean(self) -> dict[str, Any]:
        """A beginning before its end, to come, not endless; by somebody who is here until then."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        starts_at, ends_at = self.moment("from"), self.moment("until")
        if starts_at is None or ends_at is None:
            return said
        said |= {"starts_at": starts_at, "ends_at": ends_at}
        if ends_at <= starts_at:
            self.add_error("until_day", _("This ends before it begins. Check the two days."))
        elif ends_at <= clock.now():
            self.add_error("until_day", _("This moment has passed. Check the day."))
        elif ends_at - starts_at > LONGEST[self.kind]:
            self.add_error("until_day", self.too_long())
        one = self.who(said.get("user", ""))
        if one and one.leaves_at and one.leaves_at < ends_at:
            sentence = _("%(name)s no longer works there after %(day)s. Choose somebody else.")
            if not isinstance(one, Elsewhere):
                sentence = _("%(name)s no longer works here after %(day)s. Choose somebody else.")
            day = moments.day(one.leaves_at)
            self.add_error("user", sentence % {"name": one.name, "day": day})
        return said

    def who(self, chosen: str) -> CoWorker | Elsewhere | None:
        return self.workers.get(chosen) or self.elsewhere.get(chosen)

    def too_long(self) -> str:
        return str(_("For longer than four months, hand each person over to a colleague."))

    def moment(self, which: str) -> datetime | None:
        """A local day and hour; an hour that the clock jumps over says so beside it."""
        day, hour = (self.cleaned_data.get(f"{which}_{part}") for part in ("day", "hour"))
        if day is None or hour is None:
            return None
        try:
            return moments.moment_of(day, hour)
        except moments.NoSuchHour:
            sentence = _(
                "That night the clock moves forward: %(hour)s does not exist. Choose another hour."
            )
            self.add_error(f"{which}_hour", sentence % {"hour": moments.hour_of_day(hour)})
            return None

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        today = clock.today()
        month = ["", str(today.month), str(today.year)]
        return {
            "from_day": month, "until_day": month, "from_hour": "08:00", "until_hour": "08:00",
        }  # fmt: skip

    def away(self) -> Away:
        """The valid answers, as the action takes them. What has begun already begins now."""
        said = self.cleaned_data
        starts_at = max(said["starts_at"], clock.now())
        there = self.elsewhere.get(said["user"])
        if there:
            return Away(
                self.record_id, there.user_id, starts_at, said["ends_at"], there.organisation_id
            )
        return Away(self.record_id, UUID(said["user"]), starts_at, said["ends_at"])


class OnCallForm(AwayForm):
    """One colleague, one turn, for those she answers for."""

    kind = Cover.Kind.ON_CALL
    for_users = ChecksField(
        label=_("For whose people?"),
        hint=_("Whoever is on call reads how to reach them and where each stands, nothing more."),
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["user"].label = _("Who is on call?")
        self.choose_from("for_users", [(key, one.name) for key, one in self.workers.items()])

    def too_long(self) -> str:
        return str(_("A turn on call lasts a week at most. Write the next one apart."))

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
        return {
            "from_day": today, "until_day": tomorrow, "from_hour": "17:00", "until_hour": "08:00",
        }  # fmt: skip

    def clean_for_users(self) -> list[UUID]:
        chosen = [UUID(each) for each in self.cleaned_data["for_users"]]
        if not chosen:
            raise ValidationError(_("Choose at least one colleague."))
        return chosen
