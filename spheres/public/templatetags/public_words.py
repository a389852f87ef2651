"""How does a public page say a text of the region?"""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from spheres.public.drawings import DRAWINGS
from spheres.regions import queries as regions

register = template.Library()


@register.simple_tag
def region_paragraphs(*, key: str) -> SafeString:
    """One of the region's texts, its paragraphs kept; escaped like any text."""
    return mark_safe(linebreaks(regions.text(key), autoescape=True))  # noqa: S308 -- escaped here


@register.simple_tag
def region_line(*, key: str) -> str:
    """One of the region's texts, as one line."""
    return regions.text(key)


@register.simple_tag
def region_points(*, key: str) -> SafeString:
    """One of the region's texts whose lines are points, each said by itself."""
    return format_html_join("", "<li>{}</li>", ((line,) for line in regions.text(key).splitlines()))


@register.simple_tag
@cache
def drawing(*, name: str) -> SafeString:
    """One of our drawings: it says no word, so it serves every page in every language."""
    tinted, lines = DRAWINGS[name]
    return render_to_string("public/drawing.html", {"tinted": tinted, "lines": lines})
