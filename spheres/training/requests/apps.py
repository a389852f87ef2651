from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "spheres.training.requests"

    def ready(self) -> None:
        from spheres.records.between import engaged, places
        from spheres.sharing import counting
        from spheres.training.requests import queries, standing

        counting.answer(queries.ASKED)
        engaged.tell(standing.engaged)
        engaged.ask_training_at("requests:begin")
        places.ask_of_day(queries.TO_ANSWER, queries.WAITING)
        places.ask_of_desk(standing.at_desk, queries.TO_ANSWER)
