"""Organisations that keep copies: the list of their public keys, and the file each keeps."""

from __future__ import annotations

from pathlib import Path

from pyrage import x25519

from spheres.config.continuity import recipients
from spheres.config.continuity.recipients import Recipient


def keepers(folder: Path, *names: str) -> tuple[tuple[Recipient, ...], list[Path]]:
    """Each with a key of its own, as `age-keygen` would have made it."""
    lines, files = list[str](), list[Path]()
    for name in names:
        secret = x25519.Identity.generate()
        lines.append(f"{secret.to_public()}  {name}")
        files.append(folder / f"{name}.identity")
        files[-1].write_text(f"# created for {name}\n{secret}\n")
    listed = folder / "recipients.txt"
    listed.write_text("# who opens the copies\n" + "\n".join(lines) + "\n")
    return recipients.read(listed), files
