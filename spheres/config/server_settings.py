"""How must a server of the database be set, to lose no acknowledged write and tell no word?

A server of our own is started with the safe ones (postgres.py); another one is asked, in one
question and as the role that serves, before real persons are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.config.postgres import SETTINGS

# A write that was acknowledged is kept, whatever happens the next instant. The safe values, the one
# that is advised first.
KEEPS: Final[dict[str, tuple[str, ...]]] = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_write", "remote_apply"),
}
# What the server writes by itself quotes no statement, no row and no value, as ours does not.
QUIET: Final[dict[str, tuple[str, ...]]] = {
    name: (SETTINGS[name],)
    for name in (
        "log_statement", "log_min_error_statement", "log_error_verbosity",
        "log_parameter_max_length", "log_parameter_max_length_on_error",
    )
} | {
    "debug_print_parse": ("off",),
    "debug_print_rewritten": ("off",),
    "debug_print_plan": ("off",),
    # As CSV or JSON it quotes the row that broke a constraint, however terse it is told to be.
    "log_destination": ("stderr", "syslog", "eventlog"),
}  # fmt: skip
# What is there when an extension is. Its plans hold values, even where parameters are not logged.
QUIET_IF_THERE: Final[dict[str, tuple[str, ...]]] = {
    "auto_explain.log_min_duration": ("-1",),
    "pgaudit.log_parameter": ("off",),
}
READABLE: Final = "select has_table_privilege('pg_catalog.pg_settings', 'select')"
ASKED: Final = "select name, setting from pg_catalog.pg_settings where name = any(%s)"


def unsafe(cursor: Any) -> Iterator[str]:
    """One sentence for each setting that is not safe, and one for those that cannot be seen."""
    cursor.execute(READABLE)
    (is_readable,) = cursor.fetchone()
    found: dict[str, str] = {}
    if is_readable:
        cursor.execute(ASKED, [[*KEEPS, *QUIET, *QUIET_IF_THERE]])
        found = dict(cursor.fetchall())
    for name, value, safe in _other_than(KEEPS, found):
        yield _(
            "The server of the database has %(name)s set to « %(value)s »: what it acknowledged "
            "may be lost the instant its machine stops. Set it to « %(safe)s »."
        ) % {"name": name, "value": value, "safe": safe}
    for name, value, safe in _other_than(QUIET | QUIET_IF_THERE, found):
        yield _(
            "The server of the database has %(name)s set to « %(value)s »: words that people wrote "
            "may stand in its log. Set it to « %(safe)s »."
        ) % {"name": name, "value": value, "safe": safe}
    if hidden := [name for name in (*KEEPS, *QUIET) if name not in found]:
        yield _(
            "The server of the database does not say what %(names)s is set to: let the role that "
            "serves read pg_settings."
        ) % {"names": ", ".join(hidden)}


def _other_than(
    safe: Mapping[str, Sequence[str]], found: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Each setting that is seen and not safe, its value, and the one that is advised."""
    for name, values in safe.items():
        said = [part.strip() for part in found.get(name, "").split(",")]
        if any(part and part not in values for part in said):
            yield name, found[name], values[0]
