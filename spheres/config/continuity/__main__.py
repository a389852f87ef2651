"""What `run.py backup`, `run.py restore` and `run.py key` are told, and what they answer.

Each is one sentence when something is missing, and nothing is half done.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import psycopg
from pyrage import x25519

from spheres.config import cluster, database_roles, keyfile, processes, schema, secret_store
from spheres.config.continuity import (
    before,
    escrow,
    following,
    nightly,
    recipients,
    restoring,
    signing_in,
)
from spheres.config.continuity.following import Following
from spheres.config.continuity.recipients import Refused
from spheres.config.database_roles import DATABASE
from spheres.config.postgres import Server
from spheres.config.postgres_programs import ClusterError

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _terminated)
    try:
        given = reader().parse_args(arguments)
        code: int = given.does(given)
        return code
    except processes.Terminated:
        return 143
    except (Refused, ClusterError, keyfile.KeyRefused, secret_store.SecretsRefused) as refusal:
        sentence = str(refusal)
    except psycopg.OperationalError as error:  # its words name a machine and a role
        sentence = (
            f"The database does not answer, or does not let this role in: {error}\nSee that it "
            "runs, and that the name, the role and the password of its address are right."
        )
    except psycopg.Error as error:  # other words may quote what is in a row
        sentence = (
            f"The database refused ({type(error).__name__}): see that the role is the one that "
            "this command asks for, and what the log of the server says."
        )
    except OSError as error:
        sentence = (
            f"{error.filename or 'A file'}: {error.strerror}. Name another place, or open it."
        )
    sys.stderr.write(f"{sentence}\n")
    return 1


def _terminated(number: int, frame: object) -> None:
    """What is half written goes, and no programme of ours goes on alone."""
    raise processes.Terminated


def reader() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="run.py", allow_abbrev=False)
    verbs = top.add_subparsers(required=True)

    one = verbs.add_parser("backup", help="tonight’s copies, or the log as it is written")
    one.add_argument("folder", type=Path, help="where copies are kept, on another machine")
    one.add_argument("--recipients", type=Path, required=True, help="« age1…  Organisation »")
    one.add_argument("--follow", action="store_true", help="the log, until stopped")
    one.add_argument("--spool", type=Path, help="with --follow: what is not sealed yet")
    one.set_defaults(does=backup)

    one = verbs.add_parser("restore", help="put copies back, in an empty place")
    one.add_argument("folder", type=Path)
    one.add_argument("--identity", type=Path, required=True, help="the key an organisation brings")
    one.add_argument("--at", type=before.moment, help="an instant of the last days")
    one.add_argument("--night", help="the stamp of one night, or « last »")
    one.add_argument("--keys", default="", help="with --night: whose keys; the newest otherwise")
    one.add_argument("--checkpoint", type=Path, action="append", default=[], help="one held")
    one.add_argument("--database", default=DATABASE)
    one.add_argument("--drill", action="store_true", help="elsewhere, then everything goes away")
    one.set_defaults(does=restore)

    verbs.add_parser("key", help="make the key file").set_defaults(does=lambda _g: keyfile.main())
    one = verbs.add_parser("give-key", help="a copy of the key file for each of two organisations")
    one.add_argument("folder", type=Path)
    one.add_argument("--keepers", type=Path, required=True, help="« age1…  Organisation »")
    one.add_argument("--recipients", type=Path, required=True, help="those of the copies")
    one.set_defaults(does=give_key)
    one = verbs.add_parser("take-key", help="put the key file back from one of these copies")
    one.add_argument("copy", type=Path)
    one.add_argument("--identity", type=Path, required=True)
    one.set_defaults(does=take_key)
    return top


def say(sentence: str) -> None:
    sys.stdout.write(f"  {sentence}\n")
    sys.stdout.flush()


def backup(given: argparse.Namespace) -> int:
    named = recipients.read(given.recipients)
    before.folder_to_write_in(given.folder)
    # First: whatever keeps tonight's copy from being made, no key outlives its fourteen days.
    for name in nightly.tidy(given.folder, at=now()) + following.tidy(given.folder, at=now()):
        say(f"Taken away: {name}")
    before.refuse_odd_addresses(os.environ)
    with ExitStack() as stack:
        url = os.environ.get("DATABASE_BACKUP_URL")
        if not url:
            url = stack.enter_context(cluster.up()).backup_url
        if not url:
            raise Refused("DATABASE_BACKUP_URL is not set: copies are read as the role `backup`.")
        if given.follow:
            psycopg.connect(url, connect_timeout=10).close()  # one that is down is said to be
            spool = given.spool or cluster.VAR / "log-not-sealed"
            with suppress(processes.Terminated):
                Following(url, given.folder, named, spool).run(clock=now, say=say, over=Event())
            return 0
        began = time.monotonic()
        stamp = nightly.copy(url, given.folder, named, at=now())
        say(f"{stamp}: sealed to {', '.join(one.organisation for one in named)}, "
            f"{time.monotonic() - began:.1f} s")  # fmt: skip
    return 0


def restore(given: argparse.Namespace) -> int:
    if given.night is not None and given.at is not None:
        raise Refused("--night gives one night, --at an instant of the log: name one of the two.")
    opened = recipients.identity(given.identity)
    keyfile.read()  # without it nothing that is put back would be read
    for file in given.checkpoint:
        if not file.is_file():
            raise Refused(f"There is no checkpoint at {file}: name the file that somebody held.")
    stamp = "" if given.night is None else night_named(given.folder, given.night)
    began = time.monotonic()
    with ExitStack() as stack:
        if given.drill or given.night is None:
            # A server of our own is made: one that lives, and that a variable names, stays as is.
            for name in [name for name in os.environ if name.startswith("DATABASE_")]:
                del os.environ[name]
        before.refuse_odd_addresses(os.environ)
        if given.drill:
            var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="spheres-drill-")))
            var.chmod(0o755)
        else:
            var = cluster.VAR
        if given.night is None:
            server = Server(var, "postgres")
            restoring.refuse_unless_vacant(server)  # before new passwords stand beside its data
            passwords = secret_store.load(var / "secrets.json")
            server.password = passwords["postgres"]
            found = restoring.instant(given.folder, opened, server, passwords, at=given.at)
            where = (
                f"It is in {server.data}, its passwords in {var / 'secrets.json'}. To serve it, "
                "with the names and the proxy of serve.env and without its DATABASE_URL:\n"
                f"    SPHERES_VAR={var} python3 run.py serve"
            )
            say(f"{found.base} and {found.segments} parts of the log: {found.seconds:.1f} s")
            there = stack.enter_context(cluster.up(var=var)).for_database(given.database)
        else:
            there = before.place_of_a_night(given.database, var, stack)
            where = (
                f"It is the database « {given.database} » of this server: serve it as before, "
                "with the address of its role app in DATABASE_URL."
            )
            put_back_a_night(given, stamp, opened, there)
        env = {**os.environ, **there.environment(), keyfile.VARIABLE: str(keyfile.path())}
        # Whatever was put back, its rules of access are those of this code and of this key file.
        django(env, "migrate", "--no-input", role="owner", quiet=True)
        held = [part for file in given.checkpoint for part in ("--checkpoint", str(file))]
        django(env, "verify_copy", *held, role="app")
        schema.mark_as_of_this_code(env)
        answers(given, env, there, stack)
        say(f"Put back, verified and answering in {time.monotonic() - began:.0f} s.")
        if not given.drill:
            say(where)
    return 0


def night_named(folder: Path, said: str) -> str:
    stamp = nightly.stamps(folder)[-1:] if said == "last" else [said]
    if not stamp:
        raise Refused(f"{folder} holds no night.")
    return stamp[0]


def put_back_a_night(
    given: argparse.Namespace, stamp: str, opened: x25519.Identity, there: cluster.Cluster
) -> None:
    admin_url = there.admin_at(given.database)
    assert admin_url is not None  # the place was looked at through it
    differ = restoring.night(given.folder, stamp, opened, admin_url=admin_url, keys_of=given.keys)
    if differ:
        raise Refused(f"{len(differ)} tables have not what the night counted: {differ}.")
    say(f"{stamp}: every table has the rows that the night counted")


def django(env: dict[str, str], *arguments: str, role: str, quiet: bool = False) -> None:
    done = subprocess.run(  # noqa: S603 -- arguments are ours
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**env, "SPHERES_ROLE": role},
        stdout=subprocess.DEVNULL if quiet else None, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"« manage {arguments[0]} » found something: nothing is served on this copy.")


def answers(
    given: argparse.Namespace, env: dict[str, str], there: cluster.Cluster, stack: ExitStack
) -> None:
    """The page of sign-in comes, from the very code, key file and tables that were put back; in a
    rehearsal, somebody is invited there, and comes in."""
    port = processes.first_free(range(8600, 8699))
    if port is None:
        raise Refused("No free port between 8600 and 8698.")
    served = {name: value for name, value in env.items() if name not in database_roles.STRONGER}
    served["SPHERES_TRUSTED_PROXIES"] = processes.HOST  # here we are the proxy, and nobody else is
    site = processes.Background(
        "site", processes.site(port), served, log=cluster.VAR / "log" / "restored.log", cwd=ROOT
    )
    stack.callback(site.stop)
    host = env.get("SPHERES_STAFF_HOST", "staff.localhost")
    status = processes.wait_for_a_page(site, port, host, path="/sign-in/")
    if status != 200:
        raise Refused(f"The page of sign-in answered {status}.")
    say("The page of sign-in answers.")
    if given.drill:
        admin_url = there.admin_at(given.database)
        assert admin_url is not None  # a server of our own
        signing_in.rehearse(env, admin_url, port=port, host=host)
        say("Somebody was invited, enrolled a passkey, went out, and came in with it.")


def give_key(given: argparse.Namespace) -> int:
    keepers = recipients.read(given.keepers)
    recipients.refuse_shared(recipients.read(given.recipients), keepers)
    for place in escrow.give(keyfile.path(), keepers, given.folder):
        say(f"{place}")
    say("Carry each to its organisation off line; none stays on this machine.")
    return 0


def take_key(given: argparse.Namespace) -> int:
    key = escrow.put_back(given.copy, given.identity, keyfile.path())
    say(f"Key {key.id} is back in {keyfile.path()}.")
    return 0


def now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
