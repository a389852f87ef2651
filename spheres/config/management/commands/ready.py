"""`manage.py ready`: may this installation receive real persons? What is unsafe, how to mend it."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.config import keyfile, readiness
from spheres.config.management.commands.load_region import spoken_here
from spheres.config.readiness import Installation

VAR = "SPHERES_VAR"


class Command(BaseCommand):
    help = "Say what is unsafe in this installation, and how to mend it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=("fr", "en"), default=spoken_here())

    def handle(self, *, language: str, **options: Any) -> None:
        with translation.override(language):
            unsafe = list(readiness.unsafe_settings(installation()))
            # Of a database nobody named, or that is not the one that serves, nothing is asked.
            if url := os.environ.get("DATABASE_URL"):
                unsafe += readiness.unsafe_database(url)
            for sentence in unsafe:
                self.stdout.write(f"- {sentence}")
            for sentence in readiness.notes():
                self.stdout.write(_("  (to know) %(what)s") % {"what": sentence})
            if not unsafe:
                self.stdout.write(_("Nothing unsafe was found."))
                return
            self.stdout.write(
                ngettext(
                    "%(count)s thing is unsafe. Nothing is served before it is mended.",
                    "%(count)s things are unsafe. Nothing is served before they are mended.",
                    len(unsafe),
                )
                % {"count": len(unsafe)}
            )
        raise SystemExit(1)


def installation() -> Installation:
    """This one, as its variables set it."""
    kept = Path(os.environ.get(VAR) or settings.ROOT / "var")
    return Installation(
        staff_host=settings.STAFF_HOST,
        youth_host=settings.YOUTH_HOST,
        proxies=settings.TRUSTED_PROXIES,
        variables=os.environ,
        key_file=keyfile.path(),
        own_folders=(settings.ROOT, kept),
        old_key_file=Path(old) if (old := os.environ.get("SPHERES_OLD_KEY_FILE")) else None,
    )
