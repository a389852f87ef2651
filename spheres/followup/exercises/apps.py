from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    name = "spheres.followup.exercises"

    def ready(self) -> None:
        from spheres.followup.exercises import queries, standing
        from spheres.records import places
        from spheres.regions import queries as regions

        regions.photograph_also(queries.EXERCISES, queries.take)
        places.show_on_file(standing.block)
