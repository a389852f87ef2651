"""How is everything done here? `python3 run.py` starts a demo, `python3 run.py help` lists all.

Standard library only until the environment stands: this file runs on a bare Python.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- an older one must be told, in a sentence
    sys.exit(f"Sphères needs Python 3.11 or later; this one is {sys.version.split()[0]}.")

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from spheres.config import database_roles, environment, processes
from spheres.config.environment import PYTHON, Refused, step
from spheres.config.processes import Background, Gone

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("SPHERES_VAR") or ROOT / "var").resolve()
LOGS = VAR / "log"
THREADS = 4
# What changes the shape of the tables needs the role that owns them; all else serves as `app`.
AS_OWNER = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "compile_policy"}
MIGRATE = ["migrate", "--no-input"]
# What an installation runs; the rest is for whoever changes the code.
OF_COPIES = ("key", "give-key", "take-key", "backup", "restore")
AT_RUN = ("", "serve", "ready", "bundle", "manage", *OF_COPIES)

HELP = {
    "": "start the demo: a site filled with invented people",
    "serve": "serve for real, behind a proxy: what is unsafe is refused first",
    "key": "make the key of an installation that begins",
    "give-key": "a copy of the key for each of two organisations, which it alone opens",
    "take-key": "put the key back from one of these copies",
    "backup": "tonight's copies, or the log as it is written, for two organisations",
    "restore": "copies put back in an empty place and verified; « --drill » rehearses",
    "bundle": "the code and its packages in one file, for where no network is",
    "ready": "say what is unsafe in this installation, and how to mend it",
    "test": "run the tests; what follows is passed to pytest",
    "check": "lint, types, import contracts, messages, migrations, documents",
    "fix": "format, mend what can be mended, rebuild what is generated",
    "new": "« new record NAME », « new region NAME »: a folder to begin from",
    "bench": "measure the pages against the bare framework",
    "prove": "the long safety proofs; « prove police », « prove restore »… run some",
    "docs": "rewrite the documents made from the code; --screens draws the main pages",
    "manage": "any Django command, on the demo's database",
    "help": "this list",
}


def main(arguments: list[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in ("help", "-h", "--help"):
        return show_help()
    if verb not in HELP:
        print(f"There is no « {verb} ».\n", file=sys.stderr)
        show_help()
        return 2
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _terminated)
    # Some environments forbid Python to keep what it compiled: each start then costs twice as much.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        is_at_run = verb in AT_RUN or arguments[:2] == ["new", "region"]
        environment.ensure(arguments, development=not is_at_run)
        compile_messages()
        return VERBS[verb](rest)
    except (Refused, Gone) as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def show_help() -> int:
    for verb, sentence in HELP.items():
        print(f"  python3 run.py {verb:<8} {sentence}")
    return 0


def _terminated(number: int, frame: object) -> None:
    raise processes.Terminated


def compile_messages() -> None:
    """French is read from compiled catalogues, whatever is run; made once by who owns the code.

    The account that serves may not be able to write there, and has no need to.
    """
    from spheres.config import catalogues

    try:
        catalogues.compile()
    except PermissionError:
        raise Refused(
            "The French of this version is not compiled, and this account may not write in the "
            "code: run « python3 run.py ready » once as the account that owns it."
        ) from None


# Words on the screen, and the processes behind them.


def run_quietly(command: list[str], env: Mapping[str, str], name: str) -> None:
    environment.run_quietly(command, env, log=LOGS / f"{name}.log")


def foreground(command: list[str], env: Mapping[str, str], output: int | None = None) -> int:
    return processes.foreground(command, env, cwd=ROOT, output=output)


def background(name: str, command: list[str], env: Mapping[str, str]) -> Background:
    return Background(name, command, env, log=LOGS / f"{name}.log", cwd=ROOT)


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


# A database and a key, given to the commands through variables.


@contextmanager
def world(*, throwaway: bool) -> Iterator[dict[str, str]]:
    """The variables of one run: the database, the key, the secrets. Stops what it started."""
    from spheres.config import cluster, keyfile, secret_store

    try:
        with ExitStack() as stack:
            with step("Database") as outcome:
                name = "postgres-test" if throwaway else "postgres"
                database = stack.enter_context(
                    cluster.up(var=VAR, name=name, durable=not throwaway)
                )
                outcome.append(database.description)
            for note in database.notes:
                print(f"    {note}")
            file = VAR / "test-key" if throwaway else keyfile.path()
            holds_data = not throwaway and database_roles.holds_data(database.owner_url)
            keyfile.for_start(database_holds_data=holds_data, file=file)
            yield (
                {"SPHERES_THREADS": str(THREADS)}
                | os.environ
                | database.environment()
                | {keyfile.VARIABLE: str(file)}
            )
    except (cluster.ClusterError, keyfile.KeyRefused, secret_store.SecretsRefused) as refusal:
        raise Refused(str(refusal)) from refusal


def as_owner(env: Mapping[str, str]) -> dict[str, str]:
    return {**env, "SPHERES_ROLE": "owner"}


def as_app(env: Mapping[str, str]) -> dict[str, str]:
    """What serves the public never holds the address of a stronger role."""
    return {name: value for name, value in env.items() if name not in database_roles.STRONGER}


# The verbs.


def demo(arguments: list[str]) -> int:
    from spheres.config import schema

    if arguments:
        raise Refused("The demo takes no argument; « python3 run.py help » lists the verbs.")
    with world(throwaway=False) as env, ExitStack() as stack:
        wanted = port_in(env)
        port = processes.first_free(range(wanted, wanted + 100))
        if port is None:
            raise Refused(f"No free port between {wanted} and {wanted + 99}.")
        env["SPHERES_PORT"] = str(port)
        with step("Tables and rights"):
            if not schema.is_of_this_code(env):
                run_quietly(manage(*MIGRATE), as_owner(env), "migrate")
                schema.mark_as_of_this_code(env)
        # Before the server: whether this is a demo decides which addresses exist at all.
        with step("Demo region"):
            run_quietly(manage("load_region", "regions/demo"), env, "load_region")
        children = started(port, as_app(env), stack, host="youth.localhost")
        print(f"\n  Staff site  http://staff.localhost:{port}/")
        print(f"  Youth site  http://youth.localhost:{port}/")
        with suppress(FileNotFoundError):
            print(f"\n{(VAR / 'who_can_sign_in.txt').read_text().rstrip()}")
        until_stopped(children)
    return 0


def serve(arguments: list[str]) -> int:
    """For real: nothing is made, migrated or loaded; what is unsafe is said, and stops it."""
    from spheres.config import keyfile

    if arguments:
        raise Refused("« serve » takes no argument: it is set by variables (deploy/serve.env).")
    env = {"SPHERES_THREADS": str(THREADS)} | os.environ
    if not keyfile.path().exists():
        raise Refused(
            f"There is no key file at {keyfile.path()}: name its place in SPHERES_KEY_FILE, or, "
            "for a database that holds nothing yet, make one with « python3 run.py key »."
        )
    with ExitStack() as stack:
        env |= put_back(env, stack)
        if code := foreground(manage("ready"), env):
            return code
        port = port_in(env)
        if not processes.is_free(port):
            raise Refused(f"Port {port} is taken: name another one in SPHERES_PORT.")
        children = started(port, env, stack, host=env["SPHERES_YOUTH_HOST"])
        print(f"\n  Listening on {processes.HOST}:{port}, for the proxy alone.")
        until_stopped(children)
    return 0


def port_in(env: Mapping[str, str]) -> int:
    said = env.get("SPHERES_PORT") or "8000"
    if not (said.isascii() and said.isdecimal() and 0 < int(said) < 65_536):
        raise Refused(f"SPHERES_PORT is « {said} »: write a number from 1 to 65535.")
    return int(said)


def put_back(env: Mapping[str, str], stack: ExitStack) -> dict[str, str]:
    """The database that a restore left in this machine's folder, where no other is named; what
    serves is given the address of `app` alone."""
    from spheres.config import cluster, secret_store
    from spheres.config.postgres import Server

    named = env.get("DATABASE_URL") or env.get("DATABASE_ADMIN_URL")
    try:
        if named or not Server(VAR, "postgres").has_data():
            return {}
        with step("Database") as outcome:
            database = stack.enter_context(cluster.up(var=VAR))
            outcome.append(database.description)
    except (cluster.ClusterError, secret_store.SecretsRefused) as refusal:
        raise Refused(str(refusal)) from refusal
    return {"DATABASE_URL": database.app_url}


def of_copies(verb: str) -> Callable[[list[str]], int]:
    """Paths are read where the command was typed."""
    told = [str(PYTHON), "-m", "spheres.config.continuity", verb]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return lambda rest: processes.foreground([*told, *rest], env, cwd=Path.cwd())


def bundle(arguments: list[str]) -> int:
    from spheres.config import bundle as bundles

    return bundles.main(arguments, dict(os.environ))


def started(port: int, env: Mapping[str, str], stack: ExitStack, *, host: str) -> list[Background]:
    """The site and its worker, stopped with the stack; the first page was answered."""
    with step("Server and worker"):
        site = processes.site(port, threads=THREADS, workers=2, python=str(PYTHON))
        children = [background("server", site, env), background("worker", manage("work"), env)]
        for child in children:
            stack.callback(child.stop)
        processes.wait_for_a_page(children[0], port, host)
    return children


def until_stopped(children: list[Background]) -> None:
    print("\n  Ctrl-C stops everything.", flush=True)
    with suppress(KeyboardInterrupt):
        processes.watch(children)
    print("\n  Stopping.", flush=True)


def test(arguments: list[str]) -> int:
    """All of it, shared out between two runs; with arguments, what they name."""
    from tests import seconds

    with world(throwaway=True) as env, ExitStack() as stack:
        if not processes.find_chromium(env) or arguments:
            return foreground(pytest(*arguments), env)
        share = stack.enter_context(TemporaryDirectory(prefix="spheres-share-"))
        other = {**env, "SPHERES_TEST_DATABASE": "test_beside"}
        beside = background("beside", pytest(f"--share={share}", "--first=walls"), other)
        stack.callback(beside.stop)
        codes = [foreground(pytest(f"--share={share}", "--first=rest"), env), beside.process.wait()]
        print(f"\nBeside it, the other half:\n{beside.log.read_text(errors='replace')}")
        print(seconds.told(Path(share)))
        return codes[0] or codes[1]


def prove(arguments: list[str]) -> int:
    if arguments and any(ROOT.glob(f"tests/proofs/test_proof_{arguments[0]}*")):
        arguments = ["tests/proofs", "-k", f"test_proof_{arguments[0]}", *arguments[1:]]
    with world(throwaway=True) as env:
        processes.find_chromium(env)
        return foreground(pytest("-m", "proof", *arguments), env)


def pytest(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", "pytest", *arguments]


def check(arguments: list[str]) -> int:
    from spheres.config import checks

    failed = []
    with world(throwaway=True) as env:
        for name, seconds, refusal in checks.results(env, LOGS):
            print(f"  {name:<38}{seconds:6.1f} s  {refusal}".rstrip(), flush=True)
            if refusal:
                failed.append(name)
    print(f"\n  To mend: {', '.join(failed)}." if failed else "\n  All is in order.")
    return 1 if failed else 0


def fix(arguments: list[str]) -> int:
    from spheres.config import checks

    for name, command in checks.fixes():
        with step(name):
            run_quietly(command, os.environ, f"fix-{name.split()[0].lower()}")
    return 0


def new(arguments: list[str]) -> int:
    if len(arguments) < 2 or arguments[0] not in ("record", "region"):
        raise Refused("Say « python3 run.py new record NAME », or « … new region NAME ».")
    with world(throwaway=True) as env:
        return foreground(manage(f"new_{arguments[0]}", *arguments[1:]), env)


def bench(arguments: list[str]) -> int:
    with world(throwaway=False) as env:
        return foreground(manage("bench", *arguments), env)


def docs(arguments: list[str]) -> int:
    with world(throwaway=True) as env:
        if arguments[:1] == ["--screens"]:
            return foreground(manage("draw_screens", *arguments[1:]), env)
        return foreground(manage("write_docs", *arguments), env)


def run_manage(arguments: list[str]) -> int:
    from spheres.config import schema

    with world(throwaway=False) as env:
        role = as_owner if arguments and arguments[0] in AS_OWNER else dict
        code = foreground(manage(*arguments), role(env))
        if arguments[:1] == MIGRATE[:1] and not code:
            schema.mark_as_of_this_code(env)
        return code


VERBS = {
    "": demo, "serve": serve, **{verb: of_copies(verb) for verb in OF_COPIES},
    "bundle": bundle,
    "ready": lambda arguments: foreground(manage("ready", *arguments), os.environ),
    "test": test, "check": check, "fix": fix, "new": new, "bench": bench, "prove": prove,
    "docs": docs, "manage": run_manage}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
