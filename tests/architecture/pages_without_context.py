"""Pages that exist only for the test against the silent empty page: each lists follow-ups."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from spheres.core import context
from spheres.participants.models import FollowUp
from spheres.ui import errors
from tests.cast import LOADER

LIST = engines["django"].from_string("{% for one in follow_ups %}[{{ one.pk }}]{% endfor %}")


def follow_ups() -> QuerySet[FollowUp]:
    return FollowUp.objects.order_by("pk")


def at_once(request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join(f"[{one.pk}]" for one in follow_ups()))


def rendered_late(request: HttpRequest) -> HttpResponse:
    """The query runs only when the template does, after the view has returned."""
    return TemplateResponse(request, LIST, {"follow_ups": follow_ups()})


def handed_out(request: HttpRequest) -> HttpResponse:
    """The query travels on the answer, for somebody to run it later."""
    response = HttpResponse("…")
    response.follow_ups = follow_ups()  # type: ignore[attr-defined]
    return response


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[str]:
        yield from (f"[{one.pk}]" for one in follow_ups())

    return StreamingHttpResponse(pieces())


def after_commit(request: HttpRequest) -> HttpResponse:
    transaction.on_commit(lambda: list(follow_ups()))
    return HttpResponse("…")


def after_commit_as_somebody(request: HttpRequest) -> HttpResponse:
    """What runs after the commit is a unit of work of its own."""
    actor = request.actor  # type: ignore[attr-defined]

    def count() -> None:
        with context.unit_of_work(actor):
            COUNTED.append(len(follow_ups()))

    transaction.on_commit(count)
    return HttpResponse("…")


COUNTED: list[int] = []


def nested(request: HttpRequest) -> HttpResponse:
    """In the middle of a page, a service acts; afterwards the page is its reader's again."""
    before = follow_ups().count()
    with context.acting_as(LOADER):
        between = follow_ups().count()
    return HttpResponse(f"{before} {between} {follow_ups().count()}")


@login_not_required
def writes(request: HttpRequest) -> HttpResponse:
    """A page asked with GET that changes something."""
    FollowUp.objects.update(opened_by=LOADER.user_id)
    return HttpResponse("…")


class ReadsLate:
    """A middleware outside the unit of work that uses what the view handed out."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if rows := getattr(response, "follow_ups", None):
            response.content = "".join(f"[{one.pk}]" for one in rows)
        return response


class ReadsEarly(ReadsLate):
    """A middleware that looks before anybody is known to be acting."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        list(follow_ups())
        return self.get_response(request)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    return errors.page(request, 404)


urlpatterns = [
    path("at-once/", at_once),
    path("rendered-late/", rendered_late),
    path("handed-out/", handed_out),
    path("streamed/", streamed),
    path("after-commit/", after_commit),
    path("after-commit-as-somebody/", after_commit_as_somebody),
    path("nested/", nested),
    path("writes/", writes),
]
