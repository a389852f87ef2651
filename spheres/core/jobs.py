"""How does work run later? A job names its service; the wrapper opens transaction and context.

A bare task of the queue fails a test: without a context the database would refuse it, and we want
to know before it runs (design §6).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from procrastinate.contrib.django import app as queue

from spheres.core import context, log
from spheres.core.actor import Actor, service

R = TypeVar("R")


def job(
    *, service_name: str, name: str, cron: str | None = None
) -> Callable[[Callable[..., R]], Any]:
    """Register `work(by=…, **ids)` as a job of one service, in one transaction and one context.

    `cron` runs it by itself. Arguments are identifiers only; running twice must do no harm.
    """
    actor = service(service_name)

    def wrap(work: Callable[..., R]) -> Any:
        @wraps(work)
        def run(**ids: Any) -> R:
            ids.pop("timestamp", None)
            with log.about(number=log.new_number(), job=name, service=service_name):
                return _told(lambda: work(by=actor, **ids), actor)

        run.service = actor  # type: ignore[attr-defined]
        task: Any = queue.task(name=name, pass_context=False)(run)
        if cron:
            task = queue.periodic(cron=cron, periodic_id=name)(task)
        return task

    return wrap


def _told(work: Callable[[], R], actor: Actor) -> R:
    """Do the work in one unit; its beginning and its end are told, whichever end it is."""
    log.tell("job.started")
    began = time.monotonic()
    try:
        with context.unit_of_work(actor):
            done = work()
    except BaseException as error:
        log.fault("job.failed", error, seconds=round(time.monotonic() - began, 3))
        raise
    log.tell("job.ended", seconds=round(time.monotonic() - began, 3))
    return done


def defer(task: Any, *, by: Actor, **ids: Any) -> None:
    """Queue a job inside the open transaction: it exists only if the transaction commits."""
    context.require(by)
    task.defer(**ids)
