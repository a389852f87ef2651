from django.apps import AppConfig


class InterventionSupportConfig(AppConfig):
    name = "spheres.worker_support.intervention_support"

    def ready(self) -> None:
        from spheres.records.between import places
        from spheres.sharing import counting
        from spheres.worker_support.intervention_support import queries, standing

        counting.answer(queries.ASKED)
        places.ask_of_day(queries.TO_ANSWER, queries.WAITING)
        places.ask_of_desk(standing.at_desk, queries.TO_ANSWER)
        places.hand_over(standing.handed, queries.TO_ANSWER)
