"""How does a public page say a text of the region?"""

from django import template
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

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
