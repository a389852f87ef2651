from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepresentativesConfig(AppConfig):
    name = "spheres.followup.representatives"

    def ready(self) -> None:
        from spheres.followup.representatives import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.show_on_file(standing.block)
        places.ask_of_day(queries.TO_REVIEW, queries.WAITING)
        places.hand_over(standing.waiting, queries.TO_REVIEW)
        places.ask_of_desk(standing.waiting, queries.TO_REVIEW)
        # Whoever looks at it again accompanies nobody: the way is in the rail.
        navigation.register(
            navigation.Entry(
                "representatives",
                _("Suspended rights"),
                "representatives:reviews",
                "eye",
                64,
                policy.can_review,
                kept_at="privacy",
                lead=_("Rights of a parent or a tutor that a worker suspended: a second look."),
            )
        )
