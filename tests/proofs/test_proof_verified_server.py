"""Is a server of the database believed by its name and its authority alone, and is what serves told
so in a sentence when it should not be?

A server of our own that speaks TLS, with certificates made here. `hostaddr` stands for the name
that a network would know: it says where to go, and not who should be there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from spheres.config import cluster, database_roles
from spheres.config.cluster import Cluster
from spheres.config.continuity import programs
from spheres.config.continuity.recipients import Refused
from spheres.config.postgres_programs import find_programs
from tests.proofs.fragile import ROOT, hidden

pytestmark = pytest.mark.proof
NAMED = "db.example.org"
UNPROVEN = (
    "- The server that DATABASE_URL names does not prove who it is: its certificate must be in "
    "date, bear that very name, and come from the authority that sslrootcert names."
)
SILENT = "- The database that DATABASE_URL names does not answer:"


class Authority:
    """Whoever signs certificates, by a key that this test alone has."""

    def __init__(self, folder: Path, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = folder / f"{name}.pem"
        itself = x509.BasicConstraints(ca=True, path_length=0)
        made = self._of(self.name, self.key.public_key()).add_extension(itself, critical=True)
        self.file.write_bytes(self._signed(made))

    def certify(self, name: str, folder: Path, *, days: int = 30) -> None:
        """A key and a certificate for one name, where PostgreSQL looks for its own."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        made = self._of(subject, key.public_key(), days).add_extension(names, critical=False)
        (folder / "server.crt").write_bytes(self._signed(made))
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )  # fmt: skip
        place = folder / "server.key"
        place.touch(mode=0o600)
        place.write_bytes(private)
        owner = folder.stat()
        for file in ("server.crt", "server.key"):
            os.chown(folder / file, owner.st_uid, owner.st_gid)

    def _of(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, days: int = 30
    ) -> x509.CertificateBuilder:
        until = datetime.now(UTC) + timedelta(days=days)
        return (
            x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(until - timedelta(days=60)).not_valid_after(until)
        )  # fmt: skip

    def _signed(self, made: x509.CertificateBuilder) -> bytes:
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@dataclass
class Speaking:
    """One server that speaks TLS, the authority that certified it, and another one."""

    database: Cluster
    data: Path
    authority: Authority
    other: Authority

    def certified(self, by: Authority, name: str, *, days: int = 30) -> None:
        by.certify(name, self.data, days=days)
        self.govern("alter system set ssl = on", "select pg_reload_conf()", "select pg_sleep(0.5)")

    def govern(self, *statements: str) -> None:
        with psycopg.connect(str(self.database.admin_url), autocommit=True) as admin:
            for statement in statements:
                admin.execute(statement)

    def at(self, url: str, name: str, trusted: Authority) -> str:
        """An address of this server under a name, and by which authority it is verified."""
        parts = urlsplit(url)
        who, port = parts.netloc.rpartition("@")[0], parts.port
        said = f"hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={trusted.file}"
        return parts._replace(netloc=f"{who}@{name}:{port}", query=said).geturl()

    def ready(self, name: str, trusted: Authority) -> list[str]:
        """What `run.py ready` says of the database when it is reached so, one thing a line."""
        kept = {n: v for n, v in os.environ.items() if n not in database_roles.STRONGER}
        done = subprocess.run(
            [sys.executable, "manage.py", "ready", "--language=en"], cwd=ROOT,
            env={**kept, "DATABASE_URL": self.at(self.database.app_url, name, trusted)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert str(urlsplit(self.database.app_url).password) not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout.splitlines()


def speaks_tls(folder: Path) -> bool:
    made = shutil.which("pg_config", path=str(folder))
    said = made and subprocess.run([made, "--configure"], capture_output=True, text=True).stdout
    return bool(said) and ("with-openssl" in said or "with-ssl" in said)


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Iterator[Speaking]:
    """Our own programmes are made without TLS: those of the system are taken."""
    folders = [find_programs().folder, *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    found = [folder for folder in folders if speaks_tls(folder)]
    if not found:
        pytest.skip("no PostgreSQL that speaks TLS on this machine")
    folder = tmp_path_factory.mktemp("verified")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PG_BIN", str(found[-1]))
        with hidden():
            database = cluster.up(var=folder / "var", name="verified")
        server = database.stop.__self__  # type: ignore[attr-defined]  -- the server it would stop
        try:
            both = Authority(folder, "ours"), Authority(folder, "theirs")
            yield Speaking(database, server.data, *both)
        finally:
            database.stop()
            shutil.rmtree(server.data, ignore_errors=True)


@pytest.fixture
def speaking(standing: Speaking) -> Speaking:
    standing.certified(standing.authority, NAMED)
    return standing


def test_the_right_name_and_authority_are_believed_and_the_line_is_closed(speaking) -> None:
    lines = speaking.ready(NAMED, speaking.authority)

    assert [line for line in lines if line == UNPROVEN or line.startswith(SILENT)] == []
    # It was asked what only who is inside hears.
    assert any(line.startswith("- The tables and the rules of access are not") for line in lines)
    url = speaking.at(speaking.database.app_url, NAMED, speaking.authority)
    with psycopg.connect(url) as app:
        closed = app.execute("select ssl, version from pg_stat_ssl where pid = pg_backend_pid()")
        assert closed.fetchone() == (True, "TLSv1.3")


@pytest.mark.parametrize(
    ("asked", "trusts", "bears", "signed_by", "days"),
    [
        ("autre.example.org", "authority", NAMED, "authority", 30),  # asked for under another name
        (NAMED, "authority", "autre.example.org", "authority", 30),  # it bears another one
        (NAMED, "other", NAMED, "authority", 30),  # we trust another authority
        (NAMED, "authority", NAMED, "other", 30),  # another one signed
        (NAMED, "authority", NAMED, "authority", -1),  # since yesterday it holds no more
    ],
)
def test_a_wrong_name_or_authority_is_refused_and_said(
    speaking, asked: str, trusts: str, bears: str, signed_by: str, days: int
) -> None:
    speaking.certified(getattr(speaking, signed_by), bears, days=days)
    trusted = getattr(speaking, trusts)

    lines = speaking.ready(asked, trusted)

    assert [line for line in lines if "DATABASE_URL names" in line] == [UNPROVEN]
    with pytest.raises(psycopg.OperationalError, match="certificate"):
        psycopg.connect(speaking.at(speaking.database.app_url, asked, trusted))


def test_a_server_without_tls_or_an_authority_that_is_not_there_is_said(speaking, tmp_path) -> None:
    nowhere = Authority(tmp_path, "nowhere")
    nowhere.file.unlink()
    assert UNPROVEN in speaking.ready(NAMED, nowhere)

    speaking.govern("alter system set ssl = off", "select pg_reload_conf()", "select pg_sleep(0.5)")
    assert UNPROVEN in speaking.ready(NAMED, speaking.authority)


def test_a_wrong_password_is_not_taken_for_a_wrong_name(speaking) -> None:
    """What is said is what mends it."""
    url = speaking.database.app_url
    wrong = replace(speaking.database, app_url=url.replace("app:", "app:not"))

    lines = replace(speaking, database=wrong).ready(NAMED, speaking.authority)

    assert UNPROVEN not in lines
    assert [line.startswith(SILENT) for line in lines if "DATABASE_URL names" in line] == [True]


def test_copies_are_taken_of_a_server_that_was_verified_alone(speaking, tmp_path) -> None:
    backup = str(speaking.database.backup_url)
    place = tmp_path / "dump"

    programs.run("pg_dump", speaking.at(backup, NAMED, speaking.authority), f"--file={place}")
    assert "PostgreSQL database dump complete" in place.read_text()
    for name, trusted in (("autre.example.org", speaking.authority), (NAMED, speaking.other)):
        with pytest.raises(Refused, match=r"pg_dump gave up: .*certificate"):
            programs.run("pg_dump", speaking.at(backup, name, trusted), f"--file={place}2")
    assert not (tmp_path / "dump2").exists()
