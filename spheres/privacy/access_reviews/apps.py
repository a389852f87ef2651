from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessReviewsConfig(AppConfig):
    name = "spheres.privacy.access_reviews"

    def ready(self) -> None:
        from spheres.privacy.access_reviews import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.LAST, queries.LAST_TIME)
        places.hand_over(standing.due, queries.LAST)
        navigation.register(
            navigation.Entry(
                "access-review",
                _("Who has access"),
                "access_reviews:page",
                "people",
                69,
                policy.can_review,
                kept_at="privacy",
                lead=_("Once a year: each person, each role, the journal."),
            )
        )
