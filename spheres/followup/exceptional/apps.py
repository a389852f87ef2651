from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExceptionalConfig(AppConfig):
    name = "spheres.followup.exceptional"

    def ready(self) -> None:
        from spheres.accounts.models import Role
        from spheres.followup.exceptional import policy, queries, standing
        from spheres.records.between import knowing, places
        from spheres.ui import navigation

        knowing.read_here(knowing.Reading("hour", queries.file_opened, "exceptional:opened"))
        places.ask_of_day(queries.OF_DAY, queries.OF_MY_DAY)
        places.show_on_file(standing.block)
        places.stand_first(standing.mine)
        places.ask_of_day(queries.TO_REVIEW, queries.WAITING)
        places.hand_over(standing.waiting, queries.TO_REVIEW)
        places.ask_of_desk(standing.waiting, queries.TO_REVIEW)
        places.ask_of_day(queries.LATE_ELSEWHERE, queries.LEFT_UNREVIEWED, Role.COORDINATOR)
        places.ask_of_desk(standing.late_elsewhere, queries.LATE_ELSEWHERE)
        # Those who review have no page in common: the way is in their rail.
        navigation.register(
            navigation.Entry(
                "exceptional",
                _("Exceptional access"),
                "exceptional:reviews",
                "eye",
                60,
                policy.can_review,
                kept_at="privacy",
                lead=_("A file that was opened for an hour, with its reason: a second look."),
            )
        )
