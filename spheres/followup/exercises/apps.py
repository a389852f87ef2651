from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    name = "spheres.followup.exercises"

    def ready(self) -> None:
        from spheres.followup.exercises import queries, standing
        from spheres.followup.exercises.models import PlanSheet
        from spheres.records import gathering, places, serving
        from spheres.regions import queries as regions

        regions.photograph_also(queries.EXERCISES, queries.take)
        gathering.ask(queries.SORTED, PlanSheet, queries.NEWEST_SORTED)
        serving.matter(queries.matters, queries.SAID)
        places.show_on_file(standing.block)
        places.show_on_plan(standing.pictures)
