"""Is what was put back whole? Its journal, its keys: `verify_copy [--checkpoint HELD …]`.

Read as `backup`, with the key file of this machine. It answers with what it found, and with 1 when
something is not as it was written.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spheres.audit import actions, export, verify
from spheres.vault import cipher
from spheres.vault.models import Kind

KEYS = "select number, owner_id, kind, kek_id, wrapped from keys.vault_datakey"


class Command(BaseCommand):
    help = "Verify the journal of this database, and that the key file opens its keys."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--checkpoint", type=Path, action="append", default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        url = os.environ.get("DATABASE_BACKUP_URL")
        if not url:
            raise CommandError("DATABASE_BACKUP_URL is not set: only `backup` reads every key.")
        held = [file.read_text("utf-8") for file in options["checkpoint"]]
        if not held and (newest := export.newest_note(url)):
            held = [newest]
        report = verify.verify(export.lines(url), actions.public_keys(), held)
        for sentence in report.sentences("en"):
            self.stdout.write(f"  {sentence}")
        opened, closed = keys_that_open(url)
        self.stdout.write(f"  {opened} keys of texts open with this key file, {closed} do not.")
        if not report.events and not opened:
            raise CommandError("This database holds nothing: it is not the one that was copied.")
        if report.anomalies or closed:
            raise CommandError("This copy is not whole: take another one.")


def keys_that_open(url: str) -> tuple[int, int]:
    """How many keys of texts the key file opens, and how many it does not."""
    opened = closed = 0
    with psycopg.connect(url) as connection, connection.cursor("keys") as cursor:
        cursor.itersize = 5_000
        for number, owner, kind, kek_id, wrapped in cursor.execute(KEYS):
            place = cipher.KeyPlace(number, owner, Kind(kind), kek_id)
            try:
                cipher.unwrap(bytes(wrapped), kek=settings.SPHERES_KEYS[kek_id], place=place)
            except (KeyError, cipher.Sealed):
                closed += 1
            else:
                opened += 1
    return opened, closed
