"""Could a text that names nobody still let somebody be recognised?

Before a vignette, or minutes, are kept: names whatever their letters, places, dates, numbers, and
traits that are rare together. Each is explained; nothing is refused, kept, nor sent anywhere. The
longest list of names misses some: whoever writes reads again (`identifiers.py` is the shorter look
that every note has).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.records.naming.identifiers import CAPITAL, LETTER, Finding, full_names, look
from spheres.records.naming.names import (
    CAPITALS,
    FAMILY,
    FIRST,
    GENERIC,
    HARMLESS,
    ORDINARY,
    PLACES,
)

NAME_OF: Final = _("looks like somebody’s name")
DISGUISED: Final = _("looks like somebody’s name, written otherwise")
MISSPELT: Final = _("looks like somebody’s name, misspelt")
KNOWN: Final = _("is the name of somebody you accompany, or of a colleague")
CAPITALISED: Final = _("begins with a capital: a person, a place, a school?")
PLACE: Final = _("looks like a place")
OF_HERE: Final = _("is a place of this region")
DATE: Final = _("looks like a date: an approximate moment is enough")
ONLINE: Final = _("looks like an address or an account on the Internet")
NUMBER: Final = _("looks like a number that belongs to somebody")
RARE: Final = _("together, may be enough to recognise somebody: keep those that help")

WORD: Final = re.compile(rf"[{LETTER}0-9@$]+")
MONTHS: Final = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|"
    "décembre|decembre|january|february|march|april|may|june|july|august|september|october|"
    "november|december|jan|feb|sept|oct|nov|dec"
)
DATES: Final = (
    re.compile(
        rf"\b(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\b\.?(?:\s+(?:19|20)\d\d)?"
        rf"|(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+(?:19|20)\d\d)?"
        rf"|(?:{MONTHS})\s+(?:19|20)\d\d)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:19|20)\d\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}\b"),
    re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-](?:19|20)?\d\d)\b"),
    re.compile(r"\b(?:19[4-9]\d|20[0-4]\d)\b"),
)
ONLINE_AT: Final = (
    re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.\w{2,}"),
    re.compile(r"(?<!\w)@\w{3,}"),
    re.compile(r"\b(?:https?://|www\.)\S+"),
    re.compile(r"\b[a-z]+[._]?[a-z]*_\w+\b|\b[a-z]{3,}\.[a-z]{3,}\d+\b", re.IGNORECASE),
)
NUMBERS: Final = (
    # A health card, a social insurance number, a file number, digits set apart in a telephone.
    re.compile(r"\b[A-Z]{4}\s?\d{4}\s?\d{4}\b"),
    re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{3}\b"),
    re.compile(r"(?:\d[\s.-]?){10,}"),
    re.compile(r"\b\d{3}[-.\s]\d{4}\b"),
    re.compile(
        r"(?:dossier|file|no|n°|numéro|number)\s*(?:no|n°|#|:)?\s*[A-Z]{0,3}-?\d{4,}", re.IGNORECASE
    ),
)
LINKS: Final = (
    r"(?:de\s+la\s+|de\s+l’|de\s+l'|des\s+|du\s+|de\s+|d’|d'|la\s+|le\s+|l’|les\s+|sur\s+|:\s*)*"
)
KINDS_BEFORE: Final = (
    "école|ecole|collège|college|cégep|cegep|polyvalente|académie|university|université|foyer|"
    "rue|avenue|boulevard|boul|chemin|rang|métro|metro|station|parc|place|pont|autoroute|"
    "arrondissement|ville|village|municipalité|motel|hôtel|hotel|bar|restaurant|dépanneur|"
    "église|mosquée|quartier|réserve|communauté|centre\\s+d’achats|aréna|hôpital|hopital"
)
BEFORE: Final = re.compile(
    rf"\b({KINDS_BEFORE})\s+{LINKS}([{LETTER}0-9]+(?:[\s-][{CAPITAL}][{LETTER}]+)*)", re.IGNORECASE
)
AFTER: Final = re.compile(
    rf"\b([{LETTER}]+)\s+(street|avenue|boulevard|park|metro|station|high\s+school|high|school|"
    r"college|academy|hospital|mall|motel|hotel|bridge|arena|church|mosque|village|reserve)\b",
    re.IGNORECASE,
)
# What may stand between the words of the name of a place, and how one of them is cut short.
AS_LINKED: Final = r"[\s'-]{1,3}"
SHORT: Final = {"saint": "(?:saint|st)", "sainte": "(?:sainte|ste)", "notre": "(?:notre|n)"}
# What is rare alone is not said; three of these together are.
TRAITS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        # An age; not an age group.
        ("age", r"(?<!à )(?<!to )(?<!ou )(?<!or )\b(?:1[2-9]|2[0-4])\s?(?:ans\b|years?\b|-year)|"
                r"\baged (?:1[2-9]|2[0-4])\b"),
        ("origin", r"\b(?:haïtien|congolais|colombien|mexicain|marocain|algérien|tunisien|syrien|"
                   r"libanais|vietnamien|chinois|roumain|russe|ukrainien|brésilien|philippin|"
                   r"rwandais|malien|sénégalais|chilien|salvadorien|cri|innu|atikamekw|inuit|inuk|"
                   r"mohawk|anishinabe|algonquin)\w*|\b(?:haitian|congolese|colombian|mexican|"
                   r"moroccan|algerian|tunisian|syrian|lebanese|vietnamese|chinese|romanian|"
                   r"russian|ukrainian|brazilian|filipin\w+|rwandan|malian|senegalese|chilean|"
                   r"salvadoran|cree|innu|inuit|inuk|mohawk|ojibw\w+)\b"),
        ("birth", r"\b(?:jumelle|jumeau|jumelles|jumeaux|triplé\w*|adopté\w*|orphelin\w*)\b|"
                  r"\b(?:twins?|triplets?|adopted|orphan\w*)\b"),
        ("parents", r"\b(?:père|mère|beau-père|belle-mère|oncle|tante|father|mother|stepfather|"
                    r"stepmother|uncle|aunt)\b[^.]{0,30}\b(?:polici\w+|pasteur|imam|député\w*|maire\w*|"
                    r"médecin|juge|avocat\w*|prison|incarcér\w+|décéd\w+|mort\w*|suicid\w+|police "
                    r"officer|pastor|imam|mayor|doctor|judge|lawyer|jail|died|dead|suicide)\b"),
        ("body", r"\b(?:tatou\w+|cicatrice\w*|fauteuil roulant|sourde?s?|aveugle|amput\w+|bègue|"
                 r"bégaie\w*|albinos|cheveux (?:bleus|roses|verts|rouges)|prothèse|tattoo\w*|"
                 r"scars?|wheelchair|deaf|blind|stutter\w*|(?:blue|pink|green) hair|prosthe\w+)\b"),
        ("illness", r"\b(?:épilep\w+|drépanocyt\w+|diabét\w+|leucémi\w+|cancer|lupus|fibrose|"
                    r"hémophil\w+|epilep\w+|sickle cell|diabet\w+|leuk\w+|cystic|haemophil\w+)\b"),
        ("fame", r"\b(?:champion\w*|médaill\w+|équipe nationale|influenceu\w+|abonnés|vedette|"
                 r"télévision|journal|journaux|reportage|olympi\w+|medal\w*|national team|"
                 r"influencer|followers|television|newspaper\w*|news)\b"),
        ("child", r"\b(?:enceinte|grossesse|son bébé|sa fille de|son fils de|accouch\w+|pregnan\w+|"
                  r"her baby|her daughter|her son|gave birth)\b"),
        ("court", r"\b(?:procès|témoign\w+ (?:au|en) (?:procès|cour)|juré|trial|testif\w+)\b"),
        ("siblings", r"\b(?:aînée?|cadette?|benjamine?|fille unique|fils unique|only child|eldest|"
                     r"youngest) (?:de|d’|of) ?\w*|"
                     r"\b(?:six|sept|huit|neuf|dix|seven|eight|nine|ten) "
                     r"(?:frères|sœurs|enfants|brothers|sisters|siblings|children)\b"),
        ("skill", r"\b(?:harpe|violoncelle|accordéon|escrime|équitation|patinage artistique|"
                  r"trapèze|gymnas\w+|waterpolo|harp|cello|accordion|fencing|horse\w*|"
                  r"figure skating|trapeze|gymnast\w*|water polo|sign language|"
                  r"langue des signes)\b"),
        ("belief", r"\b(?:témoin\w* de jéhovah|jehovah’s witness\w*|mormon\w*|hassidi\w+|hasidic|"
                   r"secte|cult|raëli\w+|sikhe?s?|bouddhist\w*|buddhist\w*)\b"),
    )
)  # fmt: skip
ENOUGH: Final = 3
OTHER_LETTERS: Final = str.maketrans("013457@$", "oieastas")


def look_closely(
    text: str, *, names: Collection[str] = (), places: Collection[str] = ()
) -> list[Finding]:
    """What in `text` could let somebody be recognised, in order of kind; each words once.

    `names` are those of people one knows: whom one accompanies, one's colleagues. `places` are
    those of the region, which no list of ours holds.
    """
    found: dict[str, Finding] = {}

    def add(words: str, why: Any) -> None:
        words = words.strip(" .,;:'’-")
        if words and not any(words in other for other in found):
            found[words] = Finding(words, why)

    for one in look(text):
        add(one.words, one.why)
    for patterns, why in ((ONLINE_AT, ONLINE), (NUMBERS, NUMBER), (DATES, DATE)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                add(match[0], why)
    for words in _named(places, text):
        add(words, OF_HERE)
    for words in _places(text):
        add(words, PLACE)
    known = frozenset(plain(word) for name in names for word in name.split() if len(word) > 2)
    for match in WORD.finditer(text):
        why = _why(match[0], known, begins=_begins(text, match.start()))
        if why is not None:
            add(match[0], why)
    if traits := _traits(text):
        add(" + ".join(traits), RARE)
    return list(found.values())


def identities(text: str) -> list[str]:
    """Full names that stand in `text` beyond doubt, and cards that bear somebody's number.

    Elsewhere nothing is refused; where nobody need be named, these are.
    """
    found = [words for words in full_names(text) if _is_known(words)]
    for one, other in pairwise(WORD.finditer(text)):
        between = text[one.end() : other.start()]
        if between.strip(" ,") or {_kind(one[0]), _kind(other[0])} != {"first", "family"}:
            continue
        if not any(one[0] in seen and other[0] in seen for seen in found):
            found.append(f"{one[0]}{between}{other[0]}")
    return [*found, *(match[0] for match in NUMBERS[0].finditer(text))]


def _is_known(words: str) -> bool:
    """Whether what looks like a full name begins with a first name that is common here, and is no
    street, school or place."""
    return _kind(words.split()[0]) == "first" and not AFTER.search(words)


def _kind(word: str) -> str:
    """Which kind of name a capitalised word is."""
    pieces = _pieces(word)
    if not pieces or not pieces[-1][0].isupper():
        return ""
    bare = plain(pieces[-1])
    if bare in FAMILY and bare not in FIRST:
        return "family"
    return "first" if bare in FIRST else ""


def plain(word: str) -> str:
    """In small letters, without accents, with the straight apostrophe."""
    bare = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _begins(text: str, place: int) -> bool:
    """Whether a word begins a sentence, a line, or what somebody said."""
    before = text[:place].rstrip(' \t«»“”"(—–-\u00a0')
    return not before or before[-1] in ".!?:\n…"


def _why(word: str, known: frozenset[str], *, begins: bool) -> Any:
    """Why this one word is to be looked at again; None when it is not."""
    for piece in _pieces(word):
        bare = plain(piece)
        if len(bare) < 3 or bare in HARMLESS or plain(word) in HARMLESS:
            continue
        is_capital = piece[0].isupper()
        if bare in known:
            return KNOWN
        if bare in FAMILY | FIRST and (is_capital or bare not in ORDINARY):
            return NAME_OF
        if bare in PLACES and (is_capital or bare not in ORDINARY):
            return PLACE
        straight = bare.translate(OTHER_LETTERS)
        if (
            straight != bare
            and any(c.isalpha() for c in bare)
            and straight in FAMILY | FIRST | known
        ):
            return DISGUISED
        if bare[::-1] in (FAMILY | FIRST | known) and len(bare) > 3 and bare not in ORDINARY:
            return DISGUISED
        if (is_capital and not begins and _is_near(bare, 5)) or (
            bare not in ORDINARY and _is_near(bare, 7)
        ):
            return MISSPELT
        if is_capital and not begins and bare not in CAPITALS:
            return CAPITALISED
    return None


def _pieces(word: str) -> list[str]:
    """A word, and what is after an elision: «d’Émilie» speaks of Émilie."""
    return [part for part in re.split(r"^(?:[dljmtscn]|qu|lorsqu|puisqu)[’']", word) if part]


def _is_near(bare: str, least: int) -> bool:
    """One letter more, less, other or exchanged with its neighbour, of a name known here."""
    if len(bare) < least or not bare.isalpha():
        return False
    return any(
        abs(len(name) - len(bare)) < 2 and len(name) >= least and _one_apart(bare, name)
        for name in _NEAR.get(bare[0], frozenset()) | _NEAR.get(bare[1], frozenset())
    )


_NEAR: Final[dict[str, frozenset[str]]] = {
    letter: frozenset(name for name in FAMILY | FIRST if letter in name[:2])
    for letter in {name[place] for name in FAMILY | FIRST for place in (0, 1) if len(name) > 1}
}


def _one_apart(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    rest = one[place + 1 :] == other[place + 1 :]
    swapped = (
        one[place : place + 2] == other[place : place + 2][::-1]
        and one[place + 2 :] == other[place + 2 :]
    )
    return one != other and (rest or swapped)


def _named(places: Collection[str], text: str) -> Iterator[str]:
    """Where one of these places is said: whatever its capitals, its accents, what links its words,
    «Saint» or «St»."""
    said = "".join(plain(letter)[:1] or letter for letter in text)  # letter for letter
    for place in places:
        words = [re.escape(word) for word in re.split(r"[\s'-]+", plain(place)) if word]
        words = [SHORT.get(word, word) for word in words]
        for match in re.finditer(rf"\b{AS_LINKED.join(words)}\b", said):
            yield text[match.start() : match.end()]


def _places(text: str) -> Iterator[str]:
    for match in BEFORE.finditer(text):
        if (
            plain(match[2]) not in GENERIC
            and match[2].casefold() not in GENERIC
            and len(match[2]) > 2
        ):
            is_named = match[2][0].isupper() or plain(match[2]) in PLACES | FAMILY | FIRST
            is_street = plain(match[1]) in {
                "rue",
                "metro",
                "avenue",
                "boulevard",
                "boul",
                "polyvalente",
            }
            if is_named or is_street or match[2].startswith("saint"):
                yield match[0]
    for match in AFTER.finditer(text):
        bare = plain(match[1])
        is_named = match[1][0].isupper() or bare in PLACES | FAMILY | FIRST
        is_street = plain(match[2]) in {"street", "metro", "high school"}
        if bare not in GENERIC and (is_named or is_street) and bare not in CAPITALS:
            yield match[0]


def _traits(text: str) -> list[str]:
    """One of each kind of rare trait, when there are enough of them."""
    seen = [match[0].strip() for _name, pattern in TRAITS if (match := pattern.search(text))]
    return seen if len(seen) >= ENOUGH else []
