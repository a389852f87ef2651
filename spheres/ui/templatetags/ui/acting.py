"""How does a person act from a page: buttons, links and dialogs?"""

from ...icons import ICONS
from .library import draw, one_of, register, unique

VARIANTS = {"primary", "secondary", "quiet", "destructive"}


@register.simple_tag(takes_context=True)
def button(
    context,
    *,
    label,
    decision=None,
    variant="primary",
    name="",
    value="",
    icon="",
    form="",
    opens="",
):
    """A button, or the same button at rest with the reason why it cannot be used now.

    A refusal without a reason draws nothing: there is nothing useful to say.
    `destructive` is for what erases technically; it is never about a person.
    """
    refused = decision is not None and not decision.allowed
    if refused and not decision.reason:
        return ""
    return draw(
        "button",
        label=label,
        variant=one_of(variant, VARIANTS, what="variant"),
        name=name,
        value=value,
        icon=icon and one_of(icon, ICONS, what="icon"),
        form=form,
        opens=opens,
        refused=refused,
        reason=decision.reason if refused else "",
        reason_id=unique(context, "reason") if refused else "",
    )


@register.simple_tag(takes_context=True)
def link_button(context, *, label, url, decision=None, variant="secondary", icon="", keys=""):
    """A link that looks like a button, because it starts something.

    Refused, it stays in place with the reason.
    """
    refused = decision is not None and not decision.allowed
    if refused and not decision.reason:
        return ""
    return draw(
        "link_button",
        label=label,
        url=url,
        variant=one_of(variant, VARIANTS, what="variant"),
        icon=icon and one_of(icon, ICONS, what="icon"),
        keys=keys,
        refused=refused,
        reason=decision.reason if refused else "",
        reason_id=unique(context, "reason") if refused else "",
    )


@register.simple_block_tag
def actions(content):
    """A row for the buttons of one thing: the main one first."""
    return draw("actions", content=content)


@register.simple_block_tag
def dialog(content, *, id, title, opener, url="", variant="secondary", icon=""):
    """A question asked over the page, with the button that opens it.

    Without a script the button leads to `url`, or shows the same words in place.
    """
    return draw(
        "dialog",
        content=content,
        id=id,
        title=title,
        opener=opener,
        url=url or f"#{id}",
        variant=one_of(variant, VARIANTS, what="variant"),
        icon=icon and one_of(icon, ICONS, what="icon"),
    )


@register.simple_block_tag
def disclosure(content, *, summary, opened=False):
    """More words for whoever wants them."""
    return draw("disclosure", content=content, summary=summary, opened=opened)


@register.simple_tag
def exit_button(*, url="/e"):
    """Leave quickly: first in tab order, always on screen, a plain link without a script."""
    return draw("exit_button", url=url)
