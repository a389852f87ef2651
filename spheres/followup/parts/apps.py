from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "spheres.followup.parts"

    def ready(self) -> None:
        from spheres.followup.parts import queries, standing
        from spheres.followup.parts.models import Part
        from spheres.records.between import gathering, places, shared

        gathering.ask(queries.PARTS, Part, queries.CURRENT, on=gathering.OF_PARTS)
        places.show_on_file(standing.block)
        shared.stand_beside(standing.ours)
