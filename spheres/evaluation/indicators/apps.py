from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "spheres.evaluation.indicators"

    def ready(self) -> None:
        from spheres.evaluation.indicators import policy
        from spheres.evaluation.indicators.counting import FIGURES
        from spheres.evaluation.indicators.models import Measure
        from spheres.records.between import measured
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.register(FIGURES)
        for one in Measure:
            measured.say(
                measured.Measured(
                    one.lower(),
                    one.label,
                    "indicators:definitions",
                    policy.can_see_figures,
                    one.lower(),
                    "indicators:figures",
                )
            )
        navigation.register(
            navigation.Entry(
                "figures",
                _("Figures"),
                "indicators:figures",
                "chart",
                57,
                policy.can_see_figures,
                "g f",
            )
        )
        navigation.register_door(
            navigation.Entry(
                "our_figures",
                _("Our own figures"),
                "indicators:ours",
                "chart",
                15,
                policy.can_see_figures,
                kept_at="figures",
                lead=_("What was counted of our organisation, beside the whole programme."),
            )
        )
