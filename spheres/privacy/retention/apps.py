from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "spheres.privacy.retention"

    def ready(self) -> None:
        from spheres.privacy.retention import documents, policy, queries, standing
        from spheres.records import wording
        from spheres.records.between import places
        from spheres.ui import navigation

        wording.declare(*documents.LETTERS.values())
        places.ask_of_day(queries.TO_SEE, queries.NUMBERS)
        places.hand_over(standing.waiting, queries.TO_SEE)
        places.show_on_file(standing.block)
        # Those who keep the files of an organisation walk with nobody: the page of privacy leads.
        navigation.register(
            navigation.Entry(
                "retention",
                _("Keeping and erasing"),
                "retention:queue",
                "clock",
                66,
                policy.can_keep,
                kept_at="privacy",
                lead=_("What has been kept long enough: destroyed or sealed, by two people."),
            )
        )
        navigation.register(
            navigation.Entry(
                "holds",
                _("Legal holds"),
                "retention:holds",
                "lock",
                67,
                policy.can_see_holds,
                kept_at="privacy",
                lead=_("What must not be destroyed for now, and why."),
            )
        )
