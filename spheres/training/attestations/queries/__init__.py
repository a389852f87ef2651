"""Who was trained in what, until when, what is missing, and is this number valid?"""

from spheres.training.attestations.queries.covering import (
    Coverage,
    Ground,
    Person,
    ToRenew,
    Until,
    Wish,
    asked_of_me,
    colleague,
    coverage,
    ground,
    lapsing,
    organisations,
    standing,
    to_renew,
)
from spheres.training.attestations.queries.holding import (
    LAPSING,
    MOST,
    OF_DAY,
    VALID,
    Held,
    find,
    is_valid,
    mine,
    newest,
    of_person,
    outside,
    topics,
)
from spheres.training.attestations.queries.opening import bodies_of, trained_days

__all__ = [
    "LAPSING", "MOST", "OF_DAY", "VALID", "Coverage", "Ground", "Held", "Person", "ToRenew",
    "Until", "Wish", "asked_of_me", "bodies_of", "colleague", "coverage", "find", "ground",
    "is_valid", "lapsing", "mine", "newest", "of_person", "organisations", "outside", "standing",
    "to_renew", "topics", "trained_days",
]  # fmt: skip
