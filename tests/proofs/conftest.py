"""What long proofs share: a world whose acts are committed."""

from tests.proofs.committed_world import world

__all__ = ["world"]
