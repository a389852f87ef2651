"""What these tests share: a world whose acts are committed, for two who want one place."""

from tests.proofs.committed_world import world

__all__ = ["world"]
