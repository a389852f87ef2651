"""Were this database's tables and rights made by this very code, for this key file?

A demonstration then makes none again. Elsewhere whoever installs runs `migrate`, which always
compiles and leaves the mark; without it nothing is served.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from spheres.config import keyfile

PACKAGE = Path(__file__).resolve().parents[1]
ASKED = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"


def of_this_code(key_id: str) -> str:
    """A digest of every module, and of which key file signs: the database keeps its proof."""
    digest = hashlib.sha256(key_id.encode())
    for module in sorted(PACKAGE.rglob("*.py")):
        digest.update(str(module.relative_to(PACKAGE)).encode() + b"\0" + module.read_bytes())
    return f"made by {digest.hexdigest()}"


def is_of_this_code(env: Mapping[str, str]) -> bool:
    with psycopg.connect(env["DATABASE_OWNER_URL"], autocommit=True) as owner:
        marked = owner.execute(ASKED, [owner.info.dbname]).fetchone()
    return marked == (of_this_code(_key_of(env)),)


def mark_as_of_this_code(env: Mapping[str, str]) -> None:
    """Said last, so that what was cut short is made again."""
    with psycopg.connect(env["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(
            sql.SQL("comment on database {} is {}").format(
                sql.Identifier(owner.info.dbname), sql.Literal(of_this_code(_key_of(env)))
            )
        )


def _key_of(env: Mapping[str, str]) -> str:
    return keyfile.read(Path(env[keyfile.VARIABLE])).id


def is_marked(key_id: str) -> bool:
    """The same, asked by the role that serves: the mark names no more than a digest."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(ASKED, [connection.settings_dict["NAME"]])
        (found,) = cursor.fetchone()
    return bool(found == of_this_code(key_id))
