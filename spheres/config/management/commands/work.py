"""`manage.py work`: do what was queued, and what its hour brings; each job as its service."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from spheres.core import log


class Command(BaseCommand):
    help = "Run the queue's worker until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call_command("procrastinate", "worker", "--concurrency", "1", "--no-listen-notify")
        except Exception as error:
            # Printed by Python, its message might quote a row into the worker's log.
            log.fault("worker.broke", error)
            raise SystemExit(1) from None
