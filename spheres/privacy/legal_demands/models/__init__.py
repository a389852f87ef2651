"""What is kept of a legal demand: as it arrived, and as it is answered about one file?"""

from spheres.privacy.legal_demands.models.answered import (
    CODES,
    Informing,
    Production,
    Step,
    Verdict,
)
from spheres.privacy.legal_demands.models.arrived import (
    Asker,
    Demand,
    DemandEnd,
    Kind,
    Shown,
)
from spheres.privacy.legal_demands.models.matter import Matter, MatterStatus

__all__ = [
    "CODES", "Asker", "Demand", "DemandEnd", "Informing", "Kind", "Matter", "MatterStatus",
    "Production", "Shown", "Step", "Verdict",
]  # fmt: skip
