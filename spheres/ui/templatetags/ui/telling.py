"""How does a template say a day, a delay, a text of several paragraphs, the way to a page?"""

import re

from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from spheres.core import clock

from ... import addresses, moments
from .library import as_markup, register

BLANK_LINES = re.compile(r"\n{2,}")

register.filter("day", moments.day, is_safe=True)
register.filter("day_of_year", moments.day_of_year, is_safe=True)
register.filter("month", moments.month, is_safe=True)
register.filter("month_name", moments.month_name, is_safe=True)
register.filter("hour", moments.hour, is_safe=True)
register.filter("moment", moments.moment, is_safe=True)
register.filter("short_moment", moments.short_moment, is_safe=True)
register.filter("weekday_day", moments.weekday_day, is_safe=True)
register.filter("weekday_and_day", moments.weekday_and_day, is_safe=True)
register.filter("weekday_moment", moments.weekday_moment, is_safe=True)
register.filter("hours_long", moments.hours_long, is_safe=True)
register.filter("machine", moments.machine, is_safe=True)


@register.filter(is_safe=True)
def how_long(since):
    """For how long something has been so."""
    return moments.how_long(since, clock.now())


@register.filter
def paragraphs(text):
    """A typed text, in paragraphs; what was typed is never markup."""
    blocks = BLANK_LINES.split(as_markup(text))
    return SafeString("\n\n".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks))


class Address(URLNode):
    """Django's own tag, with the addresses worked out once (ui/addresses.py)."""

    def render(self, context):
        if self.kwargs:
            return super().render(context)
        ids = [one.resolve(context) for one in self.args]
        address = addresses.to(self.view_name.resolve(context), *ids)
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address)


@register.tag
def url(parser, token):
    node = parse(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
