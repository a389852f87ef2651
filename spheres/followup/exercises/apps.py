from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    name = "spheres.followup.exercises"

    def ready(self) -> None:
        from spheres.followup.exercises import beside, queries, standing
        from spheres.followup.exercises.models import PlanSheet, SafetySheet
        from spheres.records.between import followup_tools, gathering, places, serving
        from spheres.regions import queries as regions
        from spheres.sharing.rules import PLAN, SAFETY

        regions.photograph_also(queries.EXERCISES, queries.take)
        gathering.ask(queries.SORTED, PlanSheet, queries.NEWEST_SORTED)
        serving.matter(queries.matters, queries.SAID)
        places.show_on_file(standing.block)
        places.show_on_plan(standing.pictures)
        for section, model, query in (
            (PLAN, PlanSheet, beside.of_plan),
            (SAFETY, SafetySheet, beside.of_safety),
        ):
            gathering.ask(beside.ASKED[section], model, query, on=gathering.OF_COURSE)
        places.stand_beside_course(beside.course)
        followup_tools.say_touches(queries.touches_of)
