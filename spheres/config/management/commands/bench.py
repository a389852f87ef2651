"""`python3 run.py bench [1000 10000 100000]`: a worker's pages, against the machine's floor."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from spheres.config.bench import run


class Command(BaseCommand):
    help = "Measure the pages a worker uses in worlds of 1,000, 10,000 and 100,000 participants."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
        parser.add_argument("--times", type=int, default=200, help="requests of one client a page")
        parser.add_argument("--rebuild", action="store_true", help="make the worlds anew")

    def handle(self, *args: Any, **options: Any) -> None:
        for size in options["sizes"]:
            run.measure_world(
                size, rebuild=options["rebuild"], times=options["times"], say=self.stdout.write
            )
