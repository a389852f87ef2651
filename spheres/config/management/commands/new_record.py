"""`run.py new record NAME`: the folder of a new kind of record, ready to be filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

ROOT = Path(__file__).resolve().parents[4]
SKELETON = ROOT / "spheres" / "records" / "skeleton"
SETTINGS = Path("spheres/config/settings.py")
LAST_OF_RECORDS = re.compile(r"(^RECORDS = \[\n(?:    .+\n)*)(?=\])", re.MULTILINE)
LONGEST_INDEX = 30  # what Django allows for the name of an index


class Command(BaseCommand):
    help = "Copies the folder of a new kind of record, and adds its word to RECORDS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the plural noun of the glossary, as in « activities »")
        parser.add_argument("--one", help="its singular, when the last letters do not tell it")

    def handle(self, *args: Any, name: str, one: str | None, **options: Any) -> None:
        one = one or singular(name)
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name) or not re.fullmatch(r"[a-z_]+", one):
            raise CommandError("A name is made of small letters and underscores: « activities ».")
        if name in apps.app_configs or (ROOT / "spheres" / "followup" / name).exists():
            raise CommandError(f"There is already a folder called {name}.")
        folder = copy(name, one)
        add_to_settings(name)
        self.stdout.write(next_steps(name, folder))


def singular(name: str) -> str:
    """The noun for one of them, as English mostly makes it."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s")


def words_of(name: str, one: str) -> dict[str, str]:
    """What stands in the skeleton, and what takes its place; the longest first."""
    classes = {noun: "".join(map(str.capitalize, noun.split("_"))) for noun in (name, one)}
    model = classes[one].lower()
    said = name.replace("_", " ")
    return {
        "__Many_words__": said.capitalize(),
        "__many_words__": said,
        "__one_model__": model,
        "__index__": f"{name[:14]}_{model[:8]}_newest"[:LONGEST_INDEX],
        "__Many__": classes[name],
        "__many__": name,
        "__One__": classes[one],
    }


def copy(name: str, one: str) -> Path:
    """Write the folder, every word in its place."""
    words = words_of(name, one)
    folder = ROOT / "spheres" / "followup" / name
    for source in sorted(SKELETON.rglob("*-tpl")):
        place = str(source.relative_to(SKELETON)).removesuffix("-tpl")
        target = folder / place.replace("__many__", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        target.write_text(text, encoding="utf-8")
    return folder


def add_to_settings(name: str) -> None:
    """One word in RECORDS: the order there is the order of the pages."""
    file = ROOT / SETTINGS
    config = "".join(map(str.capitalize, name.split("_")))
    line = f'    "spheres.followup.{name}.apps.{config}Config",\n'
    text, found = LAST_OF_RECORDS.subn(rf"\g<1>{line}", file.read_text(encoding="utf-8"))
    if found != 1:
        raise CommandError(f"RECORDS is not found in {SETTINGS}: add {line.strip()} by hand.")
    file.write_text(text, encoding="utf-8")


def next_steps(name: str, folder: Path) -> str:
    return (
        f"{folder.relative_to(ROOT)} is there, and RECORDS in {SETTINGS} names it. Next:\n"
        "  1. write what is its own in models.py, forms.py, actions.py and templates/, then\n"
        f"     python3 run.py manage makemigrations {name}\n"
        "  2. choose its section (sharing/rules.py) and its retention rule (`keep` in record.py),\n"
        "     and write its name in French in locale/fr/LC_MESSAGES/django.po\n"
        f"  3. python3 run.py fix, then python3 run.py test spheres/records -k {name}"
    )
