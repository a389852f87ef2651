"""Write the journal for a stranger to check: `export_journal FILE [--chain ID …]`."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from spheres.audit import actions, export


class Command(BaseCommand):
    help = "Write the journal, or some of its chains, for the stand-alone verifier."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--chain", type=UUID, action="append", default=[])
        parser.add_argument(
            "--checkpoint",
            type=int,
            action="append",
            default=[],
            help="with --chain: the number of a checkpoint the reader holds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        url = os.environ.get("DATABASE_BACKUP_URL")
        if not url:
            raise CommandError(
                "DATABASE_BACKUP_URL is not set: only the role `backup` reads the whole journal."
            )
        file: Path = options["file"]
        with file.open("x", encoding="utf-8") as journal:
            journal.writelines(
                export.lines(url, chains=options["chain"], checkpoints=options["checkpoint"])
            )
        self.stdout.write(f"{file}")
        for key in actions.public_keys():
            self.stdout.write(f"  --key {key}")
        if note := export.newest_note(url):
            self.stdout.write(f"\n{note}")
