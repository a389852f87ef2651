"""`invite EMAIL`: let the first person in, when nobody is there yet to vouch for her."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

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
        with context.unit_of_work(DOORKEEPER):
            organisation = Organisation.objects.filter(slug=options["organisation"]).first()
            if organisation is None:
                raise CommandError("No such organisation: load the region first.")
            role = Role(options["role"])
            invited = actions.invite(
                actions.NewPerson(
                    email=options["email"],
                    name=options["name"],
                    role=role,
                    job_title_fr=str(role.label),
                    job_title_en=str(role.label),
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
        self.stdout.write("Hand this link over yourself: 72 hours, one use.")
