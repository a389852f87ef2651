"""Say which texts of a region are to be reviewed, and which help lines to be verified."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.config.management.commands.load_region import refused, spoken_here
from spheres.core import clock
from spheres.regions import loading, texts
from spheres.regions.reading import Refused


class Command(BaseCommand):
    help = "List the texts of a region's folder to review, and the help lines to verify."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", choices=("fr", "en"), default=spoken_here())

    def handle(self, *, folder: Path, language: str, **options: Any) -> None:
        with translation.override(language):
            try:
                said = loading.check(folder).said
            except Refused as refusal:
                raise CommandError(refused(refusal)) from None
            found = list(texts.due(said["texts"], said["help_lines"], on=clock.today()))
            for one in found:
                self.stdout.write(_("%(name)s: %(why)s") % {"name": one.name, "why": one.why})
            self.stdout.write(
                ngettext(
                    "%(count)s thing is to be looked at.",
                    "%(count)s things are to be looked at.",
                    len(found),
                )
                % {"count": len(found)}
            )
