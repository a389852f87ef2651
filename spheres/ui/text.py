"""What may a typed text contain, what is quietly taken out, and how is a number dialled?"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control characters carry nothing a person typed; only the new line and the tab do.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

# Characters that take no room and show nothing. Marks, embeddings and isolates of direction
# arrive with names and numbers copied from a phone: they are taken out without a word.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# An override makes a line read otherwise than it is written: never innocent in a file.
OVERRIDE = re.compile("[\u202d\u202e]")

# Joiners spell words in Persian or Hindi and join emoji; between Latin letters they only hide.
STRAY_JOINER = re.compile("(?<![\u0590-\u1fff\u2190-\uffef\U0001f000-\U0001faff])[\u200c\u200d]")

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(value):
    """Line ends become one kind, accents one form, and what cannot be seen is taken out.

    A text whose reading order was forced is refused, with a sentence.
    """
    if OVERRIDE.search(value):
        raise ValidationError(
            _(
                "This text holds a hidden character that turns its reading order round. "
                "Type it again instead of pasting it."
            ),
            code="hidden_direction",
        )
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    for pattern in (CONTROL, INVISIBLE, STRAY_JOINER, LONE_SURROGATE):
        text = pattern.sub("", text)
    return unicodedata.normalize("NFC", text)


def alphabetical(name):
    """A name as a list of names is read: without accents, capitals or outer spaces."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).strip()


def shortened(text, letters):
    """The first letters of a text, with a sign that there is more."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def dialled(number: str) -> str:
    """A number as a phone takes it: +1 before ten figures, short ones as they are."""
    figures = "".join(character for character in number if character.isdigit())
    return f"+1{figures[-10:]}" if len(figures) >= 10 else figures
