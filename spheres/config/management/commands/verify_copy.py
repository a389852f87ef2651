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
        opened, other, altered = keys_that_open(url)
        closed = other + altered
        self.stdout.write(f"  {opened} keys of texts open with this key file, {closed} do not.")
        if other:
            raise CommandError(
                f"The key file of this machine is another one: {other} keys of texts were made "
                f"with another, and {opened} open. Bring the one that goes with this copy and name "
                "it in SPHERES_KEY_FILE, the one before it, if any, in SPHERES_OLD_KEY_FILE."
            )
        report = verify.verify(export.lines(url), actions.public_keys(), held)
        for sentence in report.sentences("en"):
            self.stdout.write(f"  {sentence}")
        if not report.events and not opened:
            raise CommandError("This database holds nothing: it is not the one that was copied.")
        if report.anomalies or altered:
            raise CommandError("This copy is not whole: take another one.")


def keys_that_open(url: str) -> tuple[int, int, int]:
    """How many keys of texts the key file opens, how many were made with another, and how many are
    not as they were written."""
    opened = other = altered = 0
    with psycopg.connect(url) as connection, connection.cursor("keys") as cursor:
        cursor.itersize = 5_000
        for number, owner, kind, kek_id, wrapped in cursor.execute(KEYS):
            if kek_id not in settings.SPHERES_KEYS:
                other += 1
                continue
            place = cipher.KeyPlace(number, owner, Kind(kind), kek_id)
            try:
                cipher.unwrap(bytes(wrapped), kek=settings.SPHERES_KEYS[kek_id], place=place)
            except cipher.Sealed:
                altered += 1
            else:
                opened += 1
    return opened, other, altered
