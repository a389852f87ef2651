"""What does a device that holds a passkey answer? One made in memory, for a rehearsal or a test.

It opens nothing by itself: somebody who was invited enrols it, as any device (`run.py restore
--drill` invites somebody in a copy that goes away).
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://staff.localhost:8000"
FLAG = AuthenticatorData.FLAG


@dataclass
class Device:
    """One key pair; `verifies` is whether it asks for a code, a finger or a face."""

    verifies: bool = True
    counter: int = 0
    origin: str = ORIGIN
    syncs: bool = False
    model: bytes = bytes(16)  # AAGUID
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    user_handle: bytes = b""

    def make(self, options: dict[str, Any]) -> str:
        """Answer to `navigator.credentials.create`."""
        self.user_handle = websafe_decode(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(Aaguid(self.model), self.credential_id, public)
        seen = AuthenticatorData.create(
            _hash(options["rp"]["id"]), self._flags() | FLAG.AT, self.counter, held
        )
        return json.dumps(
            self._answer(
                clientDataJSON=self._client_data("webauthn.create", options),
                attestationObject=AttestationObject.create("none", seen, {}),
            )
        )

    def answer(self, options: dict[str, Any], *, user_handle: bytes | None = None) -> str:
        """Answer to `navigator.credentials.get`."""
        self.counter += 1
        seen = AuthenticatorData.create(_hash(options["rpId"]), self._flags(), self.counter)
        data = self._client_data("webauthn.get", options)
        signature = self.key.sign(seen + hashlib.sha256(data).digest(), ec.ECDSA(hashes.SHA256()))
        return json.dumps(
            self._answer(
                clientDataJSON=data,
                authenticatorData=seen,
                signature=signature,
                userHandle=user_handle or self.user_handle,
            )
        )

    def _answer(self, **response: bytes) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.credential_id),
            "rawId": websafe_encode(self.credential_id),
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        ).encode()

    def _flags(self) -> AuthenticatorData.FLAG:
        copied = FLAG.BE | FLAG.BS if self.syncs else FLAG(0)
        return FLAG.UP | copied | (FLAG.UV if self.verifies else FLAG(0))


def _hash(rp_id: str) -> bytes:
    return hashlib.sha256(rp_id.encode()).digest()
