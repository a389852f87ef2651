"""Is it well? Asked from this very machine, answered in numbers; nothing of anybody is in them.

`/health/` gives 200 or 503 and says which part is not well; `/health/figures/` gives the same as
OpenMetrics. Whoever comes through the proxy is not answered here, and meets the page of no page.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection

HERE: Final = ("127.0.0.1", "::1")
ROOM: Final = 1 << 30  # bytes
LATE: Final = 900  # seconds that work may wait: the worker looks every few
ALIVE: Final = 60  # seconds: a worker says that it lives every ten
APART: Final = 30  # seconds between this clock and the database’s
ASKED: Final = """
select extract(epoch from clock_timestamp())::float8, pg_is_in_recovery(),
  pg_database_size(current_database()),
  (select count(*) from procrastinate_jobs
    where status = 'todo' and coalesce(scheduled_at <= now(), true)),
  (select count(*) from procrastinate_jobs where status = 'failed'),
  (select coalesce(extract(epoch from now() - min(coalesce(j.scheduled_at, e.at))), 0)::float8
    from procrastinate_jobs j left join procrastinate_events e
      on e.job_id = j.id and e.type = 'deferred'
    where j.status = 'todo' and coalesce(j.scheduled_at <= now(), true)),
  (select count(*) from procrastinate_workers
    where last_heartbeat > now() - make_interval(secs => %s))"""
HELP: Final = {
    "database": "1 when the database answers and takes writes",
    "database_bytes": "size of the database",
    "database_seconds": "time it took to answer",
    "clock_apart_seconds": "between this machine and its database",
    "jobs_waiting": "work that could be done now",
    "jobs_stopped": "work that does not begin again by itself",
    "jobs_oldest_seconds": "how long the first of them has waited",
    "workers": "those that do this work and live",
    "disk_free_bytes": "room on the disk of this machine",
}
Serve = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def figures() -> dict[str, float]:
    """What is measured now; without a database, what can be said without it."""
    found: dict[str, float] = {"database": 0, "disk_free_bytes": shutil.disk_usage(Path.cwd()).free}
    began = time.time()
    try:
        with connection.cursor() as cursor:
            cursor.execute(ASKED, [ALIVE])
            moment, repeats, size, waiting, stopped, oldest, workers = cursor.fetchone()
    except DatabaseError:
        return found
    finally:
        connection.close()
    took = time.time() - began
    return found | {
        "database": float(not repeats), "database_bytes": size, "database_seconds": took,
        "clock_apart_seconds": abs(began + took / 2 - moment), "jobs_waiting": waiting,
        "jobs_stopped": stopped, "jobs_oldest_seconds": oldest, "workers": workers,
    }  # fmt: skip


def not_well(found: dict[str, float]) -> list[str]:
    """The names of what somebody should look at."""
    limits = {
        "database": found["database"] < 1,
        "clock_apart_seconds": found.get("clock_apart_seconds", 0) > APART,
        "jobs_oldest_seconds": found.get("jobs_oldest_seconds", 0) > LATE,
        "workers": found.get("workers", 1) < 1,
        "disk_free_bytes": found["disk_free_bytes"] < ROOM,
    }
    return [name for name, is_over in limits.items() if is_over]


def answering(serve: Serve) -> Serve:
    """The site, and these two addresses for who asks from this machine."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        is_ours = path in ("/health/", "/health/figures/")
        if not is_ours or not _is_from_here(environ):
            return serve(environ, start_response)
        found = figures()
        wrong = not_well(found)
        if path == "/health/":
            body, kind = json.dumps({"well": not wrong, "look_at": wrong}), "application/json"
        else:
            body, kind = _exposed(found), "application/openmetrics-text; version=1.0.0"
        status = "503 Service Unavailable" if wrong and path == "/health/" else "200 OK"
        start_response(status, [("Content-Type", kind), ("Cache-Control", "no-store")])
        return [body.encode()]

    return answer


def _is_from_here(environ: dict[str, Any]) -> bool:
    """A proxy on this machine says for whom it asks; then it is not this machine that asks."""
    return environ.get("REMOTE_ADDR") in HERE and "HTTP_X_FORWARDED_FOR" not in environ


def _exposed(found: dict[str, float]) -> str:
    lines = []
    for name, number in found.items():
        lines += [f"# TYPE spheres_{name} gauge", f"# HELP spheres_{name} {HELP[name]}"]
        lines.append(f"spheres_{name} {round(float(number), 3)}")
    return "\n".join([*lines, "# EOF", ""])
