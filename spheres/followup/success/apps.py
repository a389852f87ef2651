from django.apps import AppConfig


class SuccessConfig(AppConfig):
    name = "spheres.followup.success"

    def ready(self) -> None:
        from spheres.followup.success import queries, standing
        from spheres.followup.success.models import Choice
        from spheres.records.between import chosen, gathering, places
        from spheres.sharing import counting

        gathering.ask(queries.NEWEST, Choice, queries.NEWEST_OF_PLAN)
        places.show_on_plan(standing.on_plan)
        counting.register(queries.CHOSEN)
        chosen.tell(standing.told)
