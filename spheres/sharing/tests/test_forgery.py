"""Can a context be made, altered, prolonged or used twice by whoever has only SQL?"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from spheres.core import context
from spheres.core.actor import SHARED, VISITOR, Actor, service
from spheres.sharing.compile import our_models
from tests.proofs.databases import Connection, act, say, signed_in
from tests.proofs.figures import tell
from tests.proofs.spans import AT, THERE, uuid_of
from tests.proofs.stage import Stage

REFUSED = "42501"
TABLES = sorted(model._meta.db_table for model in our_models())
FIELDS = ("actor", "organisation", "roles", "purpose", "at", "expiry")
WORKER = Actor(uuid_of("youth_worker live"), uuid_of("here"), frozenset({"youth_worker"}))


def questions() -> list[str]:
    """Every way `app` has to ask something of the database."""
    return [
        *(f"select * from {table}" for table in TABLES),
        "select access.readable_notes_files()",
        "select access.handled('{DESK}')",
        "select access.actor()",
        "select access.is_staff()",
        "select access.present()",
        f"select * from access.who_can('{uuid_of('file 0 here')}', 'notes')",
        "insert into sharing_conflict (id, user_id, file_id, declared_at) "
        "values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now())",
        "update notes_notestatus set status = 'CORRECTED'",
        "delete from records_draft",
    ]


def signed(*fields: str, key: bytes | None = None) -> str:
    """What `context.sign` makes, from any fields and with any key."""
    body = "|".join(fields)
    mac = hmac.new(key or context.signing_key(), body.encode(), hashlib.sha256).hexdigest()
    return f"{body}|{mac}"


def forgeries() -> Iterator[tuple[str, str]]:
    good = context.sign(WORKER, AT)
    fields, mac = good.split("|")[:6], good.split("|")[6]
    others = {
        "actor": str(uuid_of("professional_support live")),
        "organisation": str(THERE),
        "roles": "psychotherapist,youth_worker",
        "purpose": "supervision",
        "at": (AT - timedelta(days=1)).isoformat(),
        "expiry": str(int(time.time()) + 3600),
    }
    for place, field in enumerate(FIELDS):
        altered = [*fields]
        altered[place] = others[field]
        yield f"another {field}", "|".join([*altered, mac])
        altered[place] = ""
        yield f"no {field}", "|".join([*altered, mac])
    yield "nothing", ""
    yield "one word", "anything"
    yield "bars only", "||||||"
    yield "no signature", "|".join(fields)
    yield "an empty signature", "|".join([*fields, ""])
    yield "a truncated signature", good[:-1]
    yield "a signature in capitals", "|".join([*fields, mac.upper()])
    yield "a space after it", good + " "
    yield "one more field", good + "|x"
    yield "two contexts in one", f"{good}|{good}"
    yield "another key", signed(*fields, key=b"another key, of thirty-two bytes.")
    yield "an empty key", signed(*fields, key=b"\0" * 32)
    yield (
        "a bar in the purpose",
        context.sign(Actor(WORKER.user_id, THERE, WORKER.roles, "a|b"), AT),
    )
    past = str(int(time.time()) - 1)
    yield "one second too old", signed(*fields[:5], past)
    yield "of another year", signed(*fields[:5], "1000000000")


FORGERIES = dict(forgeries())


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_context_is_refused_by_every_table_and_function(
    app: Connection, forgery: str
) -> None:
    answers = {}
    for question in questions():
        with app.transaction(force_rollback=True):
            say(app, FORGERIES[forgery])
            try:
                answers[question] = app.execute(question).statusmessage
            except InsufficientPrivilege as error:
                answers[question] = error.sqlstate

    assert answers == dict.fromkeys(questions(), REFUSED)


def test_the_true_context_is_accepted(app: Connection) -> None:
    act(app, WORKER, AT)

    assert app.execute("select access.actor()").fetchone() == (WORKER.user_id,)
    tell(f"forgeries: {len(FORGERIES)} × {len(questions())} questions, 0 accepted")


@pytest.mark.parametrize("how", ["commit", "rollback"])
def test_nothing_of_a_context_is_left_for_the_next_user_of_the_connection(
    app: Connection, how: str
) -> None:
    act(app, WORKER, AT)
    assert app.execute("select count(*) > 0 from notes_note").fetchone() == (True,)

    getattr(app, how)()

    with pytest.raises(InsufficientPrivilege):
        app.execute("select * from notes_note")
    app.rollback()
    assert app.execute("select current_setting('spheres.context', true)").fetchone() == ("",)


def test_a_copied_context_is_worth_nothing_once_its_minute_is_over(stage: Stage) -> None:
    good = context.sign(WORKER, AT).split("|")[:5]
    copied = signed(*good, str(int(time.time()) + 2))
    with signed_in(stage.cluster.app_url) as thief:
        say(thief, copied)
        assert thief.execute("select access.actor()").fetchone() == (WORKER.user_id,)
        thief.commit()
        time.sleep(2.1)

        say(thief, copied)
        with pytest.raises(InsufficientPrivilege, match="expired"):
            thief.execute("select access.actor()")


def test_a_context_kept_for_the_whole_session_ends_with_its_minute(stage: Stage) -> None:
    good = context.sign(WORKER, AT).split("|")[:5]
    with signed_in(stage.cluster.app_url) as thief:
        copied = signed(*good, str(int(time.time()) + 2))
        thief.execute("select set_config('spheres.context', %s, false)", [copied])
        thief.commit()
        time.sleep(2.1)

        with pytest.raises(InsufficientPrivilege, match="expired"):
            thief.execute("select * from notes_note")


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from access.context_key",
        "select * from pg_catalog.pg_authid",
        "update access.context_key set ipad = opad",
        "select access.context()",
        f"select * from access.reach('{WORKER.user_id}', '{WORKER.organisation_id}', "
        "'{youth_worker}', 'ordinary', now(), 'read', 'notes')",
        "select access.owner_at_work()",
        "set role gate",
        "set role owner",
        "set role eraser",
        "set session authorization owner",
        "alter table notes_note no force row level security",
        "drop policy select_0 on notes_note",
        "create policy more on notes_note for select to app using (true)",
        "create function access.context() returns text[] language sql as 'select null'",
        "create function public.sneak() returns int language sql as 'select 1'",
        "create table public.kept as select * from accounts_user",
        "create temp table access_context (x int)",
        "create schema mine",
        "copy notes_note to program 'true'",
        "select lo_import('/etc/passwd')",
        "select pg_read_file('postgresql.conf')",
        "truncate notes_note",
        "alter role app bypassrls",
        "set session_replication_role = replica",
        "set row_security = off; select * from notes_note",
    ],
)
def test_the_role_that_serves_cannot_step_around(app: Connection, attempt: str) -> None:
    act(app, WORKER, AT)

    with pytest.raises(InsufficientPrivilege):
        app.execute(sql.SQL(attempt))


def test_saying_unforced_changes_nothing_for_the_role_that_serves(app: Connection) -> None:
    app.execute("select set_config('spheres.unforced', 'yes', true)")

    with pytest.raises(InsufficientPrivilege):
        app.execute("select * from notes_note")


@pytest.mark.parametrize("actor", [VISITOR, service("loader"), service("expiry"), WORKER])
def test_a_time_zone_or_a_search_path_does_not_move_an_answer(
    app: Connection, actor: Actor
) -> None:
    act(app, actor, AT)
    before = app.execute("select access.readable_notes_files()").fetchone()
    app.execute("set local timezone to 'Pacific/Kiritimati'")
    app.execute("set local search_path to pg_temp, public")
    app.execute("set local datestyle to 'SQL, DMY'")

    assert app.execute("select access.readable_notes_files()").fetchone() == before


def test_whoever_has_a_session_and_sql_chooses_no_moment_no_purpose_and_no_length_of_a_stay(
    stage: Stage,
) -> None:
    key = str(WORKER.user_id)
    true = context.sign_entrance(key, AT)
    later = (AT + timedelta(days=30)).isoformat()
    for forged in (
        (key, later, *true[2:]),
        (key, true[1], SHARED, *true[3:]),
        (*true[:3], str(int(time.time()) + 10**9), true[4]),
        (str(uuid_of("professional_support live")), *true[1:]),
        (*true[:4], ""),
        (*true[:4], None),
        (*true[:4], context.sign(WORKER, AT).split("|")[6]),
    ):
        with signed_in(stage.cluster.app_url) as thief, pytest.raises(InsufficientPrivilege):
            thief.execute("select * from access.enter(%s, %s, %s, %s, %s)", forged)


def test_the_door_opens_to_a_live_session(spare: Stage) -> None:
    key = str(WORKER.user_id)
    with signed_in(spare.cluster.owner_url) as owner:
        owner.execute("select set_config('spheres.unforced', 'yes', false)")
        owner.execute("update accounts_session set ends_at = ends_at + interval '1 day'")
        owner.commit()
    with signed_in(spare.cluster.app_url) as app:
        entered = app.execute(
            "select user_id, roles from access.enter(%s, %s, %s, %s, %s)",
            context.sign_entrance(key, AT),
        ).fetchone()

        assert entered == (WORKER.user_id, ["youth_worker"])
        assert app.execute("select access.actor()").fetchone() == (WORKER.user_id,)
