"""How is one of my people drawn in a list, and one record in a file's timeline?"""

from django.template import Context, Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from spheres.followup.dossier.queries import Person
from spheres.records import registry
from spheres.records.queries import Begun
from spheres.records.registry import Entry, RecordType
from spheres.records.templatetags.region_words import safe_contact
from spheres.ui import addresses, moments
from spheres.ui.templatetags.ui.acting import link_button
from spheres.ui.templatetags.ui.library import filled
from spheres.ui.templatetags.ui.saying import badge, glyph
from spheres.ui.templatetags.ui.showing import line_of_time
from spheres.ui.templatetags.ui.telling import paragraphs

register = Library()

PERSON = (
    '<li class="line"><p><a class="person-name" href="{url}">{name}</a>{pronouns}</p>\n'
    '{contact}<p class="soft small">{status}</p></li>'
)
STREET = (
    '<li class="line street-line"><a class="street-name" href="{url}"><strong>{name}</strong></a>'
    "{tick}{contact}</li>"
)
TICK = (
    '<label class="street-tick"><input type="checkbox" name="people" value="{file_id}">'
    '<span class="visually-hidden">{words}</span></label>'
)
DRAFT = '<li class="line"><p>{words}</p>{button}</li>'
ENTRY = (
    '{mark}{words}{observation}{support}<p class="small"><a href="{url}">{open}'
    '<span class="visually-hidden"> {title}, {day}</span></a></p>'
)


@register.simple_tag
def person_line(*, person: Person) -> SafeString:
    """Her name, her pronouns, how to reach her safely, and where her follow-up stands."""
    return filled(
        PERSON,
        url=addresses.to("dossier:file", person.file_id),
        name=person.name,
        pronouns=filled(' <span class="soft">({0})</span>', person.pronouns)
        if person.pronouns
        else "",
        contact=safe_contact(person=person, quiet=True),
        status=person.status_label,
    )


@register.simple_tag
def street_line(*, person: Person, kind: RecordType, may_tick: bool, guide: str) -> SafeString:
    """Her name as wide as a thumb, how to reach her safely, and a box to tick beside."""
    asked = f"?guide={guide}" if guide else ""
    return filled(
        STREET,
        url=addresses.to(kind.write_url_name, person.file_id) + asked,
        name=person.name,
        contact=safe_contact(person=person, quiet=True),
        tick=filled(
            TICK,
            file_id=person.file_id,
            words=gettext("%(name)s was there") % {"name": person.name},
        )
        if may_tick
        else "",
    )


@register.simple_tag(takes_context=True)
def draft_line(context: Context, *, draft: Begun, person: str) -> SafeString:
    """A text to finish: about whom, since when, and the page where it goes on."""
    kind = registry.begun_as(draft.record_type)
    return filled(
        DRAFT,
        words=gettext("%(person)s: a text saved on %(when)s, only you")
        % {"person": person, "when": moments.short_moment(draft.saved_at)},
        button=link_button(
            context,
            label=gettext("Go on"),
            url=f"{addresses.to(kind.write_url_name, draft.file_id)}?draft={draft.id}",
        ),
    )


@register.simple_tag
def record_line(*, entry: Entry) -> SafeString:
    """One record: when, what, by whom; her words before the worker's."""
    words = filled('<blockquote class="her-words">{0}</blockquote>', paragraphs(entry.her_words))
    support = filled(
        '<p class="next-support">{0}<span>{1}</span></p>', glyph(name="path"), entry.support
    )
    content = filled(
        ENTRY,
        mark=badge(label=entry.mark) if entry.mark else "",
        words=words if entry.her_words else "",
        observation=paragraphs(entry.observation) if entry.observation else "",
        support=support if entry.support else "",
        url=entry.url,
        open=gettext("Open"),
        title=entry.title,
        day=moments.day(entry.occurred_at),
    )
    return line_of_time(
        content,
        title=entry.title,
        when=moments.moment(entry.occurred_at),
        machine_when=moments.machine(entry.occurred_at),
        icon=entry.icon,
        by=entry.author,
    )
