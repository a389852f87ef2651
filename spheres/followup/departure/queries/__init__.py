"""Which partner leaves, what does it mean in numbers, and where does each person stand?"""

from spheres.followup.departure.queries.asking import ask_to_leave, end, move
from spheres.followup.departure.queries.leaving import (
    announced,
    departures,
    names_of,
    organisation,
    ours,
    with_names,
)
from spheres.followup.departure.queries.numbers import (
    LINES,
    MEASURES,
    TRIES,
    Line,
    Numbers,
    lines,
    numbers,
)
from spheres.followup.departure.queries.people import (
    LEAVES,
    OF_FILE,
    OF_MY_DAY,
    ON_MY_DAY,
    Person,
    is_over,
    my_people,
    of_day,
    partners,
    said,
    walks_with,
)

__all__ = [
    "LEAVES",
    "LINES",
    "MEASURES",
    "OF_FILE",
    "OF_MY_DAY",
    "ON_MY_DAY",
    "TRIES",
    "Line",
    "Numbers",
    "Person",
    "announced",
    "ask_to_leave",
    "departures",
    "end",
    "is_over",
    "lines",
    "move",
    "my_people",
    "names_of",
    "numbers",
    "of_day",
    "organisation",
    "ours",
    "partners",
    "said",
    "walks_with",
    "with_names",
]
