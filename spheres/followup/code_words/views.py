"""What does a worker see of a person who says her code word?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import limits
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.code_words import actions, policy, queries
from spheres.followup.code_words.forms import WordForm


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest) -> HttpResponse:
    """The word is sent, never written in an address; it opens a page of its own, or nothing."""
    policy.can_hear(request.actor).or_raise()
    if request.method != "POST":
        return render(request, "code_words/ask.html", {"form": WordForm()})
    form, status = WordForm(request.POST), 422
    if form.is_valid():
        word = form.cleaned_data["word"]
        try:
            if actions.hear(word, recognised_id=form.record_id, by=request.actor, at=clock.now()):
                return redirect("code_words:opened", form.record_id)
            form.add_error("word", _("This word opens nothing here. Ask them to say it again."))
        except limits.TooMany:
            form.add_error(
                "word", _("Several words were tried. Wait an hour, or ask a colleague to help.")
            )
            status = 429
    return render(request, "code_words/ask.html", {"form": form}, status=status)


@require_GET
def opened(request: PageRequest, recognised_id: UUID) -> HttpResponse:
    """How to reach her, where it stands, her page; for two hours."""
    said = queries.recognised(recognised_id, actor=request.actor, at=clock.now())
    if said is None:
        raise Http404
    words = {"opened": queries.opened(said, actor=request.actor), "recognised_id": recognised_id}
    return render(request, "code_words/opened.html", words)


@require_POST
def take_on(request: PageRequest, recognised_id: UUID) -> HttpResponse:
    """She goes on with this worker: her file opens, and what was written before stays folded."""
    said = queries.recognised(recognised_id, actor=request.actor, at=clock.now())
    if said is None:
        raise Http404
    actions.take_on(said.file_id, recognised_id=recognised_id, by=request.actor, at=clock.now())
    return redirect("dossier:file", said.file_id)
