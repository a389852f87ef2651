from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentsConfig(AppConfig):
    name = "spheres.followup.consents"

    def ready(self) -> None:
        from spheres.followup.consents import actions, ending, policy, queries, standing
        from spheres.papers import registry as papers
        from spheres.records.between import hooks, knowing, places, together

        hooks.after_birth_date(actions.end_beyond)
        hooks.after_suspension(actions.end_of_representative)
        knowing.read_here(knowing.Reading("shared", standing.file_shared, "consents:shared"))
        places.ask_with_file(queries.OF_FILE)
        places.show_on_file(standing.block)
        places.ask_of_day(ending.ENDS_SOON, ending.SOON_OVER)
        places.ask_of_day(ending.AT_DESK, ending.NUMBERS)
        places.ask_of_desk(standing.ends_at_desk, ending.AT_DESK)
        places.ask_of_day(queries.WITH_US, queries.TO_US)
        places.ask_in_good_time(standing.soon_over)
        places.show_on_day(standing.with_us)
        places.lead_from_people(standing.way_to_ending)
        papers.register(
            papers.PaperKind(
                slug="consent",
                title=_("The signed paper of what is shared"),
                lead=_(
                    "What the person signed, or the authorisation of a parent or a tutor. It "
                    "proves what was said; what may be read depends on what is written here, never "
                    "on the paper."
                ),
                may=policy.can_share,
                stands=queries.has_papers,
                back="consents:hers",
            )
        )
        together.read_with_her(
            together.Page("shared", _("What you share"), "eye", standing.with_her, from_age=False)
        )
