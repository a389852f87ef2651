"""`manage keep_release`: keep this version's database, filled with invented people, for later ones.

Written in tests/releases: the database as the role `owner` would restore it, and the key file of
its invented texts. Committed with the release; no later one changes it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spheres.config import cluster, keyfile
from spheres.config.continuity import programs

NAME = "test_release"


class Command(BaseCommand):
    help = "Keep a database of this version in tests/releases, for the upgrades to come."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.ROOT)
        version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
        folder = root / "tests" / "releases" / version
        if folder.exists():
            raise CommandError(f"{version} is kept already: a release does not change.")
        folder.mkdir(parents=True)
        (folder / "key").unlink(missing_ok=True)
        folder.chmod(0o700)
        keyfile.make(folder / "key")
        everything = cluster.from_environment()
        everything.drop_database(NAME)
        made = everything.create_database(NAME)
        env = {**os.environ, **made.environment(), keyfile.VARIABLE: str(folder / "key")}
        try:
            for arguments, role in (
                (["migrate", "-v", "0"], "owner"), (["load_region", "regions/demo"], "app")
            ):  # fmt: skip
                subprocess.run(  # noqa: S603 -- arguments are ours
                    [sys.executable, "manage.py", *arguments], cwd=root, check=True,
                    env={**env, "SPHERES_ROLE": role}, stdout=subprocess.DEVNULL,
                )  # fmt: skip
            admin = everything.admin_at(NAME)
            if admin is None:
                raise CommandError("DATABASE_ADMIN_URL is not set.")
            place = folder / "database.dump"
            programs.run("pg_dump", admin, "-Fc", "--compress=9", f"--file={place}")
        finally:
            everything.drop_database(NAME)
        commit = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607 -- that of whoever releases
            cwd=root, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        (folder / "commit").write_text(commit)
        self.stdout.write(f"{place}: {place.stat().st_size // 1024} kB")
