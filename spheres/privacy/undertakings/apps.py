from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UndertakingsConfig(AppConfig):
    name = "spheres.privacy.undertakings"

    def ready(self) -> None:
        from spheres.privacy.undertakings import policy, queries, standing
        from spheres.records.between import places
        from spheres.ui import navigation

        places.ask_of_day(queries.LAPSES, queries.OF_DAY)
        places.stand_first(standing.mine_now)
        places.hand_over(standing.mine_soon, queries.LAPSES)
        places.hand_over(standing.of_those_i_follow)
        places.ask_in_good_time(standing.mine_later)
        places.tell_leads(standing.of_my_team)
        navigation.register_account(
            navigation.Entry(
                "undertaking",
                _("My undertaking"),
                "undertakings:mine",
                "check",
                40,
                policy.can_sign,
            )
        )
        navigation.register(
            navigation.Entry(
                "clearance",
                _("Undertakings and trainings"),
                "undertakings:people",
                "check",
                68,
                lambda actor: policy.can_say_what_is_asked(actor, True),
                kept_at="privacy",
                lead=_("What each person signed and was trained in, and what ends when."),
            )
        )
        # Others who follow it may have a full rail: the way stands beside their account.
        navigation.register_account(
            navigation.Entry(
                "undertakings",
                _("Undertakings and trainings"),
                "undertakings:people",
                "people",
                41,
                policy.can_follow,
            )
        )
