from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "spheres.partners.committees"

    def ready(self) -> None:
        from spheres.partners.committees import policy, queries, standing
        from spheres.records.between import (
            decisions,
            knowing,
            occasions,
            places,
            programme,
            telling,
        )
        from spheres.sharing import actions as sharing
        from spheres.ui import navigation

        knowing.read_here(
            knowing.Reading("item", queries.item_read, "committees:item", sharing.step_out)
        )
        telling.tell_besides(standing.besides)
        decisions.tell(standing.decided_where_one_chairs)
        occasions.call(standing.MEETING, standing.occasions)
        programme.plan(standing.planned)
        places.ask_of_day(queries.TAKEN_ON, queries.TAKEN_ON_SOON)
        places.hand_over(standing.taken_on, queries.TAKEN_ON)
        places.ask_of_day(queries.SITTING_SOON, queries.MEETINGS_SOON)
        places.hand_over(standing.awaited, queries.SITTING_SOON)
        navigation.register(
            navigation.Entry(
                "partners",
                _("Partners"),
                "committees:list",
                "people",
                42,
                policy.can_look,
                under=(
                    "/cards/",
                    "/self-assessment/",
                    "/joining/",
                    "/rounds/",
                    "/practice/",
                    "/library/",
                    "/programme/",
                ),
            )
        )
