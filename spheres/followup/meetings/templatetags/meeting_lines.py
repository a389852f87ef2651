"""How is one meeting drawn on a day or in a week?"""

from django.template import Context, Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from spheres.followup.meetings.models import MeetingStatus, PlannedMeeting
from spheres.followup.meetings.standing import Line
from spheres.ui import addresses, moments
from spheres.ui.templatetags.ui.acting import button, link_button
from spheres.ui.templatetags.ui.library import filled, unique

register = Library()

OF_DAY = (
    '<li class="line"><p id="{id}"><strong>{hour}</strong> <a href="{url}">{name}</a>, {kind}'
    "{colleague}</p>{tell}</li>"
)
ASKED = '<li class="line"><p id="{id}"><a href="{url}">{name}</a>, {when}</p>{tell}</li>'
TELL = (
    '<form class="cluster" method="post" action="{held}" data-spheres-once>'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{token}">{button} {otherwise}</form>'
)
OF_WEEK = (
    '<li class="line"><p><strong>{hour}</strong> <a href="{url}">{name}</a>, {kind}</p>'
    "{stands}</li>"
)


@register.simple_tag(takes_context=True)
def day_line(context: Context, *, line: Line) -> SafeString:
    """At what hour, with whom, which way; once it has begun, one press says that it took place."""
    about = unique(context, "meeting")
    return filled(
        OF_DAY,
        id=about,
        hour=moments.hour(line.meeting.starts_at),
        url=addresses.to("meetings:detail", line.meeting.file_id, line.meeting.id),
        name=line.name,
        kind=line.meeting.kind_label,
        colleague=filled(' <span class="soft">({0})</span>', line.colleague)
        if line.colleague
        else "",
        tell=_tell(context, line, about) if line.may_tell else "",
    )


@register.simple_tag(takes_context=True)
def asked_line(context: Context, *, line: Line) -> SafeString:
    """One of the days before, of which nobody has said what became of it."""
    about = unique(context, "meeting")
    return filled(
        ASKED,
        id=about,
        url=addresses.to("meetings:detail", line.meeting.file_id, line.meeting.id),
        name=line.name,
        when=moments.weekday_moment(line.meeting.starts_at),
        tell=_tell(context, line, about),
    )


def _tell(context: Context, line: Line, about: str) -> SafeString:
    """Pressed at once, or answered otherwise; whoever listens hears of which meeting."""
    one = (line.meeting.file_id, line.meeting.id)
    return filled(
        TELL,
        held=addresses.to("meetings:held", *one),
        token=context["csrf_token"],
        button=button(context, label=gettext("It took place"), variant="secondary", about=about),
        otherwise=link_button(
            context,
            label=gettext("Another answer"),
            url=addresses.to("meetings:detail", *one),
            variant="quiet",
            about=about,
        ),
    )


@register.simple_tag
def week_line(*, meeting: PlannedMeeting, name: str) -> SafeString:
    """At what hour, with whom, which way; and what became of it."""
    standing = meeting.standing
    return filled(
        OF_WEEK,
        hour=moments.hour(meeting.starts_at),
        url=addresses.to("meetings:detail", meeting.file_id, meeting.pk),
        name=name,
        kind=meeting.kind_label,
        stands=filled('<span class="soft small">{0}</span>', standing.label)
        if standing.status != MeetingStatus.Status.PLANNED
        else "",
    )
