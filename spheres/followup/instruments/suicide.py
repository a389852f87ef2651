"""Which questions speak of suicide, or of hurting oneself?

Wide on purpose: a question taken for one only asks its region to name who answers for it. A recipe
may add questions; it can take none away.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Without accents, in small letters. Beginnings of words, and ways of saying it.
FRENCH: Final = (
    r"suicid", r"auto ?mutil", r"scarifi", r"mutiler", r"mourir", r"etre morte?s?\b",
    r"fin a (?:mes|tes|ses|vos|leurs) jours", r"fin a (?:ma|ta|sa|votre|leur) vie",
    r"\b(?:m|t|s)['’ ]?(?:enlever|oter) la vie", r"\bvous (?:enlever|oter) la vie",
    r"\b(?:me|te|se|vous) (?:tuer|blesser|couper|pendre)\b",
    r"\b(?:me|te|se|vous) (?:suis|es|est|etes) (?:tue|blesse|coupe)",
    r"\b(?:me|te|se|vous) faire (?:du )?mal", r"\bfait (?:du )?mal a (?:moi|toi|soi|vous) meme",
    r"ne (?:plus|pas) (?:me|te|se|vous) reveiller", r"plus envie de vivre", r"cesser de vivre",
    r"ne vaut pas la peine d['’]etre vecue", r"idees noires",
    r"pens\w+ (?:a|de) (?:la |ma )?mort\b",
)  # fmt: skip
ENGLISH: Final = (
    r"suicid", r"self ?harm", r"self ?injur", r"self ?mutil",
    r"\b(?:die|dying|dead)\b", r"end(?:ing|ed)? (?:my|your|his|her|their) (?:own )?li(?:fe|ves)",
    r"tak(?:e|ing) (?:my|your|his|her|their) own li(?:fe|ves)",
    r"(?:kill|hurt|harm|cut|injur|hang)[a-z]{0,5} (?:my|your|him|her|them|one)sel",
    r"not (?:want(?:ing|ed)? to )?(?:wake|waking) up", r"end(?:ing)? it all",
    r"life (?:is|was) not worth living", r"go(?:ing)? on living", r"thoughts? (?:of|about) death",
    r"(?:not|no longer|n['’]t) want(?:ed|ing)? to (?:live|be alive)",
)  # fmt: skip
# Codes known to name such a question, wherever they stand in a file.
CODES: Final = re.compile(r"(?<!\d)(?:44260-8|93246-7|93247-5)(?!\d)")
HYPHENS: Final = re.compile(r"[-_/\u2010-\u2015]")
WORDS: Final = re.compile("|".join((*FRENCH, *ENGLISH)))


def is_spoken_of(*texts: str) -> bool:
    """Whether one of these texts speaks of it."""
    return any(WORDS.search(_bare(text)) for text in texts)


def is_coded(*codes: str) -> bool:
    """Whether one of these codes is known to ask it."""
    return any(CODES.search(code) for code in codes)


def _bare(text: str) -> str:
    """Small letters without accents or hyphens, one space between words."""
    apart = unicodedata.normalize("NFKD", HYPHENS.sub(" ", text.casefold()))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.split())
