"""`manage pack_region regions/montreal montreal.zip`: a region's configuration, to hand over."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from spheres.config.management.commands.load_region import spoken_here
from spheres.regions import handing


class Command(BaseCommand):
    help = "Pack the configuration of a region: partners, committees, words, kit. Nobody is in it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("pack", type=Path)
        parser.add_argument("--language", choices=("fr", "en"), default=spoken_here())

    def handle(self, *, folder: Path, pack: Path, language: str, **options: Any) -> None:
        with translation.override(language):
            try:
                content = handing.pack(folder)
                with pack.open("xb") as file:
                    file.write(content)
            except handing.NotHanded as refusal:
                raise CommandError(str(refusal)) from None
            except FileExistsError:
                raise CommandError(
                    _("%(file)s is there already: name another one.") % {"file": pack}
                ) from None
            self.stdout.write(
                _("%(file)s: %(count)s files, and nobody in them.")
                % {"file": pack, "count": len(handing.files_of(folder))}
            )
