from django.apps import AppConfig


class StrengthsConfig(AppConfig):
    name = "spheres.followup.strengths"

    def ready(self) -> None:
        from spheres.followup.strengths import actions, queries, standing
        from spheres.followup.strengths.models import Strength
        from spheres.followup.strengths.record import LABEL
        from spheres.records.between import followup_tools, gathering, places, strengths
        from spheres.sharing.rules import PLAN

        gathering.ask(queries.WITH_HER_WORDS, Strength, queries.NEWEST, on=gathering.OF_FILE)
        gathering.ask(queries.ON_PLAN, Strength, queries.OF_PLAN)
        places.stand_after_her_words(standing.with_her_words)
        places.show_on_plan(standing.on_plan)
        strengths.kept_by(actions.keep_found, queries.found_already)
        followup_tools.register(
            followup_tools.Tool("strengths", PLAN, LABEL, "strengths:write", "strengths:log")
        )
