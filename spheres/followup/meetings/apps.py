from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "spheres.followup.meetings"

    def ready(self) -> None:
        from spheres.followup.meetings import standing
        from spheres.records import places

        places.show_on_day(standing.today)
        places.stand_after_her_words(standing.next_meeting)
