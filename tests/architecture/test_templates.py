"""Do templates say only what is translated, carry no script or style, and reach nobody outside?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.source import PACKAGE, ROOT, Offence
from tests.open_works import hold
from tests.printed import NotThere

# What a template says in the reader's language, or what it only computes.
TRANSLATED = re.compile(
    r"\{%-?\s*blocktrans(?:late)?\b.*?\{%-?\s*endblocktrans(?:late)?\s*-?%\}", re.DOTALL
)
COMMENT = re.compile(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# A component is handed its words already translated: `title=words`, never `title="Words"`.
SAID_TO_TAG = re.compile(r'\b(?:title|label|lead|hint|words|by|verb)="([^"{}]*[^\W\d_]{2}[^"{}]*)"')
SAID_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "aria-description", "label"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
OUTSIDE = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
HOOK = re.compile(r"data-[a-z-]+")  # an attribute that a block adds to a tag of its parent
# Names are not translated; each stands as it is in both languages.
NAMES = {"Sphères", "Français", "English", "Inès B.", "Karim L."}


class Reader(HTMLParser):
    """Everything in one template that is an offence, with its line."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.silent = 0
        self.found: list[tuple[int, str]] = []
        self.feed(html)
        self.close()

    def note(self, what: str) -> None:
        self.found.append((self.getpos()[0], what))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"script", "style"}:
            self.silent += 1
            if tag == "style" or "src" not in said:
                self.note(f"<{tag}> in the page: styles and scripts have their files")
        for name, value in said.items():
            if name == "style":
                self.note("style= in the page: a class and its file")
            elif name.startswith("on"):
                self.note(f"{name}= in the page: a module listens")
            elif name == "class" and "badge" in value.split():
                self.note('class="badge" by hand: its tag colours and draws it')
            elif name in SAID_ATTRIBUTES and LETTERS.search(value) and value not in NAMES:
                self.note(f'{name}="{value}" is not translated')
            elif name in {"src", "href", "action", "poster", "srcset"} and OUTSIDE.match(value):
                self.note(f'{name}="{value}" asks somebody else')
            elif value.strip().lower().startswith("javascript:"):
                self.note(f'{name}="{value}" is a script')

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        said = data.strip()
        if not self.silent and LETTERS.search(said) and not (said in NAMES or HOOK.fullmatch(said)):
            line = self.getpos()[0] + len(data) - len(data.lstrip("\n"))
            self.found.append((line, f"« {data.strip()[:60]} » is not translated"))


def blank(match: re.Match[str]) -> str:
    """Take a tag out and keep its lines, so that what remains keeps its place."""
    return "\n" * match[0].count("\n")


def said_in_clear(path: Path, root: Path = ROOT) -> Iterator[Offence]:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(root).as_posix()
    for pattern in (COMMENT, TRANSLATED):
        text = pattern.sub(blank, text)
    for tag in TAG.finditer(text):
        line = text.count("\n", 0, tag.start()) + 1
        for words in SAID_TO_TAG.findall(tag[0]):
            if words not in NAMES:
                yield Offence(name, line, f"« {words} » is not translated")
    text = TAG.sub(blank, text)
    yield from (Offence(name, line, what) for line, what in Reader(text).found)


def templates(root: Path = ROOT) -> list[Path]:
    return sorted(root.glob("spheres/**/templates/**/*.html"))


def test_templates_are_translated_and_carry_nothing() -> None:
    assert len(templates()) > 60
    hold("templates in clear", [o for path in templates() for o in said_in_clear(path)])


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>Signed yesterday</p>",
        '<button title="Sign">{% translate "Sign" %}</button>',
        '<p style="color: red">{{ note }}</p>',
        '<p onclick="go()">{{ note }}</p>',
        "<script>go()</script>",
        "<style>p { color: red }</style>",
        '<img src="https://example.org/a.png" alt="">',
        '{% card title="Her words" %}{{ note }}{% endcard %}',
        '<a href="javascript:go()">{{ note }}</a>',
        '<span class="badge" data-kind="look">{{ note }}</span>',
    ],
)
def test_what_a_template_must_not_say_is_seen(wrong: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    right = '{% translate "Whole" %}\n{# note #}\n{% blocktranslate %}Said{% endblocktranslate %}\n'
    page.write_text(f"{right}{wrong}")

    [offence] = said_in_clear(page, tmp_path)
    assert offence.line == 4


# Nobody outside is asked for anything, by any file.

ADDRESS = re.compile(
    r"""(?:url\(|@import|fetch\(|import\(|from)\s*["']?\s*(?:https?:)?//[^\s"')]+"""
)


def asks_outside(path: Path, root: Path = ROOT) -> Iterator[Offence]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for address in ADDRESS.findall(line):
            yield Offence(path.relative_to(root).as_posix(), number, f"asks {address}")


def test_styles_and_scripts_ask_nobody_outside(tmp_path: Path) -> None:
    files = [p for kind in ("css", "js") for p in sorted(PACKAGE.rglob(f"static/**/*.{kind}"))]
    assert len(files) > 30
    assert [o for path in files for o in asks_outside(path)] == []

    planted = tmp_path / "a.css"
    planted.write_text('@import "https://example.org/a.css";\np { background: url(//b.org/c) }\n')
    assert [offence.line for offence in asks_outside(planted, tmp_path)] == [1, 2]


# A template that nobody uses is a page that nobody looks at.

NAME_IN_TEMPLATE = re.compile(r"""["']([a-z_]+(?:/[\w.]+)+\.(?:html|txt))(?:#\w+)?["']""")


def names_used() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every template's name written whole, and every one composed (f-strings) as a pattern."""
    whole: set[str] = set()
    composed: list[re.Pattern[str]] = []
    for path in templates():
        whole |= set(NAME_IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" in path.relative_to(PACKAGE).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value.partition("#")[0])
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
                    for part in node.values
                ]
                if "".join(parts).endswith(r"\.html") and "/" in "".join(parts):
                    composed.append(re.compile("".join(parts)))
    return whole, composed


def unused() -> list[str]:
    whole, composed = names_used()
    names = {path.as_posix().rpartition("/templates/")[2]: path for path in templates()}
    return [
        path.relative_to(ROOT).as_posix()
        for name, path in sorted(names.items())
        if name not in whole and not any(pattern.fullmatch(name) for pattern in composed)
    ]


def test_every_template_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hold("unused templates", unused())

    lonely = ROOT / "spheres/ui/templates/ui_lonely/nobody.html"
    found = [*templates(), lonely]
    monkeypatch.setattr(f"{__name__}.templates", lambda: found)
    monkeypatch.setattr(f"{__name__}.names_used", lambda: (set(), []))
    assert "spheres/ui/templates/ui_lonely/nobody.html" in unused()


@pytest.mark.parametrize(
    "wrong",
    [
        "{{ line.phone }}",
        "{% for line in lines %}{{ line.phone|default:'' }}{% endfor %}",
        "{% blocktranslate with phone=line.phone %}Call: {{ phone }}{% endblocktranslate %}",
        "{% blocktranslate %}Call: {{ phone }}{% endblocktranslate %}",
    ],
)
def test_a_page_that_prints_what_is_not_there_fails(wrong: str) -> None:
    words = {"line": object(), "lines": [object()]}

    with pytest.raises(NotThere):
        engines["django"].from_string(wrong).render(words)


def test_a_page_prints_nothing_where_nothing_was_said() -> None:
    words = {"line": {"phone": None}}
    asked = "{% if line.text %}{{ line.text }}{% endif %}{{ line.phone|default:'nobody' }}"

    assert engines["django"].from_string(asked).render(words) == "nobody"
