"""
The tracer and the meter of this process.

They are not set for all libraries: FastAPI would then put whole addresses, query strings included, on spans
of its own.
"""

from opentelemetry.metrics import Histogram, Meter, NoOpMeter, UpDownCounter, _Gauge
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, TraceIdRatioBased
from opentelemetry.trace import NoOpTracer, Tracer

SCOPE = "app"
# In seconds; the defaults of the library are meant for milliseconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0, 60.0)


class Telemetry:
    """A tracer, and instruments that are made when first needed."""

    def __init__(self, tracer: Tracer, meter: Meter) -> None:
        self.tracer = tracer
        self.meter = meter
        self._durations: dict[str, Histogram] = {}
        self._levels: dict[str, UpDownCounter] = {}
        self._moments: dict[str, _Gauge] = {}

    def duration(self, name: str) -> Histogram:
        """How long something takes, in seconds, and how often it happens."""
        if name not in self._durations:
            made = self.meter.create_histogram(name, unit="s", explicit_bucket_boundaries_advisory=BOUNDS)
            self._durations[name] = made
        return self._durations[name]

    def level(self, name: str) -> UpDownCounter:
        """How many of something there are now."""
        if name not in self._levels:
            self._levels[name] = self.meter.create_up_down_counter(name)
        return self._levels[name]

    def moment(self, name: str) -> _Gauge:
        """When something was last so, in seconds since 1970."""
        if name not in self._moments:
            self._moments[name] = self.meter.create_gauge(name, unit="s")
        return self._moments[name]


QUIET = Telemetry(NoOpTracer(), NoOpMeter(SCOPE))
_current = [QUIET]


def telemetry() -> Telemetry:
    """What this process tells with; before it is set up, and after its end, nobody listens."""
    return _current[-1]


class Providers:
    """What stands behind it, from `install` to `close`."""

    def __init__(
        self, service: str, processors: list[SpanProcessor], readers: list[MetricReader], share: float = 1
    ) -> None:
        resource = Resource.create({"service.name": service})
        # Without a place to send them, traces have ids and nothing else: logs are held together by them. The
        # share is one of ids, so that all processes decide alike about a trace, whatever a stranger asks for.
        sampler = TraceIdRatioBased(share) if processors else ALWAYS_OFF
        self._tracers = TracerProvider(resource=resource, sampler=sampler, shutdown_on_exit=False)
        for processor in processors:
            self._tracers.add_span_processor(processor)
        self._meters = MeterProvider(metric_readers=readers, resource=resource, shutdown_on_exit=False)

    def install(self) -> Telemetry:
        """Begin to listen."""
        made = Telemetry(self._tracers.get_tracer(SCOPE), self._meters.get_meter(SCOPE))
        _current.append(made)
        return made

    def close(self) -> None:
        """Send what is left, and listen no more."""
        if len(_current) > 1:
            _current.pop()
        self._tracers.shutdown()
        self._meters.shutdown()
