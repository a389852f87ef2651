"""Were this database's tables and rights made by this very code? Then a start makes none again.

Only the demonstration asks: elsewhere whoever installs runs `migrate`, which always compiles.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

PACKAGE = Path(__file__).resolve().parents[1]
ASKED = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"


def of_this_code(key_id: str) -> str:
    """A digest of every module, and of which key file signs: the database keeps its proof."""
    digest = hashlib.sha256(key_id.encode())
    for module in sorted(PACKAGE.rglob("*.py")):
        digest.update(str(module.relative_to(PACKAGE)).encode() + b"\0" + module.read_bytes())
    return f"made by {digest.hexdigest()}"


def is_of_this_code(owner_url: str, *, key_id: str) -> bool:
    with psycopg.connect(owner_url, autocommit=True) as owner:
        return owner.execute(ASKED, [owner.info.dbname]).fetchone() == (of_this_code(key_id),)


def mark_as_of_this_code(owner_url: str, *, key_id: str) -> None:
    """Said last, so that what was cut short is made again."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            sql.SQL("comment on database {} is {}").format(
                sql.Identifier(owner.info.dbname), sql.Literal(of_this_code(key_id))
            )
        )
