"""What does one see of an outing with another organisation, and of what a person agrees to?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.activities import actions, policy, queries
from spheres.followup.activities.forms import AgreeForm, GuestForm
from spheres.followup.activities.views.shared import found, labels_of, open_list, show
from spheres.participants import queries as participants
from spheres.regions import queries as regions


@require_POST
def invite(request: PageRequest, activity_id: UUID) -> HttpResponse:
    """With whom: one partner."""
    activity, actor = found(request, activity_id), request.actor
    policy.can_invite(actor, activity, today=clock.today()).or_raise()
    form = GuestForm(request.POST, partners=queries.partners(actor=actor))
    if not form.is_valid():
        return show(request, activity_id, guest_form=form)
    partner = UUID(form.cleaned_data["partner"])
    actions.invite(activity_id, form.record_id, partner, by=actor, at=clock.now())
    return redirect("shared_activities:detail", activity_id)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: PageRequest, activity_id: UUID, attendance_id: UUID) -> HttpResponse:
    """With the person: what one worker there is to know that day, and nothing else."""
    activity, actor = open_list(request, activity_id), request.actor
    row = queries.sitting(attendance_id, activity_id, actor=actor)
    if row is None:
        raise Http404
    person = participants.header(row.file_id, actor=actor)
    if person is None:
        raise Http404
    told = queries.told_to(row.seat_id, actor=actor)
    others = [
        one for one in queries.others_along(activity_id, actor=actor) if one.user_id not in told
    ]
    decides_alone = person.decides_alone(on=activity.held_on, since_age=regions.region().self_from)
    form = AgreeForm(
        request.POST or None, others=others, person=person, decides_alone=decides_alone
    )
    if form.is_bound and form.is_valid() and not form.findings():
        actions.agree(
            activity_id, attendance_id, form.agreed(), person=person, by=actor, at=clock.now()
        )
        return redirect("shared_activities:list", activity_id)
    says = {
        "activity": activity,
        "said": labels_of(activity),
        "person": person,
        "others": others,
        "decides_alone": decides_alone,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/agree.html", says, status=status)


@require_POST
def take_back(request: PageRequest, file_id: UUID, along_id: UUID) -> HttpResponse:
    """They do not want it any more: one press, at any moment."""
    if participants.known(file_id, actor=request.actor) is None:
        raise Http404
    actions.take_back(file_id, along_id, by=request.actor, at=clock.now())
    return redirect("activities:of_file", file_id)
