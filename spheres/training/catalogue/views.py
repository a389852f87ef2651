"""What is seen of the catalogue: all that is taught, one topic, with what it is taught, and who?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.training.catalogue import actions, policy, queries
from spheres.training.catalogue.forms import (
    ConfirmForm,
    MaterialForm,
    OutsideForm,
    TeachingForm,
)

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """All that is taught: what everybody begins with, then what is recommended."""
    policy.can_look(request.actor).or_raise()
    taught = queries.topics(actor=request.actor)
    words = {
        "topics": [one for one in taught if not one.row.is_recommended],
        "recommended": [one for one in taught if one.row.is_recommended],
        "may_coordinate": policy.can_say_outside(request.actor),
        "may_keep": policy.can_keep_material(request.actor),
    }
    return render(request, "catalogue/list.html", words)


@require_GET
def topic(request: PageRequest, topic_id: UUID) -> HttpResponse:
    """One topic: what one will be able to do, what comes before, with what and by whom."""
    found = _topic(request, topic_id)
    slug = found.row.slug
    words = {
        "topic": found,
        "materials": queries.materials(slug, actor=request.actor),
        "trainers": [
            one for one in queries.trainers(actor=request.actor) if slug in one.row.topics
        ],
        "may_keep": policy.can_keep_material(request.actor),
    }
    return render(request, "catalogue/topic.html", words)


def _topic(request: PageRequest, topic_id: UUID) -> queries.Shown:
    policy.can_look(request.actor).or_raise()
    found = queries.topic(topic_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_http_methods(READ_AND_WRITE)
def keep(request: PageRequest, topic_id: UUID) -> HttpResponse:
    """Something that serves to teach a topic."""
    found = _topic(request, topic_id)
    policy.can_keep_material(request.actor).or_raise()
    form = MaterialForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.keep(sent(form), found.row, by=request.actor, at=clock.now())
        return redirect("catalogue:topic", topic_id)
    return _material(request, form, found)


@require_http_methods(READ_AND_WRITE)
def keep_next(request: PageRequest, material_id: UUID) -> HttpResponse:
    """Its next version; the older ones stay."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    of = queries.material(material_id, actor=actor)
    taught = queries.topics(actor=actor)
    found = next((one for one in taught if of and one.row.slug == of.newest.row.topic), None)
    if of is None or found is None:
        raise Http404
    policy.can_keep_material(actor).or_raise()
    form = MaterialForm(request.POST or None, of=of.newest.row)
    if form.is_bound and form.is_valid():
        actions.keep_next(sent(form), of, by=actor, at=clock.now())
        return redirect("catalogue:topic", found.row.pk)
    return _material(request, form, found, of=of)


def _material(
    request: PageRequest, form: MaterialForm, topic: queries.Shown, of: queries.Kept | None = None
) -> HttpResponse:
    words = {"form": form, "topic": topic, "of": of}
    return render(request, "catalogue/material.html", words, status=422 if form.is_bound else 200)


def sent(form: MaterialForm) -> actions.Sent:
    said = form.cleaned_data
    return actions.Sent(
        form.record_id, said["title"], said["language"], said["dated_on"], said["address"]
    )


@require_GET
def trainers(request: PageRequest) -> HttpResponse:
    """Who teaches what, in which languages and where."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    titles = {one.row.slug: one.row.title for one in queries.topics(actor=actor)}
    found = [
        (one, [titles[slug] for slug in one.row.topics if slug in titles])
        for one in queries.trainers(actor=actor)
    ]
    words = {
        "trainers": [
            (one, taught, ConfirmForm(auto_id=f"{one.row.pk}_%s"))
            for one, taught in found
            if taught
        ],
        "may_say_outside": policy.can_say_outside(actor),
        "may_confirm": policy.can_confirm(actor, waits=True),
    }
    return render(request, "catalogue/trainers.html", words)


@require_http_methods(READ_AND_WRITE)
def say_own(request: PageRequest) -> HttpResponse:
    """What one teaches oneself."""
    actor = request.actor
    policy.can_say_own(actor).or_raise()
    of = queries.teaching(actor.user_id, actor=actor)
    taught = queries.topics(actor=actor)
    form = TeachingForm(request.POST or None, taught=taught, of=of)
    if form.is_bound and form.is_valid():
        actions.say_own(said(form), by=actor, at=clock.now())
        return redirect("catalogue:trainers")
    return _say(request, form)


@require_http_methods(READ_AND_WRITE)
def say_outside(request: PageRequest) -> HttpResponse:
    """What an outside organisation teaches."""
    return _outside(request, None)


@require_http_methods(READ_AND_WRITE)
def say_again(request: PageRequest, trainer_id: UUID) -> HttpResponse:
    """The same organisation, otherwise; of a person, they say it themselves."""
    policy.can_look(request.actor).or_raise()
    of = queries.teaching(trainer_id, actor=request.actor)
    if of is None or not of.row.outside:
        raise Http404
    return _outside(request, of)


def _outside(request: PageRequest, of: queries.Teaching | None) -> HttpResponse:
    actor = request.actor
    policy.can_say_outside(actor).or_raise()
    form = OutsideForm(request.POST or None, taught=queries.topics(actor=actor), of=of)
    if form.is_bound and form.is_valid():
        outside = form.cleaned_data["outside"]
        actions.say_outside(said(form), outside, by=actor, at=clock.now(), of=of)
        return redirect("catalogue:trainers")
    return _say(request, form)


def _say(request: PageRequest, form: TeachingForm) -> HttpResponse:
    words = {"form": form, "is_outside": isinstance(form, OutsideForm)}
    return render(request, "catalogue/say.html", words, status=422 if form.is_bound else 200)


def said(form: TeachingForm) -> actions.Said:
    chosen = form.cleaned_data
    return actions.Said(form.record_id, chosen["topics"], chosen["languages"], chosen["reaches"])


@require_POST
def confirm(request: PageRequest, trainer_id: UUID) -> HttpResponse:
    """What somebody last said that they teach is so."""
    policy.can_look(request.actor).or_raise()
    of = queries.teaching(trainer_id, actor=request.actor)
    if of is None:
        raise Http404
    form = ConfirmForm(request.POST)
    if form.is_valid():
        actions.confirm(form.record_id, of, by=request.actor, at=clock.now())
    return redirect("catalogue:trainers")
