from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "spheres.followup.plan"

    def ready(self) -> None:
        from spheres.accounts.models import Organisation
        from spheres.followup.plan import queries, standing
        from spheres.records.between import gathering, places, together

        gathering.ask(queries.HOLDER, Organisation, queries.HOLDER_OF)
        places.show_on_plan(standing.needs)
        places.ask_in_good_time(standing.nothing_yet)
        places.surface_unmet(standing.unmet)
        together.read_with_her(
            together.Page(
                "made", _("What was made with you"), "leaf", standing.with_her, from_age=False
            )
        )
