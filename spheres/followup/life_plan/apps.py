from django.apps import AppConfig


class LifePlanConfig(AppConfig):
    name = "spheres.followup.life_plan"

    def ready(self) -> None:
        from spheres.followup.life_plan import queries, standing
        from spheres.followup.life_plan.record import LABEL
        from spheres.records.between import followup_tools, gathering, places, serving, shared
        from spheres.sharing.rules import PLAN, STEPS

        for what, (model, query) in queries.OF_PLAN.items():
            gathering.ask(what, model, query)
        places.ask_of_day(queries.COMING, queries.STEPS_OF_DAY)
        places.ask_of_day(queries.TO_DO, queries.TASKS_OF_DAY)
        serving.want(standing.wanted)
        serving.serve(standing.steps, queries.ANSWERED)
        places.show_on_plan(standing.dreams, first=True)
        places.show_on_day(standing.promised)
        shared.show_to_partner(STEPS, standing.steps_alone)
        followup_tools.register(
            followup_tools.Tool("life_plan", PLAN, LABEL, "life_plan:write", "plan:page")
        )
