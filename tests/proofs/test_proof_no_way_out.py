"""On a machine from which nothing leaves, is all of it there: tables, a year of life, pages?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.proofs.fragile import ROOT

# What runs in a network of its own, that has a loopback and nothing else.
INSIDE = """
import fcntl, http.client, os, re, socket, struct, subprocess, sys, time
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
    fcntl.ioctl(asked, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
    sys.exit("there is a way out")
except OSError:
    pass
demo = subprocess.Popen([sys.executable, "run.py"], stdout=subprocess.PIPE, text=True)
port = 0
for line in demo.stdout:
    if found := re.search(r"Staff site  http://staff.localhost:(\\d+)/", line):
        port = int(found[1])
    if "Ctrl-C" in line:
        break
def ask(method, path, host):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request(method, path, headers={"Host": f"{host}.localhost:{port}"})
    answer = asked.getresponse()
    return answer.status, answer.read()
said = []
said.append(("door", ask("GET", "/sign-in/", "staff")[0]))
for path in ("/", "/how/", "/figures/", "/referral/"):
    said.append((path, ask("GET", path, "youth")[0]))
demo.terminate()
demo.wait(timeout=60)
print(said)
"""


@pytest.mark.proof
def test_the_demonstration_is_made_and_served_where_nothing_leaves(tmp_path) -> None:
    unshare = shutil.which("unshare")
    tried = unshare and subprocess.run([unshare, "--net", "true"], capture_output=True)
    if not tried or tried.returncode:
        pytest.skip("no network of one’s own can be made here (it needs root)")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "SPHERES_"))}
    (tmp_path / "closed").mkdir(mode=0o700)
    done = subprocess.run(
        [unshare, "--net", sys.executable, "-c", INSIDE], cwd=ROOT, capture_output=True, text=True,
        env={
            **kept,
            "SPHERES_VAR": str(tmp_path / "var"),
            "SPHERES_KEY_FILE": str(tmp_path / "closed" / "key"),
        },
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
    met = dict(eval(done.stdout.splitlines()[-1]))
    assert met == dict.fromkeys(("door", "/", "/how/", "/figures/", "/referral/"), 200)
