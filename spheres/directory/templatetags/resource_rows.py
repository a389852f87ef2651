"""How does one resource read, as a line of a list that may be ticked for paper?"""

from __future__ import annotations

from datetime import date, datetime

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spheres.directory import facts, queries
from spheres.directory.models import Resource
from spheres.regions import queries as regions
from spheres.ui import addresses, moments
from spheres.ui.templatetags.ui.library import filled
from spheres.ui.templatetags.ui.saying import badge
from spheres.ui.text import dialled

register = Library()

LINE = (
    '<li class="resource-line"><label class="resource-tick"><input type="checkbox" name="chosen" '
    'value="{id}"><span class="visually-hidden">{tick}</span></label><div class="stack">'
    '<p><a class="person-name" href="{url}">{name}</a> <span class="soft">{provider}</span></p>'
    "<p>{about}</p>"
    '<p class="soft small">{facts}</p><div class="cluster">{reach}{open}{check}</div></div></li>\n'
)
LINK = '<a class="nowrap" href="{0}:{1}">{2}</a>'
MAIL = '<a class="anywhere" href="mailto:{0}">{0}</a>'  # longer than a phone is wide


@register.simple_tag
def resource_line(*, resource: Resource, at: datetime) -> SafeString:
    """Its name, what it gives, to whom, and the number to call."""
    on = moments.local(at).date()
    cost = regions.label("resource_costs", resource.cost)
    places = [place.where for place in resource.its_places]
    said = [facts.ages(resource), cost, *places]
    return filled(
        LINE,
        id=resource.pk,
        tick=_("Put %(name)s on paper") % {"name": resource.name},
        url=addresses.to("directory:detail", resource.pk),
        name=resource.name,
        provider="" if resource.provider.name == resource.name else resource.provider.name,
        about=resource.about,
        facts=" · ".join(dict.fromkeys(said)),
        reach=reach(resource=resource),
        open=badge(label=_("open now"), tone="done") if queries.is_open(resource, at) else "",
        check=_to_verify(resource, on),
    )


def _to_verify(resource: Resource, on: date) -> SafeString | str:
    if not resource.is_to_verify(on):
        return ""
    return badge(label=_("to verify"), tone="look", icon="question")


@register.simple_tag
def reach(*, resource: Resource) -> SafeString:
    """Every way to reach it, each one press away on a phone."""
    ways = []
    if resource.call:
        ways.append(filled(LINK, "tel", dialled(resource.call), resource.call))
    if resource.text:
        words = _("text %(number)s") % {"number": resource.text}
        ways.append(filled(LINK, "sms", dialled(resource.text), words))
    if resource.email:
        ways.append(filled(MAIL, resource.email))
    return SafeString(" ".join(ways))


@register.simple_tag
def is_open_now(*, resource: Resource, at: datetime) -> bool:
    return queries.is_open(resource, at)


@register.simple_tag
def verified(*, resource: Resource, on: date) -> str:
    return facts.verified(resource, on)


@register.simple_tag
def for_whom(*, resource: Resource) -> list[tuple[str, str]]:
    return facts.said(facts.for_whom(resource))


@register.simple_tag
def how_to(*, resource: Resource) -> list[tuple[str, str]]:
    return facts.said(facts.how(resource))


@register.simple_tag
def place_lines(*, place: object) -> list[str]:
    return facts.place_lines(place)  # type: ignore[arg-type]
