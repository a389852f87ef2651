from django.apps import AppConfig


class AccompanimentsConfig(AppConfig):
    name = "spheres.followup.accompaniments"

    def ready(self) -> None:
        from spheres.followup.accompaniments import queries, standing
        from spheres.records.between import carrying, gathering, helping, places
        from spheres.records.between import serving as records

        for what, (model, query) in queries.OF_PLAN.items():
            gathering.ask(what, model, query)
            gathering.ask(what, model, query, on=gathering.OF_PARTS)
        helping.tell(standing.helping)
        carrying.keep(carrying.STEPS, standing.carried)
        records.serve(standing.serving, queries.ANSWERED)
        places.ask_of_day(queries.STILL_OPEN, queries.COMING)
        places.ask_in_good_time(standing.next_steps)
        places.show_on_plan(standing.on_plan)
