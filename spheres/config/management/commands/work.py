"""`manage.py work`: do what was queued, and what its hour brings; each job as its service."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the queue's worker until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("procrastinate", "worker", "--concurrency", "1", "--no-listen-notify")
