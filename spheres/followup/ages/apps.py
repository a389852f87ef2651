from django.apps import AppConfig


class AgesConfig(AppConfig):
    name = "spheres.followup.ages"

    def ready(self) -> None:
        from spheres.followup.ages import standing
        from spheres.records.between import places

        places.show_on_file(standing.block)
        places.ask_in_good_time(standing.questions)
