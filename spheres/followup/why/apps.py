from django.apps import AppConfig


class WhyConfig(AppConfig):
    name = "spheres.followup.why"

    def ready(self) -> None:
        from spheres.followup.why import queries, standing
        from spheres.records.between import places

        places.ask_of_day(queries.WAITING, queries.AT_DESK)
        places.ask_of_desk(standing.asked, queries.WAITING)
