"""`run.py new region NAME`: the folder of a new region, begun from another one or from its pack."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.config.management.commands.load_region import refused, spoken_here
from spheres.regions import handing, loading
from spheres.regions.reading import Refused

SHOWN: Final = 40


def regions() -> Path:
    return Path(settings.ROOT) / "regions"


class Command(BaseCommand):
    help = "Begin a region from another (--like) or from a pack; --check says what is left to do."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--like",
            type=Path,
            help="a region's folder or its pack; when left out, regions/montreal, "
            "and with --check what it was begun from",
        )
        parser.add_argument("--check", action="store_true", help="of one that was begun")
        parser.add_argument("--language", choices=("fr", "en"), default=spoken_here())

    def handle(self, *, name: str, like: Path | None, language: str, **options: Any) -> None:
        folder = regions() / name
        with translation.override(language):
            try:
                if not options["check"]:
                    self._begin(like or regions() / "montreal", folder, name)
                elif not folder.is_dir():
                    raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
                self._tell(folder, like)
            except handing.NotHanded as refusal:
                raise CommandError(str(refusal)) from None

    def _begin(self, source: Path, folder: Path, name: str) -> None:
        made = handing.begin(source, folder, name)
        self.stdout.write(
            _("%(folder)s is begun, with %(count)s files.") % {"folder": folder, "count": len(made)}
        )

    def _tell(self, folder: Path, like: Path | None) -> None:
        if like is None and handing.begun_from(folder) is None:
            self.stdout.write(
                _(
                    "Nothing tells which region this one was begun from: name it with --like, "
                    "to see what is still word for word the same."
                )
            )
        found = handing.to_do(folder, like)
        for one in found[:SHOWN]:
            self.stdout.write(f"- {one}")
        if len(found) > SHOWN:
            self.stdout.write(_("- and %(count)s more.") % {"count": len(found) - SHOWN})
        try:
            loading.check(folder)
        except Refused as refusal:
            raise CommandError(refused(refusal)) from None
        self.stdout.write(
            ngettext(
                "It reads without a mistake; %(count)s thing is left to do.",
                "It reads without a mistake; %(count)s things are left to do.",
                len(found),
            )
            % {"count": len(found)}
        )
