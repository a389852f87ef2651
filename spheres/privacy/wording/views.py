"""What does whoever guards privacy see of the letters, and how do they word one?"""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.decision import Decision
from spheres.privacy.wording import actions, policy, queries
from spheres.privacy.wording.forms import BackForm, WordsForm
from spheres.privacy.wording.queries import Standing
from spheres.records import wording
from spheres.records.wording import LANGUAGES, Words

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
NAME: Final = "letter.pdf"
MOVED: Final = _(
    "Somebody adopted other words meanwhile: they stand above. Yours are still below, and nothing "
    "was kept: read both, then adopt yours if they are still what is needed."
)


@require_GET
def page(request: PageRequest) -> HttpResponse:
    """Every paragraph of every letter: whose words it says, and what is to be read again."""
    policy.can_read(request.actor).or_raise()
    letters = queries.standing(actor=request.actor, on=clock.today())
    says = {
        "letters": letters,
        "due": sum(bool(one.due) for _letter, paragraphs in letters for one in paragraphs),
        "languages": LANGUAGES,
    }
    return render(request, "wording/page.html", says)


def _found(request: PageRequest, letter: str, paragraph: str) -> Standing:
    policy.can_read(request.actor).or_raise()
    found = queries.one(letter, paragraph, actor=request.actor, on=clock.today())
    if found is None:
        raise Http404
    return found


@require_http_methods(READ_AND_WRITE)
def one(request: PageRequest, letter: str, paragraph: str) -> HttpResponse:
    """One paragraph: what stands, what it must say, and its new words, looked at or adopted."""
    found = _found(request, letter, paragraph)
    house = queries.body(actor=request.actor, at=clock.now())
    may = policy.can_word(request.actor, house.pk == request.actor.organisation_id)
    if request.method == "POST":
        may.or_raise()
    form = WordsForm(request.POST or None, standing=found, house=house)
    if form.is_bound and form.intact and found.is_kept(form.record_id):
        return redirect("wording:one", letter, paragraph)  # sent twice
    if form.is_bound and form.is_valid():
        if (language := request.POST.get("look", "")) in LANGUAGES:
            words = queries.now(found.letter, actor=request.actor, at=clock.now())
            return _paper(words.with_these(paragraph, form.both), language)
        if not form.is_of_another:
            actions.adopt(found, form.said(), by=request.actor, at=clock.now())
            return redirect("wording:one", letter, paragraph)
        form.add_error(None, str(MOVED))
        form.stands_beside(found)
    return _one(request, found, form, may)


def _one(request: PageRequest, found: Standing, form: WordsForm, may: Decision) -> HttpResponse:
    says = {
        "one": found,
        "form": form,
        "back": BackForm(auto_id=False) if found.own and may else None,
        "may": may,
        "places": [(f"{{{name}}}", what) for name, what in found.paragraph.places.items()],
        "asked": [f"{{{name}}}" for name in found.paragraph.asked],
    }
    return render(request, "wording/one.html", says, status=422 if form.is_bound else 200)


@require_POST
def back(request: PageRequest, letter: str, paragraph: str) -> HttpResponse:
    """One press: the region's words again."""
    found = _found(request, letter, paragraph)
    form = BackForm(request.POST)
    if form.is_valid() and found.own:
        actions.go_back(found, form.number, by=request.actor, at=clock.now())
    return redirect("wording:one", letter, paragraph)


@require_GET
def sample(request: PageRequest, letter: str, language: str) -> HttpResponse:
    """The whole letter as it would be written today, of nobody."""
    policy.can_read(request.actor).or_raise()
    found = wording.letter(letter)
    if found is None or language not in LANGUAGES:
        raise Http404
    return _paper(queries.now(found, actor=request.actor, at=clock.now()), language)


def _paper(words: Words, language: str) -> HttpResponse:
    with translation.override(language):
        made = words.letter.sample(words)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer
