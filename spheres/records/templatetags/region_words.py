"""How does a template say a word of the region's vocabularies?"""

from django import template

from spheres.regions import queries as regions

register = template.Library()


@register.simple_tag
def term(*, of: str, code: str) -> str:
    """The word of one code, in the reader's language."""
    return regions.label(of, code) if code else ""


@register.simple_tag
def region_text(*, key: str) -> str:
    """One of the region's texts, in the reader's language."""
    return regions.text(key)
