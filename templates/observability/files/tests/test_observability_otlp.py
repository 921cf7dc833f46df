"""What goes over the wire, and what becomes of it when nobody is there."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from app.components.observability.run import observed
from app.components.observability.settings import ObservabilitySettings
from app.components.observability.telemetry import telemetry
from app.core.config import ConfigError, settings
from tests.conftest import Configure
from tests.plugins.observability import unused_port


class Collector(BaseHTTPRequestHandler):
    """Keeps what it is sent."""

    got: list[tuple[str, str | None, bytes]]

    def do_POST(self) -> None:
        """Take it."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.got.append((self.path, self.headers["x-key"], body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


async def test_spans_are_sent_before_the_process_ends(configure: Configure) -> None:
    got: list[tuple[str, str | None, bytes]] = []
    handler = type("Handler", (Collector,), {"got": got})
    with HTTPServer(("127.0.0.1", 0), handler) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{collector.server_port}/"
        configure(otel_exporter_otlp_endpoint=address, otel_exporter_otlp_headers="x-key=4711, x-other = a=b")
        async with observed("app"):
            telemetry().tracer.start_span("said").end()
        collector.shutdown()
    [(path, key, body)] = [one for one in got if one[0].endswith("traces")]
    assert (path, key) == ("/v1/traces", "4711")
    sent = ExportTraceServiceRequest.FromString(body).resource_spans[0]
    assert sent.scope_spans[0].spans[0].name == "said"
    assert "service.name" in {attribute.key for attribute in sent.resource.attributes}


async def test_where_nobody_takes_it_the_process_ends_all_the_same(configure: Configure) -> None:
    configure(otel_exporter_otlp_endpoint=f"http://127.0.0.1:{unused_port()}")
    async with observed("app"):
        telemetry().tracer.start_span("unheard").end()


@pytest.mark.parametrize(
    "wrong", [{"otel_exporter_otlp_endpoint": "localhost"}, {"otel_exporter_otlp_headers": "x"}]
)
def test_what_cannot_be_read_is_named(configure: Configure, wrong: dict[str, str]) -> None:
    configure(**wrong)
    with pytest.raises(ConfigError, match=next(iter(wrong)).upper()):
        settings(ObservabilitySettings)
