from django.apps import AppConfig


class PassagesConfig(AppConfig):
    name = "spheres.followup.passages"

    def ready(self) -> None:
        from spheres.followup.passages import standing
        from spheres.records import places

        places.show_on_file(standing.block)
        places.ask_in_good_time(standing.questions)
