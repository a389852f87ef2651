from django.apps import AppConfig


class RestrictionsConfig(AppConfig):
    name = "spheres.followup.restrictions"

    def ready(self) -> None:
        from spheres.followup.restrictions import standing
        from spheres.followup.restrictions.models import Refusal
        from spheres.records import gathering, places

        gathering.ask(standing.STANDING, Refusal, standing.OF_FILE, on=gathering.OF_FILE)
        places.stand_after_her_words(standing.say_nothing)
        places.show_on_file(standing.block)
