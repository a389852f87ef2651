"""How do the small files of style and script become the few that a browser fetches?

A first view is held to four requests, so each face of the site gets one style file and one script
file, joined from the small ones in a fixed order. Nothing is translated or renamed: this is not a
build, only glue. ``python3 run.py fix`` calls `write()`; a test says when it was forgotten.
"""

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"

FOUNDATION = ["reset", "tokens", "base", "layout"]
COMMON = [
    "badge",
    "breadcrumbs",
    "button",
    "card",
    "definitions",
    "dialog",
    "disclosure",
    "empty_state",
    "error_summary",
    "exit_button",
    "field",
    "icon",
    "language_switch",
    "lines",
    "notice",
    "page_header",
    "stepper",
]
STAFF = [
    "contact_safety",
    "exercise",
    "figures",
    "gallery",
    "month",
    "partners",
    "plan",
    "progress",
    "questionnaire",
    "resources",
    "safety_net",
    "staff_bar",
    "staff_file",
    "staff_rail",
    "street",
    "table",
    "tabs",
    "timeline",
    "week",
    "who_can_see",
    "words",
]
YOUTH = ["drawing", "progress", "timeline", "who_can_see"]

STYLES = {
    "ui.css": [
        *FOUNDATION,
        *(f"components/{name}" for name in sorted(COMMON + STAFF)),
        "utilities",
    ],
    "youth.css": [
        *FOUNDATION,
        *(f"components/{name}" for name in sorted(COMMON + YOUTH)),
        "utilities",
    ],
}
SCRIPTS = {
    "staff.js": ["focus", "submit_once", "autosave", "copy", "dialog", "shortcuts"],
    "youth.js": [
        "exit",
        "cover",
        "still",
        "one_entry",
        "focus",
        "submit_once",
        "in_place",
        "dialog",
    ],
}


def style(names):
    """The layers in their order, then each file, without its comments and indents."""
    text = "\n".join((STATIC / "css" / f"{name}.css").read_text() for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return (
        "@layer reset, tokens, base, layout, components, utilities;\n"
        + "\n".join(line for line in lines if line)
        + "\n"
    )


def script(names):
    """Each module in its own braces, so that no name of one is seen by another."""
    texts = ((STATIC / "js" / f"{name}.js").read_text() for name in names)
    kept = (
        "\n".join(
            line.strip()
            for line in text.splitlines()
            if line.strip() and not line.strip().startswith("//")
        )
        for text in texts
    )
    return "\n".join(f"{{\n{text}\n}}" for text in kept) + "\n"


def joined():
    """What each joined file should hold now."""
    made = {STATIC / name: style(names) for name, names in STYLES.items()}
    return made | {STATIC / name: script(names) for name, names in SCRIPTS.items()}


def write():
    """Joins again. Gives the files that changed."""
    changed = [
        path for path, text in joined().items() if not path.exists() or path.read_text() != text
    ]
    for path in changed:
        path.write_text(joined()[path])
    return changed


if __name__ == "__main__":
    write()
