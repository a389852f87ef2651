from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "spheres.config"

    def ready(self) -> None:
        from spheres.config import (  # noqa: F401 -- they say which files hold a demonstration’s life
            absences,
            advised,
            asked,
            assessed,
            attested,
            brought,
            carded,
            cleared,
            communications,
            convened,
            dangers,
            demanded,
            hand_overs,
            incidents,
            kept,
            learned,
            life,
            opened,
            practised,
            reflected,
            restrictions,
            shared,
            success,
            suspended,
            taken,
            taught,
            teaching,
            under_codes,
            worded,
            worries,
        )
        from spheres.regions.registry import register

        # After the lives, against which it is held.
        register(shared.SECTION)
        register(opened.SECTION)
        register(taken.SECTION)
        register(communications.SECTION)
        register(dangers.SECTION)
        register(worries.SECTION)
        register(under_codes.SECTION)
        register(incidents.SECTION)
        register(asked.SECTION)
        register(demanded.SECTION)
        register(kept.SECTION)
        register(convened.SECTION)
        register(carded.SECTION)
        register(practised.SECTION)
        register(taught.SECTION)
        register(attested.SECTION)
        register(brought.SECTION)
        register(worded.SECTION)
        register(reflected.SECTION)
        register(assessed.SECTION)
        register(success.SECTION)
        register(learned.SECTION)
        register(teaching.SECTION)
        register(advised.SECTION)
