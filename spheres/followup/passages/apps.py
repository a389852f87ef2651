from django.apps import AppConfig


class PassagesConfig(AppConfig):
    name = "spheres.followup.passages"

    def ready(self) -> None:
        from spheres.followup.passages import queries, standing
        from spheres.records.between import places

        places.ask_of_day(queries.ASKED_ALREADY, queries.ASKED)
        places.show_on_file(standing.block)
        places.ask_in_good_time(standing.questions)
