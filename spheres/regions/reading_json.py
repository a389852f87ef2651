"""How does a JSON file become the same values with a place that a YAML file does?

Strict JSON, read by hand for the sake of the line: `json` alone forgets where a value stood.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.decoder import py_scanstring  # type: ignore[attr-defined]
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,17})?")
SPACE: Final = re.compile(r"[ \t\r\n]*")
DEEPEST: Final = 40
TAGS: Final = {kind: f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


class NotJson(Exception):
    """The text is not JSON, or not as it is read here: a line, and why."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


def compose(text: str) -> Any:
    """The root node of a text; None when there is nothing in it. Raises NotJson."""
    reading = _Reading(text.removeprefix("\ufeff"))
    if reading.is_over():
        return None
    root = reading.value(0)
    if not reading.is_over():
        raise reading.wrong(_("something stands after the end"))
    return root


class _Reading:
    """One text, and how far it was read."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def is_over(self) -> bool:
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.at >= len(self.text)

    def wrong(self, what: str) -> NotJson:
        return NotJson(bisect_right(self.starts, self.at), what)

    def _mark(self) -> yaml.Mark:
        line = bisect_right(self.starts, self.at) - 1
        return yaml.Mark("", self.at, line, self.at - self.starts[line], None, 0)

    def _next(self) -> str:
        return "" if self.is_over() else self.text[self.at]

    def _takes(self, sign: str) -> bool:
        if self._next() != sign:
            return False
        self.at += 1
        return True

    def _needs(self, sign: str) -> None:
        if not self._takes(sign):
            raise self.wrong(_("«%s» is expected") % sign)

    def value(self, depth: int) -> Any:
        sign, mark = self._next(), self._mark()
        if depth > DEEPEST:
            raise self.wrong(_("too many things within one another"))
        if sign == "{":
            return yaml.MappingNode(TAGS["map"], self._fields(depth), mark)
        if sign == "[":
            return yaml.SequenceNode(TAGS["seq"], self._items(depth), mark)
        if sign == '"':
            return self._text()
        return yaml.ScalarNode(TAGS["str"], self._bare(), mark)

    def _fields(self, depth: int) -> list[tuple[Any, Any]]:
        self.at += 1
        found: list[tuple[Any, Any]] = []
        if self._takes("}"):
            return found
        while True:
            if self._next() != '"':
                raise self.wrong(_("a name between quotation marks is expected"))
            name = self._text()
            self._needs(":")
            found.append((name, self.value(depth + 1)))
            if not self._takes(","):
                self._needs("}")
                return found

    def _items(self, depth: int) -> list[Any]:
        self.at += 1
        found: list[Any] = []
        if self._takes("]"):
            return found
        while True:
            found.append(self.value(depth + 1))
            if not self._takes(","):
                self._needs("]")
                return found

    def _text(self) -> Any:
        mark = self._mark()
        try:
            said, self.at = py_scanstring(self.text, self.at + 1, True)
        except json.JSONDecodeError as error:
            raise NotJson(error.lineno, _("a text is not closed, or badly written")) from None
        if "\0" in said or any("\ud800" <= sign <= "\udfff" for sign in said):
            raise self.wrong(_("a sign of this text cannot be kept"))
        return yaml.ScalarNode(TAGS["str"], said, mark, style='"')

    def _bare(self) -> str:
        """A number, true or false. Nothing is left unsaid: null is not read."""
        for word in ("true", "false"):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return word
        found = NUMBER.match(self.text, self.at)
        if found is None:
            raise self.wrong(_("a value is expected"))
        self.at = found.end()
        return found[0]
