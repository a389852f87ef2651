from django.apps import AppConfig


class StageMarksConfig(AppConfig):
    name = "spheres.followup.stage_marks"

    def ready(self) -> None:
        from spheres.followup.stage_marks import queries, standing
        from spheres.followup.stage_marks.models import StageMark
        from spheres.records import gathering, places

        gathering.ask(queries.NEWEST_MARKS, StageMark, queries.NEWEST)
        places.show_on_plan(standing.paths, first=True)
