"""`invite EMAIL`: let the first person in, when nobody is there yet to vouch for her."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation

from spheres.accounts import actions
from spheres.accounts.models import Organisation, Role, User
from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock, context


class Command(BaseCommand):
    help = "Let the first person in: prints a link, good for 72 hours and one use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True, help="its slug in the region's files")
        parser.add_argument(
            "--role", choices=Role.values, default=Role.TECHNICAL_ADMINISTRATOR.value
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = " ".join(options["name"].split())
        try:
            validate_email(options["email"])
        except ValidationError:
            raise CommandError(f"« {options['email']} » is not an e-mail address.") from None
        if not name:
            raise CommandError('Say the person\'s name: --name "Ada Roy".')
        with context.unit_of_work(DOORKEEPER):
            organisation = Organisation.objects.filter(slug=options["organisation"]).first()
            if organisation is None:
                slugs = Organisation.objects.exclude(slug="").values_list("slug", flat=True)
                known = ", ".join(sorted(slugs))
                raise CommandError(
                    f"No organisation is « {options['organisation']} »; there are: {known}."
                    if known
                    else "No organisation is there yet: load the region first."
                )
            role = Role(options["role"])
            invited = actions.invite(
                actions.NewPerson(
                    email=options["email"],
                    name=name,
                    role=role,
                    job_title_fr=_said("fr", role),
                    job_title_en=_said("en", role),
                    employer=User.Employer.INSTITUTION,
                    report_duty=User.ReportDuty.MUST_SOME,
                ),
                organisation_id=organisation.pk,
                seen_on=clock.today(),
                by=DOORKEEPER,
                at=clock.now(),
            )
        if not invited.token:
            raise CommandError("This person already signs in; her role here was added.")
        scheme = "https" if settings.SECURE else "http"
        port = f":{settings.PORT}" if settings.PORT and not settings.SECURE else ""
        path = reverse("accounts:welcome", args=[invited.token])
        self.stdout.write(f"{scheme}://{settings.STAFF_HOST}{port}{path}")
        if settings.STAFF_HOST.endswith("localhost"):
            self.stderr.write(
                "Only this machine knows that name: for another one, set SPHERES_STAFF_HOST to the "
                "name that people type, and ask for the link again."
            )
        self.stdout.write("Hand this link over yourself: 72 hours, one use.")


def _said(language: str, role: Role) -> str:
    with translation.override(language):
        return str(role.label)
