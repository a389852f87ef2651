"""Is the measure itself sound? The site and its control both answer, as the bench serves them."""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest

from spheres.config import cluster, processes
from spheres.config.bench import run


@pytest.mark.parametrize(
    ("bare", "path", "said"), [(True, "/nothing/", b"ok"), (False, "/static/ui/ui.css", None)]
)
def test_the_bench_serves_the_site_and_its_control(
    bare: bool, path: str, said: bytes | None, settings: Any
) -> None:
    port = processes.first_free(range(8500, 8599))
    assert port is not None
    with (
        run.server(cluster.from_environment(), port, bare=bare),
        urllib.request.urlopen(f"http://{processes.HOST}:{port}{path}", timeout=20) as answer,
    ):
        assert answer.status == 200
        assert said in {None, answer.read()}
