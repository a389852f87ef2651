from django.apps import AppConfig


class ReachingConfig(AppConfig):
    name = "spheres.followup.reaching"

    def ready(self) -> None:
        from spheres.followup.reaching import queries
        from spheres.records.between import places

        places.show_on_file(queries.block)
