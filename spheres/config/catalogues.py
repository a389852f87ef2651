"""Are the two languages complete, and is the French written as French is written here?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "spheres"
NO_BREAK = "\u00a0"
LANGUAGE = "fr"


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where, in which message, and what."""

    file: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}: « {self.message} »"


def files(package: Path = PACKAGE) -> list[Path]:
    """One catalogue per app, beside the code whose words it holds."""
    return sorted(package.glob(f"**/locale/{LANGUAGE}/LC_MESSAGES/django.po"))


def compile(package: Path = PACKAGE) -> list[Path]:
    """Compile what changed since its last compilation, without gettext; say which."""
    compiled = []
    for source in files(package):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Put in place whole: another process may be reading, or compiling, the same one.
        made = target.with_name(f"{target.name}.{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(made))
        made.replace(target)
        compiled.append(source)
    return compiled


def check(package: Path = PACKAGE) -> list[Problem]:
    """Everything that is missing, doubtful, old or not written as French is written in Canada."""
    problems = [problem for source in files(package) for problem in _check_file(source, package)]
    return [*problems, *_said_otherwise(package), *_stale(package)]


def can_tell_stale() -> bool:
    """Only gettext's own reader can tell whether a catalogue follows the code."""
    return shutil.which("xgettext") is not None


def _check_file(source: Path, package: Path) -> Iterator[Problem]:
    name = str(source.relative_to(package.parent))
    for entry in polib.pofile(str(source)):
        if entry.obsolete:
            yield Problem(name, entry.msgid, "obsolete, remove it")
            continue
        if entry.fuzzy:
            yield Problem(name, entry.msgid, "doubtful (fuzzy), read it again")
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(texts):
            yield Problem(name, entry.msgid, "not translated")
        for what in dict.fromkeys(what for text in texts for what in french_faults(text)):
            yield Problem(name, entry.msgid, what)


_FAULTS = (
    (re.compile(r"(?<=\w)'(?=\w)"), "straight apostrophe, write ’"),
    # Not in times (14:30), addresses (https:) or names of markup (aria:label).
    (re.compile(rf"(?<![{NO_BREAK}\d]):(?=\s|$)"), "no no-break space before :"),
    (re.compile(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»"), "no no-break space inside « »"),
    (re.compile(r"\s[;!?](?!\w)"), "space before ; ! or ?"),
)
# What the machine reads is not French: placeholders and the inside of tags.
_NOT_FRENCH = re.compile(r"%\([a-z_]+\)[a-z]|%[sd]|\{[a-z_]*\}|<[^<>]+>")


def french_faults(text: str) -> list[str]:
    """The faults of one text, by the usage of Canada: a space before the colon only."""
    words = _NOT_FRENCH.sub("x", text)
    return [what for pattern, what in _FAULTS if pattern.search(words)]


def _said_otherwise(package: Path) -> Iterator[Problem]:
    """At run time all catalogues are one: a message that two folders say differently has one of the
    two words everywhere, by chance. Where a word means two things, a context tells them apart."""
    first: dict[tuple[str, str], tuple[str, object]] = {}
    for source in files(package):
        name = str(source.relative_to(package.parent))
        for entry in polib.pofile(str(source)):
            text = entry.msgstr_plural if entry.msgid_plural else entry.msgstr
            where, said = first.setdefault(_key(entry), (name, text))
            if not entry.obsolete and text and said and said != text:
                yield Problem(name, entry.msgid, f"said otherwise in {where}")


def _stale(package: Path) -> list[Problem]:
    """Compare each app's catalogue with what its code and templates say today."""
    if not can_tell_stale():
        return []
    problems = []
    for app in _apps(package):
        source = app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        known = {_key(entry) for entry in polib.pofile(str(source))} if source.exists() else set()
        said = {_key(entry) for entry in extract(app, package)}
        name = str(source.relative_to(package.parent))
        problems += [
            Problem(name, key[1], what)
            for keys, what in (
                (said - known, "the code says it, the catalogue does not"),
                (known - said, "the catalogue keeps it, the code says it no more"),
            )
            for key in sorted(keys)
        ]
    return problems


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def _apps(package: Path) -> list[Path]:
    """The folders that own words: each area, and each thing inside it that is an app."""
    return sorted(
        {path.parent for path in package.glob("*/__init__.py")}
        | {path.parent for path in package.glob("**/apps.py")}
        | {source.parents[3] for source in files(package)}
    )


def extract(app: Path, package: Path = PACKAGE) -> polib.POFile:
    """Read the messages of one app's own files as gettext reads them, into a file thrown away."""
    others = [other for other in _apps(package) if other != app and app in other.parents]
    paths = [
        path
        for kind in ("*.py", "*.html", "*.txt")
        for path in sorted(app.rglob(kind))
        if "tests" not in path.relative_to(app).parts
        and not any(other in path.parents for other in others)
    ]
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        for number, path in enumerate(paths):
            text = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                text = _template_as_python(text)
            copy = Path(folder) / f"{number}.py"
            copy.write_text(text, encoding="utf-8")
            texts.append(str(copy))
        return _read_messages(texts, Path(folder) / "messages.pot")


_KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)  # fmt: skip -- one list, as Django's makemessages has it


def _read_messages(texts: list[str], target: Path) -> polib.POFile:
    if texts:
        keywords = [f"--keyword={word}" for word in _KEYWORDS]
        subprocess.run(  # noqa: S603 -- arguments are ours
            [shutil.which("xgettext") or "xgettext", "--language=Python", "--from-code=UTF-8",
             "--no-location", f"--output={target}", *keywords, *texts],
            check=True, capture_output=True,
        )  # fmt: skip
    return polib.pofile(str(target)) if target.exists() else polib.POFile()


def _template_as_python(text: str) -> str:
    """A template's words, in the form that gettext reads. Django does the reading."""
    from django.utils.translation.template import templatize

    return templatize(text)


_METADATA = {
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


def update(package: Path = PACKAGE) -> list[Path]:
    """Add the new messages, empty, and take the gone ones away; translating stays to be done."""
    changed = []
    for app in _apps(package) if can_tell_stale() else ():
        said = extract(app, package)
        target = app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        if not said and not target.exists():
            continue
        kept = polib.pofile(str(target)) if target.exists() else polib.POFile()
        translated = {_key(entry): entry for entry in kept if not entry.obsolete}
        catalogue = polib.POFile(wrapwidth=100)
        catalogue.metadata = kept.metadata or _METADATA
        for entry in said:
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            catalogue.append(translated.get(_key(entry), entry))
        if str(catalogue) != (target.read_text(encoding="utf-8") if target.exists() else ""):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(str(catalogue), encoding="utf-8")
            changed.append(target)
    return changed


def main(verb: str) -> int:
    """`check` lists what is to be mended, `fix` follows the code, `compile` is for the servers."""
    if verb == "compile":
        compile()
        return 0
    if not can_tell_stale():
        print("gettext is not installed: whether the catalogues follow the code is not checked.")
    if verb == "fix":
        for path in update():
            print(f"{path.relative_to(ROOT)} follows the code again.")
        return 0
    problems = check()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
