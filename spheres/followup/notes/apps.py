from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotesConfig(AppConfig):
    name = "spheres.followup.notes"

    def ready(self) -> None:
        from spheres.followup.notes import policy, queries, standing
        from spheres.followup.notes.models import CHANGE, Note
        from spheres.records.between import brought, gathering, places, serving
        from spheres.ui import navigation

        places.tell_context(queries.CONTEXTS)
        places.tell_contact(queries.MET)
        gathering.ask(queries.ABOUT, Note, queries.ABOUT_NEEDS)
        serving.serve(standing.contacts, queries.ANSWERED)
        serving.matter(queries.talked_of)
        brought.offer(standing.to_bring, standing.brought)
        navigation.register_quick(
            navigation.Entry(
                "conversation", _("A conversation about change"), "dossier:contact", "message", 12,
                policy.can_write, asked=f"guide={CHANGE}",
            )
        )  # fmt: skip
