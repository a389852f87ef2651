from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "spheres.followup.meetings"

    def ready(self) -> None:
        from spheres.followup.meetings import queries, standing
        from spheres.records.between import places

        places.ask_of_day(queries.MEETINGS, queries.OF_TODAY)
        places.show_on_day(standing.today)
        places.stand_after_her_words(standing.next_meeting)
