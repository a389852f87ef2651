from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "spheres.privacy.incidents"

    def ready(self) -> None:
        from spheres.privacy.incidents import documents, policy, queries, standing
        from spheres.records import wording
        from spheres.records.between import places, telling
        from spheres.ui import navigation

        wording.declare(*documents.LETTERS.values())
        telling.tell_besides(standing.besides)
        places.ask_with_file(standing.OF_FILE)
        places.show_on_file(standing.block)
        places.ask_of_day(queries.TO_HANDLE, queries.OF_REGISTER)
        places.ask_of_day(queries.TO_TELL, queries.TO_TELL_THEM)
        places.stand_first(standing.to_tell)
        places.hand_over(standing.to_handle, queries.TO_HANDLE)
        places.ask_of_day(queries.TO_REVIEW, queries.OF_REVIEWS)
        places.hand_over(standing.to_review, queries.TO_REVIEW)
        navigation.register_after_loss("incidents:lost")
        navigation.register_quick(
            navigation.Entry(
                "incident",
                _("Something may have been seen, lost or sent wrongly"),
                "incidents:tell",
                "shield",
                order=95,
                shown=policy.can_tell,
            )
        )
        navigation.register(
            navigation.Entry(
                "incidents",
                _("Register of incidents"),
                "incidents:list",
                "shield",
                63,
                policy.can_keep,
                kept_at="privacy",
                lead=_("What happened, what is done, who is told; kept for five years."),
            )
        )
        for slug, label, url_name, icon, order, shown in (
            ("tell-incident", _("Tell a confidentiality incident"), "incidents:list", "shield", 30,
             policy.can_tell),
            ("colleague-lost", _("A colleague’s device is lost"), "incidents:colleague", "phone",
             50, policy.can_see_to_colleagues),
        ):  # fmt: skip
            navigation.register_account(navigation.Entry(slug, label, url_name, icon, order, shown))
