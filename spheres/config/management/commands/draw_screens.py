"""`run.py docs --screens`: draw the main pages of the demo into docs/screens/."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spheres.config.management import screens


class Command(BaseCommand):
    help = "Draws the main pages in both languages, on a phone and on a desk, into docs/screens/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="pages whose name holds these letters")

    def handle(self, *args: Any, only: str, **options: Any) -> None:
        programme = screens.browser_here()
        if not programme:
            raise CommandError("No Chromium here (on Debian: apt install chromium-headless-shell).")
        missing = screens.draw(programme, self.stdout.write, only)
        if missing:
            raise CommandError(f"Not drawn: {', '.join(missing)}.")
