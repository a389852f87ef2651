"""How are questions asked, and mistakes said?"""

from django.template import TemplateSyntaxError

from .library import draw, register


@register.simple_tag
def field(*, field, level=""):
    """One question: label, hint, error, and the place to answer, tied together for everybody.

    `level="page"` is for a page that asks only this: the label is its title.
    """
    if not hasattr(field, "kind"):
        raise TemplateSyntaxError("field draws the fields of spheres.ui.fields only")
    if level not in {"", "page"}:
        raise TemplateSyntaxError(f"level is page or nothing, not {level!r}")
    return draw("field", field=field, kind=f"ui/fields/{field.kind}.html", level=level)


@register.simple_tag
def error_summary(*, form):
    """At the top of the page, what is to be mended, each with a link to its place."""
    problems = form.problems() if form.is_bound else []
    return draw("error_summary", problems=problems) if problems else ""


@register.simple_block_tag(takes_context=True)
def form(context, content, *, of, url="", fields=True, autosave="", method="post"):
    """A whole form: what is to be mended, the questions, then what the block holds (its buttons).

    With `fields=False` the block draws the questions itself. `autosave` is where drafts are sent.
    """
    if method not in {"post", "get"}:
        raise TemplateSyntaxError(f"method is post or get, not {method!r}")
    return draw(
        "form",
        content=content,
        form=of,
        url=url,
        fields=fields,
        autosave=autosave,
        method=method,
        problems=of.problems() if of.is_bound else [],
        token=str(context.get("csrf_token") or ""),
    )


@register.simple_tag
def save_state():
    """The quiet line where a draft says when it was saved, or why it is not yet."""
    return draw("save_state")
