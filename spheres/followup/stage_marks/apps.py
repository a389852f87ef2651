from django.apps import AppConfig


class StageMarksConfig(AppConfig):
    name = "spheres.followup.stage_marks"

    def ready(self) -> None:
        from spheres.followup.stage_marks import queries, standing
        from spheres.followup.stage_marks.models import StageMark
        from spheres.followup.stage_marks.record import LABEL
        from spheres.records.between import followup_tools, gathering, places
        from spheres.sharing.rules import PLAN

        gathering.ask(queries.NEWEST_MARKS, StageMark, queries.NEWEST)
        places.show_on_plan(standing.paths, first=True)
        followup_tools.register(
            followup_tools.Tool(
                "stage_marks", PLAN, LABEL, "stage_marks:write", "stage_marks:paths"
            )
        )
