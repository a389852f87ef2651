from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "spheres.training.sessions"

    def ready(self) -> None:
        from spheres.records.between import occasions, places, programme
        from spheres.training.sessions import queries, standing

        occasions.call(standing.TRAINING, standing.occasions)
        programme.plan(standing.planned)
        places.ask_of_day(queries.MINE, queries.MINE_SOON)
        places.hand_over(standing.soon, queries.MINE)
        places.ask_of_day(queries.COACHING, queries.COACHING_OFFERED)
        places.hand_over(standing.coaching, queries.COACHING)
