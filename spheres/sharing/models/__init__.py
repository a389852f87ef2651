"""Who handles a matter, who reads a file for a while, what did the person decide of hers, what
opens her notebook, who goes on after the day's limit, how long is what was written kept?"""

from spheres.sharing.models.along import Along
from spheres.sharing.models.committees import (
    CommitteeItem,
    CommitteeMeeting,
    CommitteeMember,
    ItemAbout,
    Presentation,
)
from spheres.sharing.models.custody import Custody
from spheres.sharing.models.disclosed import Disclosure, DisclosureStep
from spheres.sharing.models.for_a_while import (
    Cover,
    ExceptionalAccess,
    HandedOver,
    Joined,
    Recognised,
)
from spheres.sharing.models.held import Hold, HoldWords
from spheres.sharing.models.keeping import (
    Ending,
    ErasureRequest,
    ErasureWords,
    KeepingRule,
    Seal,
)
from spheres.sharing.models.matters import Conflict, Handler
from spheres.sharing.models.notebook import Notebook, NotebookKey, NotebookSession
from spheres.sharing.models.partners import Departure
from spheres.sharing.models.said_by_her import Consent, Form, Restriction
from spheres.sharing.models.seat import Seat
from spheres.sharing.models.staying import Stay
from spheres.sharing.models.supervised import Supervised
from spheres.sharing.models.watched import Lifted
from spheres.sharing.models.withheld import Withheld

__all__ = [
    "Along", "CommitteeItem", "CommitteeMeeting", "CommitteeMember", "Conflict", "Consent", "Cover",
    "Custody", "Departure", "Disclosure", "DisclosureStep", "Ending", "ErasureRequest",
    "ErasureWords", "ExceptionalAccess", "Form", "HandedOver", "Handler", "Hold", "HoldWords",
    "ItemAbout", "Joined", "KeepingRule", "Lifted", "Notebook", "NotebookKey", "NotebookSession",
    "Presentation", "Recognised", "Restriction", "Seal", "Seat", "Stay", "Supervised", "Withheld",
]  # fmt: skip
