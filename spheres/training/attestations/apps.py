from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttestationsConfig(AppConfig):
    name = "spheres.training.attestations"

    def ready(self) -> None:
        from spheres.records.between import engaged, places, reached, trained
        from spheres.sharing import counting
        from spheres.training.attestations import (
            actions,
            past,
            policy,
            queries,
            region,  # noqa: F401 -- registers its file
            standing,
        )
        from spheres.ui import navigation

        counting.answer(queries.VALID)
        trained.follow(actions.follow)
        trained.keep_past(past)
        trained.know(standing.holding)
        reached.tell(standing.attended)
        engaged.tell(standing.engaged)
        places.ask_of_day(queries.LAPSING, queries.OF_DAY)
        places.ask_in_good_time(standing.to_renew)
        for entry in (
            navigation.Entry(
                "my_trainings",
                _("My trainings"),
                "attestations:mine",
                "book",
                42,
                policy.can_read_own,
            ),
            navigation.Entry(
                "trainings_followed",
                _("Who was trained"),
                "attestations:coverage",
                "book",
                43,
                policy.can_follow,
            ),
        ):
            navigation.register_account(entry)
