"""Which relations between files does a list need to know? As SQL, for the statement that asks."""

from __future__ import annotations

from typing import Final

# The files that the person said are hers too, for those who walk with her by the one that is kept:
# she is shown once, by that one. Row security shows a link to nobody else.
JOINED_AWAY: Final = "select j.joined_id from sharing_joined j where j.ends_at is null"
