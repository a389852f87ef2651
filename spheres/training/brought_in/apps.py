from django.apps import AppConfig


class BroughtInConfig(AppConfig):
    name = "spheres.training.brought_in"

    def ready(self) -> None:
        from spheres.records.between import reached
        from spheres.training.brought_in import standing

        reached.place(standing.from_where)
