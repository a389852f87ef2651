"""Was the journal altered? A file to keep: it needs Python 3.11 and nothing else, least of all us.

    python3 verify.py JOURNAL.jsonl --key KEY --checkpoint HELD.txt [--checkpoint …] [--language en]

JOURNAL.jsonl is what `export_journal` writes, KEY the public key, HELD.txt a checkpoint kept since
the day it was given. Each event's hash covers the one before it; a checkpoint is a signed Merkle
root (RFC 6962) over the last hash of every chain: what it covered cannot be altered, deleted, moved
or rebuilt without its root changing. What was never written in the journal, nothing can show.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SAYS = """\
altered|l’événement {0} n’est pas celui qui a été écrit.|event {0} is not what was written.
moved|l’événement {0} a été déplacé à la place {1}.|event {0} was moved to place {1}.
deleted|l’événement {0} a été supprimé.|event {0} was deleted.
gap|les places {0} à {1} ont disparu.|places {0} to {1} have disappeared.
tail|la fin manque : {0} événements ici, {1} attendus.|the end is missing: {0} events here, {1} expected.
head|son entrée parmi les têtes n’est pas vraie.|its entry among the heads is not true.
stray|L’événement {0} a été ajouté hors de toute chaîne.|Event {0} was added outside every chain.
cut|L’extrait est coupé : sa dernière ligne manque.|The export is cut: its last line is missing.
signature|Le point de contrôle {0} n’est pas signé par cette clé.|Checkpoint {0} is not signed by this key.
root|Le journal ne correspond plus au point de contrôle {0} : une partie de ce qu’il couvrait a été refaite.|The journal no longer matches checkpoint {0}: part of what it covered was rebuilt.
chain|Chaîne {0} : |Chain {0}:\x20
sure|Certain jusqu’au point de contrôle {checkpoint} ({at}, {events} événements).|Sure up to checkpoint {checkpoint} ({at}, {events} events).
unsure|Aucun point de contrôle détenu ne le confirme.|No held checkpoint confirms it.
whole|{0} chaînes, {1} événements : rien n’a été altéré.|{0} chains, {1} events: nothing was altered.
broken|{0} chaînes, {1} événements, {2} anomalies.|{0} chains, {1} events, {2} anomalies."""  # noqa: E501


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
        root = self._peaks[-1] if self._peaks else hashlib.sha256(b"").digest()
        for left in reversed(self._peaks[:-1]):
            root = hashlib.sha256(b"\x01" + left + root).digest()
        return root


def leaf(chain_id: bytes, position: int, last_hash: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + chain_id + position.to_bytes(8, "big") + last_hash).digest()


# Ed25519 (RFC 8032), verification only: slow and plain, for a few signatures.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
Line = dict[str, Any]


def _plus(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def _times(n: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while n:
        total, point, n = _plus(total, point) if n & 1 else total, _plus(point, point), n >> 1
    return total


def _point(packed: bytes) -> Point | None:
    sign, y = divmod(int.from_bytes(packed, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(packed) != 32 or y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x % 2 != sign else x
    return x, y, 1, x * y % P


def signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Is this the Ed25519 signature of the message by this public key?"""
    a, r = _point(public), _point(signature[:32])
    base = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or base is None or len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = _times(s, base), _plus(r, _times(h, a))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))


def key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


@dataclass
class Checkpoint:
    """A signed note (C2SP): origin, size, root, then our own lines, then signatures."""

    number: int
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
        given = [(name, base64.b64decode(signature)) for name, signature in signers]
        words = dict(line.split(" ", 1) for line in more)
        packed = base64.b64decode(root)
        return cls(int(words["checkpoint"]), body + "\n", given, int(size), packed, words)

    def is_signed_by(self, keys: Iterable[str]) -> bool:
        for name, _id, packed in (key.split("+", 2) for key in keys):
            public = base64.b64decode(packed)[1:]
            for signer, given in self.signatures:
                if (signer, given[:4]) == (name, key_id(name, public)):
                    return signed(self.text.encode(), given[4:], public)
        return False


@dataclass
class Report:
    """What was found: each anomaly is a code, a chain (or none) and words."""

    chains: int = 0
    events: int = 0
    anomalies: list[tuple[str, ...]] = field(default_factory=list)
    sure: Checkpoint | None = None

    def add(self, code: str, *words: object, chain: str = "") -> None:
        self.anomalies.append((code, chain, *map(str, words)))

    def sentences(self, language: str) -> Iterator[str]:
        texts = [line.split("|") for line in SAYS.split("\n")]
        say = {code: english if language == "en" else french for code, french, english in texts}
        for code, chain, *words in self.anomalies:
            yield (say["chain"].format(chain) if chain else "") + say[code].format(*words)
        verdict = say["broken" if self.anomalies else "whole"]
        yield verdict.format(self.chains, self.events, len(self.anomalies))
        yield say["sure"].format(**self.sure.more) if self.sure else say["unsure"]


def verify(lines: Iterable[str], keys: Iterable[str], held: Iterable[str]) -> Report:
    """Recompute every chain of an export and every held checkpoint."""
    report, keys, ended = Report(), list(keys), False
    checkpoints = sorted(map(Checkpoint.read, held), key=lambda c: c.number)
    lines = iter(lines)
    line = next(lines, "")
    while line:
        said, following = json.loads(line), ""
        if "chain" in said:
            following = _verify_chain(said, lines, checkpoints, report)
        for checkpoint in checkpoints:  # a chain this export keeps silent about
            if opaque := said.get("leaves", {}).get(str(checkpoint.number)):
                checkpoint.tree.add(bytes.fromhex(opaque))
        if "stray" in said:
            report.add("stray", said["stray"][0])
        ended = "end" in said
        line = following or next(lines, "")
    if not ended:
        report.add("cut")
    for checkpoint in checkpoints:
        if not checkpoint.is_signed_by(keys):
            report.add("signature", checkpoint.number)
        elif (checkpoint.tree.size, checkpoint.tree.root()) != (checkpoint.size, checkpoint.root):
            report.add("root", checkpoint.number)
        else:
            report.sure = checkpoint
    return report


def _verify_chain(said: Line, lines: Iterator[str], held: list[Checkpoint], report: Report) -> str:
    """Walk one chain; returns the first line that is no longer its own."""
    chain, sealed, position, previous = said["chain"], said["sealed"], 0, bytes(32)
    places = {c.number: max((p for n, p in sealed if n <= c.number), default=0) for c in held}
    hashes, wrong = dict.fromkeys(places.values(), b""), []
    for line in lines:
        if not line.startswith('{"position":'):
            break
        start = line.index('"event":') + 8
        event, link = line[start:].rstrip("\n")[:-1].encode(), json.loads(line[:start] + "0}")
        due, position, given = position + 1, link["position"], bytes.fromhex(link["hash"])
        report.events += event != b"null"
        if position != due:  # the hash before this one is not known
            report.add("gap", due, position - 1, chain=chain)
        if event == b"null":
            report.add("deleted", position, chain=chain)
        elif position == due and hashlib.sha256(previous + event).digest() != given:
            wrong.append((position, previous, given, event))
        previous = given
        if position in hashes:
            hashes[position] = given
    else:
        line = ""
    for place, before, given, _ in wrong:
        fits = [p for p, _, _, e in wrong[:200] if hashlib.sha256(before + e).digest() == given]
        report.add(*(("moved", place, fits[0]) if fits else ("altered", place)), chain=chain)
    expected = max([said["length"], *places.values()])
    if position < expected:
        report.add("tail", position, expected, chain=chain)
    elif (position, previous.hex()) != (said["length"], said["head"]):
        report.add("head", chain=chain)
    report.chains += 1
    for checkpoint in held:
        if at := places[checkpoint.number]:
            checkpoint.tree.add(leaf(bytes.fromhex(chain.replace("-", "")), at, hashes[at]))
    return line


def main(arguments: list[str] | None = None) -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    reader.add_argument("journal")
    reader.add_argument("--key", action="append", default=[])
    reader.add_argument("--checkpoint", action="append", default=[], type=Path)
    reader.add_argument("--language", choices=("fr", "en"), default="fr")
    given = reader.parse_args(arguments)
    with open(given.journal, encoding="utf-8", newline="\n") as journal:
        report = verify(journal, given.key, [held.read_text("utf-8") for held in given.checkpoint])
    print("\n".join(report.sentences(given.language)))  # noqa: T201 -- it speaks to a person
    return 1 if report.anomalies else 0


if __name__ == "__main__":
    sys.exit(main())
