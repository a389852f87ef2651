from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentsConfig(AppConfig):
    name = "spheres.followup.consents"

    def ready(self) -> None:
        from spheres.followup.consents import actions, queries, standing
        from spheres.records import hooks, places, together

        hooks.after_birth_date(actions.end_beyond)
        hooks.after_suspension(actions.end_of_representative)
        places.ask_with_file(queries.OF_FILE)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.ENDS_SOON, queries.SOON_OVER)
        places.ask_of_day(queries.WITH_US, queries.TO_US)
        places.ask_in_good_time(standing.soon_over)
        places.show_on_day(standing.with_us)
        together.read_with_her(
            together.Page("shared", _("What you share"), "eye", standing.with_her, from_age=False)
        )
