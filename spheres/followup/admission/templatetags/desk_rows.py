"""How does a referral that waits read, as one sentence of the desk's queue?"""

from uuid import UUID

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from spheres.followup.admission.models import AgeBand, Language, Referral
from spheres.followup.admission.queries import Desk, Waiting
from spheres.ui import addresses
from spheres.ui.templatetags.ui.library import filled
from spheres.ui.templatetags.ui.saying import badge
from spheres.ui.templatetags.ui.showing import tabs
from spheres.ui.templatetags.ui.telling import how_long
from spheres.ui.text import shortened

register = Library()

WISH = 90  # letters of her wish that a sentence holds
LINE = (
    '<li class="line">\n<p><a class="queue-sentence" href="{url}">{sentence}</a></p>\n'
    '<p class="soft small">{waited}</p>\n{marks}'
    '<div class="cluster">{urgent}{offered}{asks}</div>\n</li>'
)


@register.simple_tag
def waiting_line(*, one: Waiting, marks: dict[UUID, list[str]]) -> SafeString:
    """Her age, her language, whether she agrees, what she wishes; since when she waits."""
    referral = one.referral
    said = marks.get(referral.file_id, ())
    return filled(
        LINE,
        url=addresses.to("admission:referral", referral.file_id),
        sentence=sentence(one),
        waited=gettext("No. %(number)s, waiting for %(since)s")
        % {"number": referral.number, "since": how_long(referral.received_at)},
        urgent=badge(
            label=gettext("Needs something in the next 48 hours"), tone="look", icon="amber"
        )
        if referral.opened.urgent
        else "",
        marks=format_html_join("", '<p class="soft small">{}</p>\n', ((line,) for line in said)),
        asks=badge(label=gettext("A worker asks a question"), tone="look", icon="question")
        if one.asks
        else "",
        offered=badge(label=gettext("Offered"), tone="done") if one.status == "OFFERED" else "",
    )


# How letters are told apart on the phone; the same words in both languages.
SPOKEN = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "Alpha",
            "Bravo",
            "Charlie",
            "Delta",
            "Echo",
            "Foxtrot",
            "Golf",
            "Hotel",
            "India",
            "Juliett",
            "Kilo",
            "Lima",
            "Mike",
            "November",
            "Oscar",
            "Papa",
            "Quebec",
            "Romeo",
            "Sierra",
            "Tango",
            "Uniform",
            "Victor",
            "Whiskey",
            "X-ray",
            "Yankee",
            "Zulu",
        ],
        strict=True,
    )
)
ALOUD = '<p class="read-aloud"><output>{text}</output></p>\n<p class="soft">{words}</p>'


@register.simple_tag
def read_aloud(*, text: str) -> SafeString:
    """A number in large letters, and the words that tell its letters apart on the phone."""
    words = ", ".join(SPOKEN.get(letter, letter) for letter in text if letter != "-")
    return filled(ALOUD, text=text, words=words)


@register.simple_tag
def language_tabs(*, desk: Desk, chosen: str) -> SafeString:
    """Every language that somebody waits in, with how many; nothing when there is one alone."""
    if len(desk.languages) < 2 and not chosen:
        return SafeString("")
    page = addresses.to("admission:desk")
    ways = [(gettext("All (%(number)d)") % {"number": desk.in_all}, page, not chosen)]
    for code, number in desk.languages.items():
        words = f"{Language(code).label} ({number})"
        ways.append((words, f"{page}?language={code}", code == chosen))
    return SafeString(tabs(label=gettext("Languages of those who wait"), tabs=ways))


def sentence(one: Waiting) -> str:
    referral = one.referral
    said = {
        "age": AgeBand(referral.age_band).label,
        "language": referral.language_words,
        "agreement": str(Referral.Agreement(referral.agreement).label).lower(),
    }
    if not referral.opened.wish:
        return gettext("%(age)s, %(language)s, %(agreement)s") % said
    said["wish"] = shortened(referral.opened.wish, WISH)
    return gettext("%(age)s, %(language)s, %(agreement)s: “%(wish)s”") % said
