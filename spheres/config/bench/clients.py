"""How long does a page take, for one client and for eight?"""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Milliseconds for one client; requests a second and the 95th percentile for eight."""

    median: float
    p95: float
    eight_a_second: float
    eight_p95: float


@dataclass(frozen=True)
class Request:
    """One request, made anew each time (a note bears its own number)."""

    port: int
    host: str
    method: str
    path: Callable[[], str]
    headers: dict[str, str]
    body: Callable[[], str] | None = None
    expected: int = 200


def one(connection: http.client.HTTPConnection, request: Request) -> float:
    body = request.body() if request.body else None
    path = request.path()
    began = time.perf_counter()
    connection.request(request.method, path, body, {"Host": request.host, **request.headers})
    answer = connection.getresponse()
    answer.read()
    elapsed = time.perf_counter() - began
    if answer.status != request.expected:
        raise RuntimeError(f"{request.method} {path} answered {answer.status}.")
    return elapsed * 1000


def series(request: Request, times: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", request.port, timeout=60)
    found = [one(connection, request) for _ in range(times)]
    connection.close()
    return found


def measure(request: Request, *, times: int = 200, clients: int = 8) -> Timing:
    """Warm up, then one client alone, then eight together."""
    series(request, 20)
    alone = series(request, times)
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        together = list(pool.map(lambda _: series(request, times // 2), range(clients)))
    elapsed = time.perf_counter() - began
    everyone = [value for found in together for value in found]
    return Timing(
        statistics.median(alone),
        percentile(alone, 95),
        len(everyone) / elapsed,
        percentile(everyone, 95),
    )


def percentile(values: list[float], rank: int) -> float:
    return statistics.quantiles(values, n=100)[rank - 1]
