from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "spheres.followup.plan"

    def ready(self) -> None:
        from spheres.followup.plan import standing
        from spheres.records import places

        places.show_on_plan(standing.needs)
        places.ask_in_good_time(standing.nothing_yet)
        places.surface_unmet(standing.unmet)
