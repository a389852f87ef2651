"""Which pieces of SQL and conditions do several tables say of their rows?"""

from __future__ import annotations

from django.db.models import Q

from spheres.accounts.models import Role

THE_DESK = f"organisation_id = (select access.desk()) and role = '{Role.COORDINATOR}'"
# Files are given to nobody whose clearance does not stand where they would be opened.
IS_CLEARED = "access.may_be_given(user_id, (select access.organisation()))"
A_WORKER = "user_id = any((select access.workers())::uuid[]) and access.may_be_offered(user_id)"
ME = "(select access.actor())"
HERSELF = f"user_id = {ME}"
NOW_TAKEN_BACK = (
    "withdrawn_at = (select access.moment()) and withdrawn_by = (select access.actor())"
)
# Whoever is away says who answers for her; a team lead says it for the team, never of herself.
HERS_TO_SAY = (
    "(for_user_id = (select access.actor()) "
    "or ((select access.leads()) and user_id <> (select access.actor())))"
)
A_COLLEAGUE = "user_id = any((select access.colleagues())::uuid[])"
# A colleague; or a worker of a partner, never of a police service (`standing.py`).
MAY_ANSWER = "access.may_answer(user_id, elsewhere_id)"
# Whoever answers in another organisation, where that person acts for it.
NAMED_ELSEWHERE = (
    "user_id = (select access.actor()) and elsewhere_id = (select access.organisation())"
)
# Whoever walks with her, and not whoever may only take her on.
BESIDE_HER = "file_id = any((select access.amendable_relation_files())::uuid[])"


def said_once(what: str) -> Q:
    """Somebody said it at some moment, or nobody did."""
    by, at = f"{what}_by__isnull", f"{what}_at__isnull"
    return Q(**{by: True, at: True}) | Q(**{by: False, at: False})
