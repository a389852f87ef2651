"""What is seen of the rules that apply: on a page, and on the paper that a committee signs?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.evaluation.rights import papers, policy, queries


@require_GET
def page(request: PageRequest) -> HttpResponse:
    """Who may read and write what, in plain words, as it applies now."""
    policy.can_look(request.actor).or_raise()
    rights = queries.page(actor=request.actor, on=clock.today())
    words = {
        "rights": rights,
        "heads": papers.heads(),
        "states": papers.states(rights),
        "comparing": papers.comparing(),
    }
    return render(request, "rights/page.html", words)


@require_GET
def paper(request: PageRequest) -> HttpResponse:
    """The same on paper, with room for signatures; in the language that is asked."""
    policy.can_look(request.actor).or_raise()
    language = "en" if request.GET.get("language") == "en" else "fr"
    with translation.override(language):
        made = papers.make(queries.page(actor=request.actor, on=clock.today()), language=language)
    answer = HttpResponse(made.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{made.name}"'
    return answer
