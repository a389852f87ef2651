from django.apps import AppConfig


class MeetingPapersConfig(AppConfig):
    name = "spheres.partners.meeting_papers"

    def ready(self) -> None:
        from spheres.partners.meeting_papers import standing
        from spheres.records.between import occasions

        occasions.lay(standing.MEETING, standing.on_page)
