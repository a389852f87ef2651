from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "spheres.followup.activities"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.accounts.models import Role
        from spheres.core.actor import Actor
        from spheres.followup.activities import queries, standing
        from spheres.followup.activities.models import Participation
        from spheres.records.between import gathering, places, telling
        from spheres.records.between import serving as records
        from spheres.ui import navigation

        def keeps_watch(actor: Actor) -> bool:
            return actor.has(Role.TEAM_LEAD, Role.PRIVACY_OFFICER)

        places.ask_of_day(queries.ALONG, queries.MY_NEXT)
        places.ask_in_good_time(standing.coming)
        places.lead_from_people(standing.way)
        gathering.ask(queries.LAST_ONES, Participation, queries.LAST)
        gathering.ask(queries.FOR_SOMETHING, Participation, queries.FOR)
        records.serve(standing.serving, queries.ANSWERED)
        places.show_on_plan(standing.on_plan)
        telling.tell_besides(standing.in_register)
        navigation.keep_at_hand("/activities/")
        navigation.register(
            navigation.Entry(
                "activities",
                _("Activities"),
                "shared_activities:board",
                "sun",
                order=55,
                shown=keeps_watch,
            )
        )
