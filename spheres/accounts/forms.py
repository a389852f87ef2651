"""What may be typed at the door, and about a person who is let in?"""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.accounts.actions import secrets
from spheres.accounts.actions.inviting import NewPerson
from spheres.accounts.models import Role, User
from spheres.accounts.queries import Choice
from spheres.core import clock
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    EmailField,
    RadiosField,
    SecretField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form

PASSWORD_LEAST, PASSWORD_MOST = 15, 128
# What people type first when fifteen characters are asked. Compared without case or separators.
COMMON = frozenset(
    """
    passwordpassword password1234567 password12345678 123456789012345 1234567890123456
    qwertyuiopasdfg qwertyuiopasdfgh azertyuiopqsdfg azertyuiopqsdfgh abcdefghijklmno
    abcdefghijklmnop motdepassemotdepasse motdepasse12345 motdepasse123456
    bonjourbonjourbonjour jetaimejetaimejetaime iloveyouiloveyou letmeinletmeinletmein
    correcthorsebatterystaple administrateur1 administrator12 changemechangeme
    welcomewelcome12 bienvenuebienvenue spheresspheresspheres montrealmontreal
    quebecquebecquebec
    """.split()  # noqa: SIM905 -- words are easier to read than a list
)


def weak_password(password: str, *, email: str, name: str) -> str:
    """Why this password is too easy to guess, or nothing. No composition is asked."""
    plain = "".join(letter for letter in password.lower() if letter.isalnum())
    if plain in COMMON or len(set(plain)) < 5:
        return str(_("This password is among the first that would be tried. Choose another."))
    left = plain
    for known in sorted({*email.lower().replace("@", ".").split("."), *name.lower().split()}):
        left = left.replace(known, "") if len(known) > 3 else left
    if len(left) < 8:
        return str(_("This password is made of your name or your address. Choose another."))
    return ""


class ProofForm(Form):
    """A proof; `again` when all devices are lost: a recovery code is then asked with the link."""

    def __init__(self, *args: Any, again: bool = False, **others: Any) -> None:
        super().__init__(*args, **others)
        if again:
            self.fields["recovery"] = TextField(
                label=_("One of your recovery codes"),
                hint=_("You kept them when you first came in. Each serves once."),
                max_length=40,
                width="half",
            )

    def refuse_recovery(self) -> None:
        self.add_error(
            "recovery",
            _("This code did not open. Check it, or try another one in a few minutes."),
        )


class PasskeyForm(ProofForm):
    """Filled by the device, not by the person."""

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, auto_id="passkey_%s", **others)

    answer = TextField(label="", required=False)
    state = TextField(label="", required=False)
    shared = AgreeField(
        label=_("Other people use this device: lock it after 5 minutes"),
        required=False,
    )


class PasswordForm(Form):
    """The bridge: address, password, and a code."""

    email = EmailField(label=_("E-mail address"), autocomplete="username", width="full")
    password = SecretField(label=_("Password"), autocomplete="current-password", width="full")
    code = TextField(
        label=_("Code"),
        hint=_("The six figures of your application, or a recovery code."),
        autocomplete="one-time-code",
        max_length=40,
        width="half",
    )
    shared = AgreeField(
        label=_("Other people use this device: lock it after 5 minutes"),
        required=False,
    )


class AgainForm(Form):
    """The same proof from a person the page already knows."""

    password = SecretField(label=_("Password"), autocomplete="current-password", width="full")
    code = PasswordForm.base_fields["code"]


class TotpForm(ProofForm):
    """A password of one's own and an application's first code."""

    password = SecretField(
        label=_("A password of 15 characters or more"),
        hint=_("A sentence is easiest to keep in mind. Nothing else is asked of it."),
        autocomplete="new-password",
        min_length=PASSWORD_LEAST,
        max_length=PASSWORD_MOST,
        width="full",
        error_messages={
            "min_length": _("Fifteen characters at least: a short sentence does well."),
            "max_length": _("At most 128 characters."),
        },
    )
    code = TextField(
        label=_("The six figures your application shows now"),
        autocomplete="one-time-code",
        max_length=20,
        width="short",
    )
    secret = TextField(label="", required=False)

    def __init__(self, *args: Any, person: User, at: datetime, **others: Any) -> None:
        super().__init__(*args, **others)
        self.person, self.at = person, at
        self.totp_secret = self._secret()

    def _secret(self) -> str:
        """Drawn with the page, signed for this person, and back with it: nothing is kept before."""
        if self.is_bound:
            try:
                return str(
                    signing.loads(
                        self.data.get("secret", ""), salt=self._salt(), max_age=timedelta(hours=1)
                    )
                )
            except signing.BadSignature:
                pass
        return secrets.new_totp_secret()

    @property
    def signed_secret(self) -> str:
        return signing.dumps(self.totp_secret, salt=self._salt())

    def _salt(self) -> str:
        return f"spheres.totp.{self.person.pk}"

    def clean_password(self) -> str:
        password = secrets.normal(self.cleaned_data["password"])
        if why := weak_password(password, email=self.person.email, name=self.person.name):
            raise ValidationError(why)
        return password

    def clean_code(self) -> str:
        if not secrets.which_counter(self.totp_secret, self.cleaned_data["code"], self.at):
            raise ValidationError(
                _(
                    "These are not the figures of now. Wait for the next ones, and check the hour "
                    "of your phone."
                )
            )
        return str(self.cleaned_data["code"])


class InviteForm(Form):
    """A new person of one's organisation."""

    name = TextField(label=_("First name and last name"), max_length=120)
    email = EmailField(label=_("Work e-mail address"))
    role = SelectField(label=_("Here for"))
    job_title_fr = TextField(label=_("Job title in French"), max_length=120)
    job_title_en = TextField(label=_("Job title in English"), max_length=120, required=False)
    employer = SelectField(label=_("Employer"), choices=[("", ""), *User.Employer.choices])
    order = TextField(
        label=_("Professional order"),
        hint=_("Leave empty if none. Example: OTSTCFQ."),
        max_length=16,
        required=False,
        width="half",
    )
    report_duty = RadiosField(
        label=_("Duty to report to youth protection"), choices=User.ReportDuty.choices
    )
    language = RadiosField(label=_("Language"), choices=settings.LANGUAGES, initial="fr")
    last_day = DayField(
        label=_("Last day, if it is known"),
        hint=_("Access ends by itself that evening."),
        required=False,
    )
    seen_on = DayField(
        label=_("When did you see this person, in person?"),
        hint=_("Your name and this day are kept: you vouch for who it is."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **others: Any):
        super().__init__(*args, **others)
        self.choose_from("role", [("", ""), *((role.value, role.label) for role in roles)])

    def clean_seen_on(self) -> Any:
        return seen_on(self.cleaned_data["seen_on"])

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day < clock.today():
            raise ValidationError(_("This day has passed."))
        return day

    def person(self) -> NewPerson:
        typed = self.cleaned_data
        return NewPerson(
            email=typed["email"],
            name=typed["name"],
            role=typed["role"],
            job_title_fr=typed["job_title_fr"],
            job_title_en=typed["job_title_en"] or typed["job_title_fr"],
            employer=typed["employer"],
            report_duty=typed["report_duty"],
            languages=(typed["language"],),
            order=typed["order"],
            language=typed["language"],
            last_day_ends_at=evening_of(typed["last_day"]) if typed["last_day"] else None,
        )


class SeenForm(Form):
    """Before a new link, or a release: whoever gives it has seen the person."""

    seen_on = DayField(
        label=_("When did you see this person, in person?"),
        hint=_("Your name and this day are kept: you vouch for who it is."),
    )

    def clean_seen_on(self) -> Any:
        return seen_on(self.cleaned_data["seen_on"])


class LeaveForm(Form):
    """How a person's access ends: now, on a last day, or not after all."""

    class When(models.TextChoices):
        NOW = "NOW", _("Now")
        ON = "ON", _("On a last day, at 17:00")
        STAYS = "STAYS", _("Not after all: take the last day back")
        CLOSE = "CLOSE", _("Now, and close the account for good")

    when = RadiosField(label=_("When does access end?"), choices=When.choices)
    last_day = DayField(
        label=_("Last day"),
        hint=_("Only if you chose a last day. Access ends by itself at 17:00."),
        required=False,
    )

    def __init__(self, *args: Any, may_close: bool, leaves: bool, at: datetime, **others: Any):
        super().__init__(*args, **others)
        self.at = at
        offered = [self.When.NOW, self.When.ON]
        offered += [self.When.STAYS] if leaves else []
        offered += [self.When.CLOSE] if may_close else []
        self.choose_from("when", [(one.value, one.label) for one in offered])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("when") == self.When.ON and "last_day" in typed:
            if not typed["last_day"]:
                self.add_error("last_day", _("Write the last day."))
            elif end_of_work(typed["last_day"]) <= self.at:
                self.add_error("last_day", _("17:00 of this day has passed."))
        return typed

    @property
    def last_at(self) -> datetime:
        return end_of_work(self.cleaned_data["last_day"])


class DeviceNameForm(Form):
    """What she calls one of her devices."""

    name = TextField(
        label=_("What do you call it?"),
        hint=_("“Work phone” is enough. You alone read it."),
        max_length=40,
        required=False,
        width="half",
    )


class ConfirmForm(Form):
    """The people who were on the page when somebody said that they still work here."""

    people = ChecksField(label="", choices=())

    def __init__(self, *args: Any, people: Sequence[str], **others: Any):
        super().__init__(*args, **others)
        self.choose_from("people", [(one, one) for one in people])


class RecoveryForm(Form):
    """Who lost everything, and who else has seen this person."""

    person = SelectField(label=_("Who lost all devices and all recovery codes?"), choices=())
    second = SelectField(
        label=_("Who else has seen this person, and will vouch?"),
        hint=_("Tell them yourself: they find it in their account. Nothing is sent."),
        choices=(),
    )
    seen_on = SeenForm.base_fields["seen_on"]

    def __init__(
        self, *args: Any, people: Sequence[Choice], seconds: Sequence[Choice], **others: Any
    ):
        super().__init__(*args, **others)
        for name, chosen in (("person", people), ("second", seconds)):
            choices = [(str(one.user_id), one.words) for one in chosen]
            self.choose_from(name, [("", ""), *choices])

    def clean_seen_on(self) -> Any:
        return seen_on(self.cleaned_data["seen_on"])


def seen_on(day: Any) -> Any:
    """In the last month, and not tomorrow."""
    today = clock.today()
    if day > today:
        raise ValidationError(_("This day has not come yet."))
    if day < today - timedelta(days=31):
        raise ValidationError(_("It must be within the last month: see this person again."))
    return day


def end_of_work(day: Any) -> datetime:
    """17:00 where the programme works: somebody is still there to answer."""
    return datetime.combine(day, time(17), zoneinfo.ZoneInfo(settings.TIME_ZONE))


def evening_of(day: Any) -> datetime:
    """The end of a day where the programme works."""
    return datetime.combine(
        day + timedelta(days=1), time.min, zoneinfo.ZoneInfo(settings.TIME_ZONE)
    )
