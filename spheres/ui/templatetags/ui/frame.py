"""How does a page start: its title, its way back, its language?"""

from django.conf import settings
from django.utils import translation

from ... import addresses
from .library import draw, register


@register.simple_block_tag
def page_header(content, *, title, lead="", before=""):
    """The only h1 of the page; the block holds its one main action."""
    return draw("page_header", content=content, title=title, lead=lead, before=before)


@register.simple_tag
def breadcrumbs(*, trail):
    """The way back, from the third level on: (words, address), without the page itself."""
    return draw("breadcrumbs", trail=[{"label": words, "url": url} for words, url in trail])


@register.simple_tag(takes_context=True)
def language_switch(context):
    """A button in the other language's own words. Without a request, draws nothing."""
    request = context.get("request")
    if request is None:
        return ""
    return language_forms(page=request.get_full_path(), token=str(context.get("csrf_token") or ""))


def language_forms(*, page, token):
    """The same page in the other language, one button each."""
    here = translation.get_language()
    others = [(code, code_words(code)) for code, _ in settings.LANGUAGES if code != here]
    return draw(
        "language_switch", others=others, url=addresses.to("ui:language"), next=page, token=token
    )


def code_words(code):
    return translation.get_language_info(code)["name_local"].capitalize()


@register.simple_tag
def html_language():
    """The language of the page, for the reader's voice and its hours: fr-CA or en-CA."""
    return f"{(translation.get_language() or settings.LANGUAGE_CODE).split('-')[0]}-CA"
