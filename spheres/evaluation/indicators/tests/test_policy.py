"""Who may look at the figures?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import VISITOR, Actor, service
from spheres.evaluation.indicators import policy

# From the page of rights: « Indicators: A », and the roles it gives figures only.
MAY = {
    Role.COORDINATOR: True,
    Role.YOUTH_WORKER: True,
    Role.TEAM_LEAD: True,
    Role.PSYCHOTHERAPIST: True,
    Role.PROFESSIONAL_SUPPORT: True,
    Role.POLICE_MEMBER: True,
    Role.STEERING_MEMBER: True,
    Role.ORGANISATION_MANAGER: True,
    Role.CLINICAL_DIRECTOR: True,
    Role.RESEARCH_OFFICER: True,
    Role.RESEARCHER: True,
    Role.TRAINER: False,
    Role.AWARENESS_CONTRIBUTOR: False,
    Role.CONSULTANT: False,
    Role.RECORDS_OFFICER: False,
    Role.PRIVACY_OFFICER: True,
    Role.COUNSEL: False,
    Role.FINANCE: True,
    Role.TECHNICAL_ADMINISTRATOR: False,
}


@pytest.mark.parametrize("role", Role)
def test_whoever_the_page_of_rights_gives_figures_sees_them(role: Role) -> None:
    decision = policy.can_see_figures(Actor(uuid4(), uuid4(), frozenset({role})))

    assert decision.allowed == MAY[role]
    assert bool(decision.reason) != decision.allowed


@pytest.mark.parametrize("actor", [VISITOR, service("rollups"), service("loader")], ids=str)
def test_nobody_else_does(actor: Actor) -> None:
    assert not policy.can_see_figures(actor)
