"""Does the database say what the rule table says, no more and no less?

The policy is compiled again in a transaction that is rolled back, and what stands before and after
is compared; what compiling would leave in place is looked for apart.
"""

from __future__ import annotations

from itertools import chain

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from spheres.sharing import rules
from spheres.sharing.compile import our_models, statements

# What `drift` compares: policies, functions, grants, forced tables, triggers.
INSTALLED = (
    "select 'policy', schemaname, tablename, policyname, cmd, roles, qual, with_check "
    "from pg_policies where schemaname in ('public', 'keys')",
    "select 'function', p.oid::regprocedure, pg_get_userbyid(p.proowner), p.prosecdef, p.proacl, "
    "p.proconfig, md5(p.prosrc) from pg_proc p where p.pronamespace = 'access'::regnamespace",
    "select 'grant', c.oid::regclass, a.grantee::regrole, a.privilege_type, a.is_grantable "
    "from pg_class c, aclexplode(c.relacl) a "
    "where c.relnamespace::regnamespace::text in ('public', 'keys', 'access') "
    "and a.grantee <> c.relowner",
    "select 'grant on a column', c.oid::regclass, t.attname, a.grantee::regrole, a.privilege_type "
    "from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a "
    "where c.relnamespace::regnamespace::text in ('public', 'keys', 'access')",
    "select 'forced', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity from pg_class c "
    "join pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname in ('public', 'keys') and c.relkind = 'r'",
    "select 'trigger', t.tgrelid::regclass, t.tgname, t.tgenabled from pg_trigger t "
    "where not t.tgisinternal",
)

# What compiling would leave in place, and `drift` therefore looks for apart.
UNKNOWN_TABLES = (
    "select c.oid::regclass, c.relkind from pg_class c "
    "where c.relnamespace::regnamespace::text in ('public', 'keys') "
    "and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relname = any(%s)"
)
UNKNOWN_FUNCTIONS = (
    "select p.oid::regprocedure from pg_proc p where p.pronamespace = 'access'::regnamespace "
    "and obj_description(p.oid) is distinct from 'compiled' and not p.proname = any(%s)"
)
SLEEPING_TRIGGERS = (
    "select t.tgrelid::regclass, t.tgname from pg_trigger t "
    "where t.tgenabled <> 'O' and t.tgname <> all(%s)"
)
# Made by a migration, because triggers or the rule table itself stand on them.
FOUNDATION = (
    "keep_as_written",
    "stamp_event",
    "link_events",
    "canonical",
    "refuse_key_after_erasure",
    "never_a_demo_afterwards",
)


def drift() -> list[str]:
    """What differs between the rule table and the database; empty when they agree."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = _installed(cursor)
        strange = _strange(cursor)
        for statement in statements():
            cursor.execute(statement)
        after = _installed(cursor)
        transaction.set_rollback(True)
    return (
        sorted(f"installed, not declared: {line}" for line in before - after)
        + sorted(f"declared, not installed: {line}" for line in after - before)
        + strange
    )


def _strange(cursor: CursorWrapper) -> list[str]:
    """What compiling neither makes nor undoes: wordless tables, functions, asleep triggers."""
    known = [*rules.SYSTEM, *(model._meta.db_table for model in our_models())]
    found = []
    for title, query, names in (
        ("not declared anywhere", UNKNOWN_TABLES, known),
        ("made by no migration", UNKNOWN_FUNCTIONS, list(FOUNDATION)),
        ("asleep", SLEEPING_TRIGGERS, []),
    ):
        cursor.execute(query, [names])
        found += [f"{title}: {'|'.join(map(str, row))}" for row in cursor.fetchall()]
    return sorted(found)


def _installed(cursor: CursorWrapper) -> set[str]:
    found = []
    for query in INSTALLED:
        cursor.execute(query)
        found.append("|".join(str(value) for value in row) for row in cursor.fetchall())
    return set(chain.from_iterable(found))
