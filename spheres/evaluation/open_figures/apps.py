from django.apps import AppConfig


class OpenFiguresConfig(AppConfig):
    name = "spheres.evaluation.open_figures"

    def ready(self) -> None:
        from spheres.evaluation.open_figures import queries
        from spheres.regions import queries as regions

        regions.photograph_also(queries.OPEN_FIGURES, queries.take_open)
