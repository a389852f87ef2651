from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestrictionsConfig(AppConfig):
    name = "spheres.followup.restrictions"

    def ready(self) -> None:
        from spheres.followup.restrictions import documents, policy, queries, standing
        from spheres.followup.restrictions.models import Refusal
        from spheres.papers import registry as papers
        from spheres.records import wording
        from spheres.records.between import gathering, places, refusing, together

        wording.declare(documents.LETTER)
        wording.declare(documents.LETTER_OF_REFUSAL)
        refusing.refuse(standing.relatives, Refusal.Relatives.choices)
        gathering.ask(standing.STANDING, Refusal, standing.OF_FILE, on=gathering.OF_FILE)
        places.stand_after_her_words(standing.say_nothing)
        places.show_on_file(standing.block)
        together.read_with_her(
            together.Page(
                "kept", _("Who must not see, and what you refuse"), "lock", standing.with_her
            )
        )
        papers.register(
            papers.PaperKind(
                slug="restriction",
                title=_("The signed notice"),
                lead=_(
                    "The notice that was signed, by the person or by whoever signs with them. What "
                    "it says has been in force since it was written, with or without the paper."
                ),
                may=policy.can_write,
                stands=queries.has_papers,
                back="restrictions:page",
            )
        )
