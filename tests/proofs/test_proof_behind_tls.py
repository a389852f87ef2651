"""Behind the proxy of our model, is only what is safe said (T29, as far as loopback goes)?"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from spheres.config import processes
from spheres.config.continuity import signing_in
from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import NAME, ROOT, Fragile, standing

pytestmark = pytest.mark.proof
STAFF, YOUTH = "equipe.example.org", "jeunes.example.org"
MODERN = {"TLSv1.2", "TLSv1.3"}
IN_PRODUCTION = {
    "SPHERES_STAFF_HOST": STAFF,
    "SPHERES_YOUTH_HOST": YOUTH,
    "SPHERES_TRUSTED_PROXIES": "127.0.0.1",
}


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.skip(f"no {name} on this machine")
    return found


def certificate(folder: Path) -> Path:
    """One for both names, that this test alone trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, STAFF)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(STAFF), x509.DNSName(YOUTH)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
        .add_extension(names, critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "fullchain.pem"


@contextmanager
def proxy(folder: Path, port: int) -> Iterator[tuple[int, int, Path]]:
    """The model of `deploy/`, on ports of this machine: in clear, under TLS, and its log."""
    clear, tls = processes.first_free(range(8700, 8790)), processes.first_free(range(8790, 8890))
    model = (ROOT / "deploy" / "nginx.conf").read_text()
    log = folder / "proxy.log"
    for said, here in (
        ("listen 80;", f"listen 127.0.0.1:{clear};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
        ("/etc/spheres/tls", str(folder)),
        ("/var/log/nginx/spheres.log", str(log)),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{port}"),
    ):
        assert said in model, said  # each of its servers, its log too
        model = model.replace(said, here)
    model = re.sub(r"\bhttp2 on;", "", model) if not _knows_http2() else model
    kept = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\npid {folder / 'pid'};\nerror_log {log} crit;\n"
        f"events {{}}\nhttp {{\naccess_log {folder / 'seen.log'};\n{kept}{model}}}\n"
    )
    process = subprocess.Popen(
        [program("nginx"), "-p", str(folder), "-c", str(file), "-e", str(log)]
    )
    try:
        for _turn in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", int(tls or 0))) == 0:
                    break
            time.sleep(0.1)
        yield int(clear or 0), int(tls or 0), log
    finally:
        process.terminate()
        process.wait(timeout=20)


def _knows_http2() -> bool:
    """Whether this nginx takes `http2 on`, which came with 1.25.1."""
    said = subprocess.run([program("nginx"), "-v"], capture_output=True, text=True).stderr
    found = re.search(r"nginx/(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= (1, 26)


def ask(
    port: int, host: str, path: str, *, trusts: Path | None, newest: ssl.TLSVersion | None = None
) -> tuple[int, http.client.HTTPMessage, str]:
    """One page through the proxy, by its name; in clear when nothing is trusted."""
    wire = socket.create_connection(("127.0.0.1", port), timeout=20)
    if trusts is not None:
        told = ssl.create_default_context(cafile=str(trusts))
        if newest is not None:
            told.minimum_version = told.maximum_version = newest
        wire = told.wrap_socket(wire, server_hostname=host)
    asked = http.client.HTTPConnection(host)
    asked.sock = wire
    try:
        asked.request("GET", path, headers={"Host": host})
        answer = asked.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")
    finally:
        asked.close()


@pytest.fixture
def behind(world, tmp_path) -> Iterator[tuple[Fragile, int, int, Path, Path]]:
    program("nginx")
    with standing(world, tmp_path, more=IN_PRODUCTION) as site:
        trusted = certificate(tmp_path)
        with proxy(tmp_path, site.port) as (clear, tls, log):
            yield site, clear, tls, trusted, log


def test_each_name_is_its_own_site_closed_and_nothing_is_said_in_clear(behind) -> None:
    _site, clear, tls, trusted, log = behind
    status, headers, page = ask(tls, STAFF, "/sign-in/", trusts=trusted)
    cookies = headers.get_all("Set-Cookie") or []

    assert (status, "<main" in page) == (200, True)
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert [one.partition("=")[0] for one in cookies] == ["__Host-csrf"]
    assert all({"Secure", "HttpOnly", "Path=/"} <= set(one.split("; ")) for one in cookies)
    assert headers["Server"] == "nginx"  # the version of nothing

    in_clear, moved, _page = ask(clear, STAFF, "/files/", trusts=None)
    assert (in_clear, moved["Location"]) == (301, f"https://{STAFF}/files/")
    assert ask(tls, YOUTH, "/", trusts=trusted)[0] == 200
    assert ask(tls, YOUTH, "/sign-in/", trusts=trusted)[0] == 404
    assert ask(tls, STAFF, "/health/", trusts=trusted)[0] == 404
    # What a distribution logs by itself, the model does not.
    assert (log.read_text(), (log.parent / "seen.log").read_text()) == ("", "")


def test_no_name_that_is_not_ours_is_answered(behind) -> None:
    _site, _clear, tls, trusted, _log = behind
    wire = socket.create_connection(("127.0.0.1", tls), timeout=20)
    told = ssl.create_default_context(cafile=str(trusted))
    with told.wrap_socket(wire, server_hostname=STAFF) as closed:
        closed.sendall(b"GET /sign-in/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n")
        said = closed.recv(4_000)
    assert said.startswith(b"HTTP/1.1 400") or said == b""


def test_somebody_is_invited_and_comes_in_under_the_real_names(behind) -> None:
    """With the cookies of production, as the drill does on a host that has such names."""
    site, *_others = behind
    env = {**os.environ, **site.database.environment(), **IN_PRODUCTION}
    admin_url = at_database(str(site.database.admin_url), NAME)

    signing_in.rehearse(env, admin_url, port=site.port, host=STAFF)


def test_old_ways_of_speaking_are_refused(behind) -> None:
    """What another programme sees of the line: sslscan, told of each version and cipher."""
    _site, _clear, tls, _trusted, _log = behind
    done = subprocess.run(
        [program("sslscan"), "--no-colour", f"--sni-name={STAFF}", f"127.0.0.1:{tls}"],
        capture_output=True, text=True,
    )  # fmt: skip
    said = done.stdout
    spoken = set(re.findall(r"^((?:SSL|TLS)v[\d.]+)\s+enabled", said, re.M))
    ciphers = re.findall(r"^(?:Preferred|Accepted)\s+(TLSv[\d.]+)\s+(\d+) bits\s+(\S+)", said, re.M)

    tell(
        "TLS (T29)",
        f"{' and '.join(sorted(spoken))}, {len(ciphers)} ciphers, "
        f"{min(int(bits) for _version, bits, _name in ciphers)} bits at least",
        "TLS 1.2 and 1.3 alone",
    )
    assert spoken == MODERN
    assert all(int(bits) >= 128 for _version, bits, _name in ciphers)
    assert [name for *_other, name in ciphers if not re.search("GCM|POLY1305|CCM", name)] == []
    assert "vulnerable to heartbleed" not in re.sub("not vulnerable to heartbleed", "", said)
    assert "Compression enabled" not in said
