"""`/metrics`, as Prometheus fetches it."""

import asyncio
import socket
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from app.components.observability.run import observed
from app.components.observability.telemetry import telemetry
from tests.conftest import Configure
from tests.plugins.observability import unused_port


def fetch(port: int) -> str:
    """What is answered there."""
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        return str(answer.read().decode())


async def test_metrics_are_answered_until_the_process_ends(configure: Configure) -> None:
    port = unused_port()
    configure(otel_exporter_prometheus_port=port)
    async with observed("app"):
        telemetry().duration("http.server.request.duration").record(0.03, {"http.route": "/a"})
        text = await asyncio.to_thread(fetch, port)
    assert 'http_server_request_duration_seconds_bucket{http_route="/a",le="0.05"' in text
    with pytest.raises(URLError):
        await asyncio.to_thread(fetch, port)


async def test_a_port_that_is_taken_costs_the_metrics_and_not_the_process(configure: Configure) -> None:
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        first.listen()
        configure(otel_exporter_prometheus_port=first.getsockname()[1])
        async with observed("app"):
            assert telemetry().tracer.start_span("works").get_span_context().is_valid
