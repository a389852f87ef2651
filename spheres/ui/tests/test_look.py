"""Can everyone read it, and is every colour in its place?"""

import re
from pathlib import Path

import pytest

from spheres.ui import stylesheet

UI = Path(__file__).parents[1]
CSS = UI / "static" / "ui" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
MODULES = sorted((UI / "static" / "ui" / "js").glob("*.js"))
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
AREAS = ["sage", "sky", "clay", "plum", "teal", "ochre", "slate"]

WORDS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "action", "action-strong", "destroy")
        for ground in ("paper", "surface")
    ],
    ("ink", "sunk"),
    ("ink-soft", "sunk"),
    ("ink", "action-ground"),
    ("action", "action-ground"),
    ("action-strong", "action-ground"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("on-destroy", "destroy"),
    ("paper", "ink"),
    ("look-ink", "look-ground"),
    ("look-ink", "surface"),
    ("look-ink", "paper"),
    ("done-ink", "done-ground"),
    *[(f"{area}-ink", f"{area}-ground") for area in AREAS],
]
LINES = [
    *[
        (line, ground)
        for line in ("line", "line-strong", "look-line", "action")
        for ground in ("paper", "surface", "sunk")
    ],
    ("look-line", "look-ground"),
    ("sage-ink", "sunk"),
]


def tokens():
    """The colours of each theme, as written in tokens.css."""
    sheet = (CSS / "tokens.css").read_text()
    blocks = {
        "light": r":root \{\s*color-scheme: light;(.*?)\}",
        "dark": r':root\[data-theme="dark"\] \{(.*?)\}',
        "system": r':root:not\(\[data-theme="light"\]\) \{\s*color-scheme: dark;(.*?)\}',
    }
    found = {}
    for name, pattern in blocks.items():
        block = re.search(pattern, sheet, re.DOTALL).group(1)
        found[name] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6,8});", block))
    return found


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", WORDS, ids="-on-".join)
def test_words_stand_out_seven_times(theme, pair):
    ink, ground = (tokens()[theme][name] for name in pair)
    assert contrast(ink, ground) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", LINES, ids="-on-".join)
def test_lines_stand_out_three_times(theme, pair):
    line, ground = (tokens()[theme][name] for name in pair)
    assert contrast(line, ground) >= 3


def test_the_two_ways_to_the_dark_theme_give_the_same():
    themes = tokens()
    assert themes["dark"] == themes["system"]
    assert set(themes["dark"]) == set(themes["light"])


NAMED = (
    "aqua|black|blue|brown|gray|grey|green|lime|maroon|navy|"
    "orange|pink|purple|red|silver|teal|white|yellow|"
    "canvas|canvastext|linktext|buttontext|graytext|highlight"
)


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda sheet: sheet.stem
)
def test_colours_are_named_in_tokens_only(sheet):
    plain = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert not re.findall(
        r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgb|hsl|oklch|oklab|lab|lch|hwb|color)a?\(", plain
    )
    assert not re.findall(
        rf":[^;{{}}]*(?<![\w-])({NAMED})(?![\w-])[^;{{}}]*;", plain, re.IGNORECASE
    )


@pytest.mark.parametrize(
    "sheet",
    [sheet for sheet in SHEETS if sheet.name != "utilities.css"],
    ids=lambda sheet: sheet.stem,
)
def test_only_utilities_have_the_last_word(sheet):
    assert "!important" not in sheet.read_text()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_each_sheet_lives_in_one_layer_and_reads_both_ways(sheet):
    plain = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert len(re.findall(r"@layer \w+ \{", plain)) == 1
    assert not re.findall(
        r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|top|bottom|width|height)\s*:",
        plain,
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_custom_property_used_is_a_token(sheet):
    known = set(re.findall(r"--([\w-]+):", (CSS / "tokens.css").read_text()))
    assert set(re.findall(r"var\(--([\w-]+)", sheet.read_text())) <= known


def test_every_component_sheet_is_joined():
    listed = {name for names in stylesheet.STYLES.values() for name in names}
    assert listed == {str(sheet.relative_to(CSS).with_suffix("")) for sheet in SHEETS}


@pytest.mark.parametrize("path", stylesheet.joined(), ids=lambda path: path.name)
def test_the_joined_files_are_up_to_date(path):
    assert path.read_text() == stylesheet.joined()[path], "python3 run.py fix joins them again"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_script_is_short_and_finds_its_hooks_by_data_only(module):
    source = module.read_text()
    assert len(source.splitlines()) < 100
    assert not re.findall(
        r"querySelector(?:All)?\(\s*[\"'`]\.|getElementsByClassName|innerHTML|eval\(", source
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_a_template_holds_no_style_no_script_and_no_handler(template):
    source = template.read_text()
    assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:", source)
    assert not re.findall(r"<script(?![^>]*\bsrc=)", source)
    assert all("nonce=" in tag for tag in re.findall(r"<script[^>]*>", source))
    assert not re.findall(r"\|safe\b|mark_safe|autoescape off", source)


def test_the_printed_page_bears_no_title():
    assert "@page { margin: 0; }" in (CSS / "base.css").read_text()
