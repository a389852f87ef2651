"""`migrate`, then compile the rule table: a schema without its policies never stands."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from spheres.core.row_security import unforced_for_foreign_keys
from spheres.sharing.compile import compile_policy


class Command(Migrate):
    help = "Migrate, then compile the rule table into row-level security."

    def handle(self, *args: Any, **options: Any) -> None:
        with connections[options["database"]].execute_wrapper(unforced_for_foreign_keys):
            super().handle(*args, **options)
        targeted = options.get("app_label") or options.get("plan") or options.get("check_unapplied")
        if not targeted:
            compile_policy()
