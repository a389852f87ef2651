from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkloadConfig(AppConfig):
    name = "spheres.followup.workload"

    def ready(self) -> None:
        from spheres.accounts.models import Role
        from spheres.followup.workload import policy, queries
        from spheres.records.between import places
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.weigh(queries.ACCOMPANIED)
        navigation.register(
            navigation.Entry(
                "team", _("Team"), "workload:team", "people", 40, policy.can_see_workload, "g e"
            )
        )
        places.begin_at(places.Home(frozenset({Role.TEAM_LEAD}), "workload:team"))
