#!/usr/bin/env python3
"""Was the journal altered? A file to keep: it needs Python 3 and nothing else, least of all us.

    python3 verify.py JOURNAL.jsonl --key KEY --checkpoint HELD.txt [--checkpoint …] [--language en]

JOURNAL.jsonl is what `export_journal` writes: every event in the order of its chain, with its
place and its hash. KEY is the public key, HELD.txt a checkpoint kept since the day it was given.
Each event's hash covers the one before it; a checkpoint is a signed Merkle root (RFC 6962) over the
last hash of every chain. So what a checkpoint covered cannot be altered, deleted, moved or rebuilt
without its root changing. What was never written in the journal, it cannot show.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

ZERO = bytes(32)
MOVED_LIMIT = 200  # among so many misplaced events of one chain, say which took whose place
SAYS = {  # what can be wrong, in the words a reader gets
    "altered": ("l’événement {0} n’est pas celui qui a été écrit.", "event {0} is not what was written."),
    "moved": ("l’événement {0} a été déplacé à la place {1}.", "event {0} was moved to place {1}."),
    "deleted": ("l’événement {0} a été supprimé.", "event {0} was deleted."),
    "gap": ("les places {0} à {1} ont disparu.", "places {0} to {1} have disappeared."),
    "tail": ("la fin manque : {0} événements ici, {1} attendus.", "the end is missing: {0} events here, {1} expected."),
    "head": ("son registre des têtes ne dit pas la vérité.", "its entry among the heads is not true."),
    "foreign": ("l’événement {0} vient d’une autre chaîne.", "event {0} comes from another chain."),
    "order": ("cette chaîne n’est pas à sa place dans l’extrait.", "this chain is out of order in the export."),
    "stray": ("l’événement {0} a été ajouté hors de toute chaîne.", "event {0} was added outside every chain."),
    "cut": ("L’extrait est coupé : sa dernière ligne manque.", "The export is cut: its last line is missing."),
    "signature": ("Le point de contrôle {0} n’est pas signé par cette clé.", "Checkpoint {0} is not signed by this key."),
    "root": ("Le journal ne correspond plus au point de contrôle {0} : une partie de ce qu’il couvrait a été refaite.",
             "The journal no longer matches checkpoint {0}: part of what it covered was rebuilt."),
    "chain": ("Chaîne {0} : ", "Chain {0}: "),
    "sure": ("Certain jusqu’au point de contrôle {0} ({1}, {2} événements).", "Sure up to checkpoint {0} ({1}, {2} events)."),
    "unsure": ("Aucun point de contrôle détenu ne le confirme.", "No held checkpoint confirms it."),
    "whole": ("{0} chaînes, {1} événements : rien n’a été altéré.", "{0} chains, {1} events: nothing was altered."),
    "broken": ("{0} chaînes, {1} événements, {2} anomalies.", "{0} chains, {1} events, {2} anomalies."),
}  # fmt: skip


class Tree:
    """A Merkle root (RFC 6962) over leaves that come one by one; it keeps a few hashes only."""

    def __init__(self) -> None:
        self.size, self._peaks = 0, list[bytes]()

    def add(self, leaf: bytes) -> None:
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            leaf = hashlib.sha256(b"\x01" + self._peaks.pop() + leaf).digest()
            rest //= 2
        self._peaks.append(leaf)

    def root(self) -> bytes:
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        root = self._peaks[-1]
        for left in reversed(self._peaks[:-1]):
            root = hashlib.sha256(b"\x01" + left + root).digest()
        return root


def leaf(chain_id: bytes, position: int, last_hash: bytes) -> bytes:
    """The leaf of one chain: its name, its length, its last hash."""
    return hashlib.sha256(b"\x00" + chain_id + position.to_bytes(8, "big") + last_hash).digest()


# Ed25519 (RFC 8032), verification only: slow and plain, for a few signatures.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def _plus(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def _times(n: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _plus(total, point)
        point, n = _plus(point, point), n >> 1
    return total


def _point(packed: bytes) -> Point | None:
    number = int.from_bytes(packed, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Is this Ed25519 signature of the message by this public key?"""
    a, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or BASE is None or len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = _times(s, BASE), _plus(r, _times(h, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P
                or (left[1] * right[2] - right[1] * left[2]) % P)  # fmt: skip


def key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def key_text(name: str, public: bytes) -> str:
    """A public key as the signed-note format writes it."""
    packed = base64.b64encode(b"\x01" + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{packed}"


@dataclass
class Checkpoint:
    """A signed note (C2SP): origin, size, root, then our own lines, then signatures."""

    text: str
    signatures: list[tuple[str, bytes]]
    size: int
    root: bytes
    more: dict[str, str]
    tree: Tree = field(default_factory=Tree)

    @classmethod
    def read(cls, note: str) -> Checkpoint:
        body, _, signatures = note.strip("\n").partition("\n\n")
        _origin, size, root, *more = body.split("\n")
        signers = [line[2:].rsplit(" ", 1) for line in signatures.split("\n") if line[:1] == "—"]
        return cls(
            body + "\n", [(name, base64.b64decode(sig)) for name, sig in signers], int(size),
            base64.b64decode(root), dict(line.split(" ", 1) for line in more),
        )  # fmt: skip

    @property
    def number(self) -> int:
        return int(self.more["checkpoint"])

    def is_signed_by(self, keys: Iterable[str]) -> bool:
        for name, _id, packed in (key.split("+", 2) for key in keys):
            public = base64.b64decode(packed)[1:]
            for signer, sig in self.signatures:
                if (signer, sig[:4]) == (name, key_id(name, public)) and signed(
                    self.text.encode(), sig[4:], public
                ):
                    return True
        return False


@dataclass
class Report:
    """What was found, in codes and in sentences."""

    chains: int = 0
    events: int = 0
    anomalies: list[tuple[str, ...]] = field(default_factory=list)
    sure: Checkpoint | None = None

    def add(self, code: str, *words: object, chain: str = "") -> None:
        self.anomalies.append((code, chain, *map(str, words)))

    def sentences(self, language: str) -> Iterator[str]:
        say = {code: texts[language == "en"] for code, texts in SAYS.items()}
        for code, chain, *words in self.anomalies:
            yield (say["chain"].format(chain) if chain else "") + say[code].format(*words)
        counted = (self.chains, self.events, len(self.anomalies))
        yield say["broken" if self.anomalies else "whole"].format(*counted)
        if self.sure is None:
            yield say["unsure"]
        else:
            more = self.sure.more
            yield say["sure"].format(self.sure.number, more["at"], more["events"])


def verify(lines: Iterable[str], keys: Iterable[str], held: Iterable[str]) -> Report:
    """Recompute every chain of an export and every held checkpoint."""
    report, keys, ended, last = Report(), list(keys), False, ""
    checkpoints = sorted(map(Checkpoint.read, held), key=lambda c: c.number)
    lines = iter(lines)
    line = next(lines, "")
    while line:
        said = json.loads(line)
        line = ""
        if "chain" in said:
            if said["chain"] <= last:
                report.add("order", chain=said["chain"])
            last = said["chain"]
            line = _verify_chain(said, lines, checkpoints, report)
        elif "leaves" in said:  # a chain this export keeps silent about
            for checkpoint in checkpoints:
                if known := said["leaves"].get(str(checkpoint.number)):
                    checkpoint.tree.add(bytes.fromhex(known))
        elif "stray" in said:
            report.add("stray", said["stray"][0])
        ended = ended or "end" in said
        line = line or next(lines, "")
    if not ended:
        report.add("cut")
    for checkpoint in checkpoints:
        if not checkpoint.is_signed_by(keys):
            report.add("signature", checkpoint.number)
        elif (checkpoint.tree.size, checkpoint.tree.root()) != (checkpoint.size, checkpoint.root):
            report.add("root", checkpoint.number)
        elif ended:
            report.sure = checkpoint
    return report


def _verify_chain(said: dict, lines: Iterator[str], held: list[Checkpoint], report: Report) -> str:  # type: ignore[type-arg]
    """Walk one chain; returns the first line that is no longer its own."""
    chain, previous, position, line = said["chain"], ZERO, 0, ""
    places = {c.number: max((p for n, p in said["sealed"] if n <= c.number), default=0) for c in held}
    kept, wrong = dict.fromkeys(places.values(), ZERO), []
    for line in lines:
        if not line.startswith('{"position":'):
            break
        start = line.index('"event":') + 8
        raw, head = line[start:].rstrip("\n")[:-1].encode(), json.loads(line[:start] + "0}")
        if head["position"] != position + 1:
            report.add("gap", position + 1, head["position"] - 1, chain=chain)
            previous = None  # type: ignore[assignment] -- the hash before this one is not known
        position, given = head["position"], bytes.fromhex(head["hash"])
        if raw == b"null":
            report.add("deleted", position, chain=chain)
        else:
            report.events += 1
            if previous is not None and hashlib.sha256(previous + raw).digest() != given:
                wrong.append((position, previous, given, raw))
            elif json.loads(raw)[3] != chain:
                report.add("foreign", position, chain=chain)
        previous = given
        if position in kept:
            kept[position] = given
    else:
        line = ""
    _say_what_is_wrong(chain, wrong, report)
    expected = max([said["length"], *places.values()])
    if position < expected:
        report.add("tail", position, expected, chain=chain)
    elif (position, previous.hex()) != (said["length"], said["head"]):
        report.add("head", chain=chain)
    report.chains += 1
    for checkpoint in held:
        if place := places[checkpoint.number]:
            checkpoint.tree.add(leaf(bytes.fromhex(chain.replace("-", "")), place, kept[place]))
    return line


def _say_what_is_wrong(chain: str, wrong: list, report: Report) -> None:  # type: ignore[type-arg]
    for place, previous, given, _raw in wrong:
        others = wrong if len(wrong) <= MOVED_LIMIT else []
        fits = [p for p, *_, raw in others if hashlib.sha256(previous + raw).digest() == given]
        # The event that belongs at this place stands at another one.
        report.add(*(("moved", place, fits[0]) if fits else ("altered", place)), chain=chain)


def main(arguments: list[str] | None = None) -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    reader.add_argument("journal")
    reader.add_argument("--key", action="append", default=[])
    reader.add_argument("--checkpoint", action="append", default=[])
    reader.add_argument("--language", choices=("fr", "en"), default="fr")
    given = reader.parse_args(arguments)
    held = []
    for path in given.checkpoint:
        with open(path, encoding="utf-8") as file:
            held.append(file.read())
    with open(given.journal, encoding="utf-8", newline="\n") as journal:
        report = verify(journal, given.key, held)
    print("\n".join(report.sentences(given.language)))  # noqa: T201 -- it speaks to a person
    return 1 if report.anomalies else 0


if __name__ == "__main__":
    sys.exit(main())
