"""How does a person act from a page: buttons, links and dialogs?"""

from django.utils.safestring import SafeString

from ...icons import ICONS
from .library import draw, filled, one_of, register, unique
from .saying import glyph

VARIANTS = {"primary", "secondary", "quiet", "destructive"}
# Every page has dozens of these: they are drawn without a template.
BUTTON = '<button type="{kind}" class="button button-{variant}"{more}>{icon}{label}</button>\n'
LINK = '<a class="button button-{variant}" href="{url}"{more}>{icon}{label}</a>\n'
ABOUT = ' aria-describedby="{0}"'
LINE = '<li class="line"><p id="{id}">{sentence}</p>{acts}</li>\n'
PRESS = (
    '<form method="post" action="{url}">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">{button}</form>'
)


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
    about="",
):
    """A button, or the same button at rest with the reason why it cannot be used now.

    `about` is the id of what it is about, said after it to whoever listens: of several that say
    the same, which one.

    A refusal without a reason draws nothing: there is nothing useful to say.
    `destructive` is for what erases technically; it is never about a person.
    """
    refused = decision is not None and not decision.allowed
    if refused:
        return at_rest(context, "button", label, decision.reason, variant, icon)
    more = filled(' name="{0}" value="{1}"', name, value) if name else SafeString()
    if form:
        more += filled(' form="{0}"', form)
    if opens:
        more += filled(' data-spheres-opens="{0}"', opens)
    if about:
        more += filled(ABOUT, about)
    return filled(
        BUTTON,
        kind="button" if opens else "submit",
        variant=one_of(variant, VARIANTS, what="variant"),
        more=more,
        icon=glyph(name=icon) if icon else "",
        label=label,
    )


@register.simple_tag(takes_context=True)
def link_button(
    context, *, label, url, decision=None, variant="secondary", icon="", keys="", about=""
):
    """A link that looks like a button, because it starts something.

    Refused, it stays in place with the reason. `about`: as for a button.
    """
    refused = decision is not None and not decision.allowed
    if refused:
        return at_rest(context, "link_button", label, decision.reason, variant, icon)
    return filled(
        LINK,
        variant=one_of(variant, VARIANTS, what="variant"),
        url=url,
        more=(filled(' data-spheres-keys="{0}"', keys) if keys else SafeString())
        + (filled(ABOUT, about) if about else SafeString()),
        icon=glyph(name=icon) if icon else "",
        label=label,
    )


@register.simple_tag(takes_context=True)
def line_to(context, *, line, variant="secondary"):
    """A line of what there is to do: a sentence, what is pressed at once, and where it leads.

    Several say the same verb: whoever listens hears the sentence after it.
    """
    about = unique(context, "line")
    presses = [
        filled(
            PRESS,
            url=url,
            token=context["csrf_token"],
            button=button(
                context, label=label, variant="secondary" if number else "primary", about=about
            ),
        )
        for number, (label, url) in enumerate(line.presses)
    ]
    leads = link_button(
        context, label=line.verb, url=line.url, variant="quiet" if presses else variant, about=about
    )
    acts = filled('<div class="cluster">{0}</div>', SafeString("".join(presses) + leads))
    return filled(LINE, id=about, sentence=line.sentence, acts=acts if presses else leads)


def at_rest(context, component, label, reason, variant, icon):
    """What cannot be used now, with the reason why; without a reason, nothing."""
    if not reason:
        return ""
    return draw(
        component,
        label=label,
        variant=one_of(variant, VARIANTS, what="variant"),
        icon=icon and one_of(icon, ICONS, what="icon"),
        reason=reason,
        reason_id=unique(context, "reason"),
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
