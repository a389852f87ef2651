"""What these tests share: a world whose acts are committed, for whoever counts from outside."""

from tests.proofs.committed_world import world

__all__ = ["world"]
