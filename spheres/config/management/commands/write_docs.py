"""`run.py docs`: rewrite the reference pages; with --check, say which no longer tell the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spheres.config import documents


class Command(BaseCommand):
    help = "Writes docs/reference/ from the code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, compare")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        pages = documents.all_documents()
        stale = [name for name, text in pages.items() if standing(name) != text]
        if check:
            if stale:
                raise CommandError(
                    f"{', '.join(stale)} no longer tell the code: python3 run.py docs"
                )
            return
        documents.REFERENCE.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (documents.REFERENCE / name).write_text(pages[name], encoding="utf-8")
            self.stdout.write(f"docs/reference/{name}")


def standing(name: str) -> str:
    """The page as it stands; nothing when it was never written."""
    path = documents.REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""
