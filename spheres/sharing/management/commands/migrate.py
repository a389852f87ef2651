"""`migrate`, then compile the rule table: a schema without its policies never stands."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import LockNotAvailable

from spheres.core.row_security import unforced, unforced_for_foreign_keys
from spheres.sharing.installing import Busy, compile_policy

# Nobody stands behind a migration for longer; it is taken back, and tried again.
PATIENCE = "set lock_timeout = '1500ms'"
TRIES, PAUSE = 60, 2.0


class Command(Migrate):
    help = "Migrate, then compile the rule table into row-level security."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        refuse_another_key(connection)
        for turn in range(TRIES):
            try:
                with connection.execute_wrapper(unforced_for_foreign_keys):
                    with connection.cursor() as cursor:
                        cursor.execute(PATIENCE)
                    super().handle(*args, **options)
                break
            except OperationalError as error:
                # Each migration is whole or not at all: those that were made stay made.
                if not isinstance(error.__cause__, LockNotAvailable) or turn == TRIES - 1:
                    raise
                time.sleep(PAUSE)
        targeted = options.get("app_label") or options.get("plan") or options.get("check_unapplied")
        if not targeted:
            try:
                compile_policy()
            except Busy as busy:
                raise CommandError(str(busy)) from None


def refuse_another_key(connection: BaseDatabaseWrapper) -> None:
    """The mark that is left names the key file: with one that does not open the texts that are
    there, new ones would be closed by it, and the others read by nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('vault_datakey') is not null")
        if not cursor.fetchone()[0]:
            return
        with unforced(connection):
            cursor.execute(
                "select distinct kek_id from vault_datakey where kek_id <> all(%s) order by 1",
                [list(settings.SPHERES_KEYS)],
            )
            others = [found for (found,) in cursor.fetchall()]
    if others:
        raise CommandError(
            f"Texts of this database are closed by the key {', '.join(others)}, and the file that "
            f"is named holds {settings.SPHERES_KEY_ID}: name the right one in SPHERES_KEY_FILE, "
            "or the one before it in SPHERES_OLD_KEY_FILE."
        )
