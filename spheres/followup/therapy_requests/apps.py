from django.apps import AppConfig


class TherapyRequestsConfig(AppConfig):
    name = "spheres.followup.therapy_requests"

    def ready(self) -> None:
        from spheres.followup.therapy_requests import queries, standing
        from spheres.records.between import places
        from spheres.sharing import beginning, parting

        beginning.begin_by("a psychotherapy", standing.AGREED_TO_BEGIN)
        parting.measure(standing.BEFORE_LEAVING)
        places.ask_with_file(queries.OF_FILE)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.WAITING, queries.TO_US)
        places.show_on_day(standing.with_us)
