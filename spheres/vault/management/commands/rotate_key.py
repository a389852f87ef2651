"""Wrap every data key with the present key file: `rotate_key --yes` (dry run without it).

Before: make a new key file, start with SPHERES_KEY_FILE naming it and SPHERES_OLD_KEY_FILE naming
the one before. After: start again without SPHERES_OLD_KEY_FILE. People go on working meanwhile.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spheres.core import context
from spheres.core.actor import service
from spheres.vault import keys

ROTATION = service("rotation")


class Command(BaseCommand):
    help = "Wrap every data key with the present key file."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it; otherwise only count")

    def handle(self, *args: Any, **options: Any) -> None:
        with context.unit_of_work(ROTATION):
            remaining = keys.to_wrap_anew()
        if remaining and len(settings.SPHERES_KEYS) == 1:
            raise CommandError(
                f"{remaining} keys are wrapped by another key file: "
                "name it in SPHERES_OLD_KEY_FILE."
            )
        if not options["yes"]:
            self.stdout.write(f"{remaining} keys would be wrapped anew. Say --yes to do it.")
            return
        done = 0
        # A batch is a transaction: stopped anywhere, the command is simply run again.
        while wrapped := self._batch():
            done += wrapped
            self.stdout.write(f"{done} of {remaining}")
        self.stdout.write(f"{done} keys wrapped anew; nothing needs the old key file any more.")

    def _batch(self) -> int:
        with context.unit_of_work(ROTATION):
            return keys.wrap_anew(by=ROTATION)
