"""A new key for all that is written from now on: `rotate_data_keys --yes` (dry run without it).

For when a data key may be known to somebody: a machine that was stolen while it ran, its memory
read. What was written before stays under the key that locked it. People go on working meanwhile;
stopped anywhere, the command is run again with the moment it says (`--before`).
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from spheres.core import clock, context
from spheres.core.actor import service
from spheres.vault import keys

ROTATION = service("rotation")


class Command(BaseCommand):
    help = "Mint a new data key for each class of texts of each file."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it; otherwise only count")
        parser.add_argument("--before", default="", help="of keys from before this moment; now")

    def handle(self, *args: Any, **options: Any) -> None:
        before = _moment(options["before"])
        with context.unit_of_work(ROTATION):
            remaining = keys.to_rotate(before=before)
        if not options["yes"]:
            self.stdout.write(f"{remaining} keys would be minted. Say --yes to do it.")
            return
        self.stdout.write(f"{remaining} keys, those from before {before.isoformat()}.")
        done = 0
        # A batch is a transaction: stopped anywhere, the command is run again with its moment.
        while minted := self._batch(before):
            done += minted
            self.stdout.write(f"{done} of {remaining}")
        self.stdout.write(f"{done} keys minted; what was written before stays under its own.")

    def _batch(self, before: datetime) -> int:
        for _again in range(3):
            try:
                with context.unit_of_work(ROTATION):
                    return keys.rotate_some(before=before, by=ROTATION)
            except IntegrityError:  # erased at this very instant: it is not asked for again
                continue
        raise CommandError("Texts are being erased. Run it again in a moment.")


def _moment(said: str) -> datetime:
    try:
        before = datetime.fromisoformat(said) if said else clock.now()
    except ValueError as refusal:
        raise CommandError("--before is a moment, as 2026-11-29T10:00:00-05:00.") from refusal
    if before.tzinfo is None:
        raise CommandError("--before says its time zone, as 2026-11-29T10:00:00-05:00.")
    if before > clock.now():
        raise CommandError("--before is a moment to come: what is minted now would be from before.")
    return before
