"""What this process tells, kept where a test can look at it."""

import socket
from collections.abc import Callable, Iterator

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.components.observability.telemetry import Providers

Series = dict[tuple[str, ...], float]


def unused_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


class Told:
    """Spans that ended, and metrics as they are now."""

    def __init__(self) -> None:
        self._spans = InMemorySpanExporter()
        self._metrics = InMemoryMetricReader()
        self.providers = Providers("test", [SimpleSpanProcessor(self._spans)], [self._metrics])
        self.telemetry = self.providers.install()

    def spans(self) -> dict[str, ReadableSpan]:
        """By name, the last one of each."""
        return {span.name: span for span in self._spans.get_finished_spans()}

    def metric(self, name: str) -> Series:
        """Counts or values of one metric, by the values of its labels."""
        data = self._metrics.get_metrics_data()
        metrics = (
            metric
            for resource in (data.resource_metrics if data else [])
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
        )
        return {
            tuple(str(value) for _, value in sorted((point.attributes or {}).items())): getattr(
                point, "count", getattr(point, "value", 0)
            )
            for metric in metrics
            for point in metric.data.data_points
        }


@pytest.fixture
def told(app_listens_nowhere: None) -> Iterator[Told]:  # noqa: ARG001, what the app sets up comes first
    """Everything from here on."""
    told = Told()
    yield told
    told.providers.close()


@pytest.fixture(autouse=True)
def app_listens_nowhere(configure: Callable[..., None]) -> None:
    """Tests that run beside each other do not meet on one port."""
    configure(otel_exporter_prometheus_port=0)
