"""How is one way of reaching her drawn, term by term; and one thing that was prepared?"""

from __future__ import annotations

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from spheres.followup.reaching import queries
from spheres.followup.reaching.models import Prepared
from spheres.participants.models import SafeContact
from spheres.records.templatetags.region_words import hours_in_words
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.ui.templatetags.ui.library import filled
from spheres.ui.templatetags.ui.showing import definitions

register = Library()

PREPARED = (
    '<li class="line"><p><strong>{kind}</strong><br>{said}</p>'
    '<p class="soft small"><time datetime="{machine}">{when}</time>{by}</p></li>'
)


@register.simple_tag
def reaching_facts(*, contact: SafeContact, language: str) -> SafeString:
    """What was agreed, in pairs; what was not said is left out."""
    said = contact.opened
    agreed = [
        line.words for line in queries.neutral_lines(language) if line.code in said.lines.split()
    ]
    when = [hours_in_words(window=said.window), said.hours]
    day = moments.day
    pairs = [
        (
            gettext("Not safe since"),
            day(contact.unsafe_on) if contact.unsafe_on else "",
        ),
        (gettext("Way"), regions.label("contact_channels", contact.channel)),
        (gettext("When"), " · ".join(filter(None, when))),
        (
            gettext("Lines agreed on"),
            format_html_join(SafeString("<br>"), "{}", ((words,) for words in agreed)),
        ),
        (gettext("A line of their own"), said.words),
        (gettext("Signed as"), said.sender),
        (gettext("Never"), said.never),
        (gettext("Of an opening for an hour, they hear"), contact.get_told_display()),
        (
            gettext("Confirmed on"),
            day(contact.confirmed_on) if contact.confirmed_on else gettext("not yet"),
        ),
    ]
    return definitions(pairs=[(term, words) for term, words in pairs if words])


@register.simple_tag
def prepared_line(*, made: Prepared, by: str) -> SafeString:
    """What was made, word for word, when, and by whom."""
    return filled(
        PREPARED,
        kind=made.get_kind_display(),
        said=made.opened.said,
        machine=moments.machine(made.written_at),
        when=moments.moment(made.written_at),
        by=filled(" · {0}", by) if by else "",
    )


@register.filter
def name_of(names: dict[object, str], who: object) -> str:
    """The name of whoever wrote; nothing when it is not known any more."""
    return names.get(who, "")
