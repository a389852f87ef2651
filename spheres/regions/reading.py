"""How is a region's file read, so that each mistake names its file, its line and its field?

Every scalar is a string: no tag, no anchor, no guess. A reader that finds a mistake notes it and
goes on with an empty value, so that one reading tells all that is to be mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import yaml
from django.utils.translation import gettext as _

from spheres.regions import contrast, reading_json
from spheres.regions.lexicon import Lexicon, forbidden

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same reading, ten times as fast
PLAIN_TAGS: Final = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
SLUG, CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
EMAIL, WEB = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}"), re.compile(r"https://[^\s/]+\.[^\s]+")


@dataclass(frozen=True)
class Fault:
    """One thing to mend in a file, as a sentence."""

    file: str
    line: int
    field: str
    what: str

    def __str__(self) -> str:
        said = {"file": self.file, "line": self.line, "field": self.field, "what": self.what}
        if not self.line:
            return _("%(file)s: %(what)s") % said
        if not self.field:
            return _("%(file)s, line %(line)s: %(what)s") % said
        return _("%(file)s, line %(line)s, %(field)s: %(what)s") % said


LARGEST: Final = 1_000_000  # bytes


class Refused(Exception):
    """The folder cannot be loaded; nothing was touched. Holds every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Proof:
    """What one reading of a folder gathers: the faults, and the words we do not use."""

    lexicon: Lexicon = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def note(self, file: str, line: int, where: str, what: str) -> None:
        """Note a fault, once."""
        fault = Fault(file, line, where, what)
        if fault not in self.faults:
            self.faults.append(fault)


def read(path: Path, shown: str, proof: Proof) -> Part | None:
    """The root of one file of a folder (`composed`)."""
    if path.stat().st_size > LARGEST:
        proof.note(shown, 0, "", _("this file is larger than a megabyte."))
        return None
    return composed(path.read_bytes(), shown, proof, together=_kept_root)


def composed(
    content: bytes, shown: str, proof: Proof, *, together: Callable[..., Any] | None = None
) -> Part | None:
    """The root of one file; None when it is not the YAML or JSON it is called: that is noted.

    What is larger or deeper than a person could write is refused before it is read.
    """
    if len(content) > LARGEST:
        proof.note(shown, 0, "", _("this file is larger than a megabyte."))
        return None
    try:
        root = (together or _root)(content.decode(), is_json=shown.endswith(".json"))
    except _TooDeep as error:
        proof.note(shown, error.line, "", _("this is folded deeper than is read here."))
        return None
    except reading_json.NotJson as error:
        proof.note(shown, error.line, "", _("this is not JSON: %s.") % error.what)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        proof.note(shown, line, "", _("this is not YAML: %s.") % error.problem)
        return None
    except (UnicodeDecodeError, yaml.YAMLError):
        proof.note(shown, 0, "", _("this is not a text in UTF-8."))
        return None
    if root is None:
        proof.note(shown, 0, "", _("this file is empty."))
        return None
    part = Part(root, shown, proof)
    faults = len(proof.faults)
    part.refuse_what_is_not_plain()
    return part if len(proof.faults) == faults else None


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _root(said: str, *, is_json: bool) -> Any:
    if is_json:
        return reading_json.compose(said)
    if line := _too_deep(said):
        raise _TooDeep(line)
    return yaml.compose(said, Loader=Loader)


# A region is read again for one of its files that changed: the others are put together once.
_kept_root = lru_cache(maxsize=256)(_root)


def _too_deep(said: str) -> int:
    """The line where lists in lists go deeper than anybody writes; 0 when none does.

    Asked before the whole is put together: that goes as deep as the text does, and would fall.
    """
    depth = 0
    for event in yaml.parse(said, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > reading_json.DEEPEST:
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0


class Part:
    """One value of a file, with its place. Without a node (noted as missing) it is quiet."""

    def __init__(
        self, node: Any, file: str, proof: Proof, path: str = "", named: Any = None
    ) -> None:
        self.node, self.file, self.proof, self.path = node, file, proof, path
        # A field stands where its name does, even when its value begins below.
        self.line = (named or node).start_mark.line + 1 if node is not None else 0

    def fault(self, what: str) -> None:
        if self.node is not None:
            self.proof.note(self.file, self.line, self.path, what)

    # Shapes.

    def items(self) -> list[Part]:
        """The entries of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault(_("a list is expected here."))
            return []
        return [Part(each, self.file, self.proof, self.path) for each in self.node.value]

    def fields(self, *needed: str, optional: Collection[str] = ()) -> Fields:
        """The fields of a mapping: all that are needed, none that is unknown."""
        found = self.any_fields()
        if not isinstance(self.node, yaml.MappingNode):
            return found
        known = (*needed, *optional)
        for name, part in found.items():
            if name not in known:
                part.fault(_("unknown field. Known here: %s.") % ", ".join(known))
        for name in needed:
            if name not in found:
                where = f"{self.path}.{name}" if self.path else name
                self.proof.note(self.file, self.line, where, _("this field is missing."))
        return found

    def any_fields(self) -> Fields:
        """The fields of a mapping whose names are free; written twice is a fault."""
        found = Fields(self)
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(_("fields are expected here, as «name: value»."))
            return found
        for key, value in self.node.value:
            where = f"{self.path}.{key.value}" if self.path else str(key.value)
            part = Part(value, self.file, self.proof, where, named=key)
            if key.value in found:
                part.fault(_("this field is written twice."))
            found[key.value] = part
        return found

    def refuse_what_is_not_plain(self) -> None:
        """No tag and no alias: what is read is what is seen."""
        seen: set[int] = set()
        for part in self._all():
            if id(part.node) in seen:
                part.fault(_("anchors and aliases are not read here: write the value again."))
            elif part.node.tag not in PLAIN_TAGS:
                part.fault(_("tags are not read here: write the value alone."))
            seen.add(id(part.node))

    def _all(self) -> Iterator[Part]:
        waiting = [self.node]
        met: set[int] = set()
        while waiting:
            node = waiting.pop()
            yield Part(node, self.file, self.proof)
            if id(node) in met:
                continue
            met.add(id(node))
            if isinstance(node, yaml.SequenceNode):
                waiting.extend(node.value)
            elif isinstance(node, yaml.MappingNode):
                waiting.extend(each for pair in node.value for each in pair)

    # Values.

    def text(self, *, most: int = 0, empty: bool = False, language: str = "") -> str:
        """A text of at most `most` characters, in the words we use."""
        said = self.as_written(most=most, empty=empty)
        for word in forbidden(said, language, self.proof.lexicon):
            self.fault(_("«%s» is a word we do not use: see docs/glossary.md.") % word)
        return said

    def as_written(self, *, most: int = 0, empty: bool = False) -> str:
        """A text of at most `most` characters, whose words are somebody else’s."""
        if self.node is None:
            return ""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fault(_("a text is expected here."))
            return ""
        said = str(self.node.value).strip()
        if not said and not empty:
            self.fault(_("this text is empty."))
        if most and len(said) > most:
            self.fault(
                _("this text has %(size)s characters; at most %(most)s are kept.")
                % {"size": len(said), "most": most}
            )
        return said

    def both(self, *, most: int = 0) -> tuple[str, str]:
        """A text in French and in English; neither may be missing."""
        said = self.fields(optional=("fr", "en"))
        if not isinstance(self.node, yaml.MappingNode):
            return "", ""
        if not (french := said["fr"].text(most=most, empty=True, language="fr")):
            self.fault(_("the French text is missing."))
        if not (english := said["en"].text(most=most, empty=True, language="en")):
            self.fault(_("the English text is missing."))
        return french, english

    def in_both(self, *, most: int = 0) -> dict[str, str]:
        """The same, by language, as a definition keeps it."""
        french, english = self.both(most=most)
        return {"fr": french, "en": english}

    @property
    def plain(self) -> str:
        """The bare text, without any check."""
        return str(self.node.value).strip() if isinstance(self.node, yaml.ScalarNode) else ""

    def matching(self, pattern: re.Pattern[str], what: str, *, most: int = 0) -> str:
        said = self.text(most=most)
        if said and not pattern.fullmatch(said):
            self.fault(what % said)
        return said

    def slug(self) -> str:
        return self.matching(
            SLUG, _("«%s» is not a short name: small letters, figures and hyphens."), most=50
        )

    def code(self) -> str:
        return self.matching(
            CODE, _("«%s» is not a code: small letters, figures and underscores."), most=32
        )

    def email(self) -> str:
        return self.matching(EMAIL, _("«%s» is not an e-mail address."), most=254)

    def web(self, *, empty: bool = False) -> str:
        if empty and not self.plain:
            return self.text(empty=True)
        return self.matching(WEB, _("«%s» is not an address that begins with https://."), most=200)

    def choice(self, allowed: Collection[str], what: str = "") -> str:
        """One of these; `what` says what it should have been, with %(value)s and %(choices)s."""
        said = self.text()
        if said and said not in allowed:
            sentence = what or _("«%(value)s» is not known here. Choose among: %(choices)s.")
            self.fault(sentence % {"value": said, "choices": ", ".join(allowed)})
            return ""
        return said

    def choices(self, allowed: Collection[str], what: str = "") -> list[str]:
        """Some of these, each once, at least one."""
        said = [part.choice(allowed, what) for part in self.items()]
        if isinstance(self.node, yaml.SequenceNode) and not said:
            self.fault(_("this list is empty."))
        for value in {value for value in said if value and said.count(value) > 1}:
            self.fault(_("«%s» is written twice.") % value)
        return [value for value in said if value]

    def number(self, least: int, most: int) -> int:
        said = self.text()
        if not said:
            return least
        if not re.fullmatch(r"[+-]?\d{1,6}", said) or not least <= int(said) <= most:
            self.fault(
                _("«%(value)s» is not a whole number from %(least)s to %(most)s.")
                % {"value": said, "least": least, "most": most}
            )
            return least
        return int(said)

    def yes(self) -> bool:
        return self.choice(("yes", "no"), _("«%(value)s» is neither yes nor no.")) == "yes"

    def day(self, *, empty: bool = False) -> date | None:
        said = self.text(empty=empty)
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
                return date.fromisoformat(said)
        except ValueError:
            pass  # 2026-02-30
        if said:
            self.fault(_("«%s» is not a day, as 2026-11-21.") % said)
        return None

    def time_zone(self) -> str:
        said = self.text()
        if said and said not in available_timezones():
            self.fault(_("«%s» is not a time zone, as America/Toronto.") % said)
            return ""
        return ZoneInfo(said).key if said else ""

    def colour(self) -> str:
        """A colour that can be read on our paper."""
        said = self.matching(contrast.COLOUR, _("«%s» is not a colour, as #1F4B7A."))
        if contrast.COLOUR.fullmatch(said) and contrast.ratio(said) < contrast.READABLE:
            self.fault(
                _("«%(value)s» is too pale: %(ratio).1f:1 on the paper %(paper)s, at least 4.5:1.")
                % {"value": said, "ratio": contrast.ratio(said), "paper": contrast.PAPER}
            )
        return said


class Fields(dict[str, Part]):
    """The fields of a mapping. One that is absent reads as quiet and empty."""

    def __init__(self, of: Part) -> None:
        super().__init__()
        self.of = of

    def __missing__(self, name: str) -> Part:
        return Part(None, self.of.file, self.of.proof, name)


def refuse_twice(parts: list[Part], value: Callable[[Part], str] = lambda part: part.plain) -> None:
    """Note each of these values that was already met above."""
    met: dict[str, Part] = {}
    for part in parts:
        said = value(part)
        if said and said in met:
            part.fault(
                _("«%(value)s» is already used: %(file)s, line %(line)s.")
                % {"value": part.plain, "file": met[said].file, "line": met[said].line}
            )
        elif said:
            met[said] = part
