"""Requests: one span and one measurement each, by the template of the route that took it."""

import time

from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.components.observability.telemetry import telemetry
from app.core.network import header

# Strangers may send any word; each would be a series of its own.
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
propagator = TraceContextTextMapPropagator()


class TraceMiddleware:
    """
    Notes method, route, status and duration, and nothing that a person wrote: no address, header or body.

    The page's WebSocket is left alone: it lasts as long as a visit, and is no request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        told = telemetry()
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        about: dict[str, str | int] = {"http.request.method": method}
        parent = propagator.extract({"traceparent": header(scope, "traceparent") or ""})
        started = time.perf_counter()
        told.level("http.server.active_requests").add(1, about)
        with told.tracer.start_as_current_span(
            method, parent, SpanKind.SERVER, about, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                await self.app(scope, receive, send_noting)
            finally:
                told.level("http.server.active_requests").add(-1, about)
                route = _template(scope)
                about = about | {"http.route": route, "http.response.status_code": status}
                told.duration("http.server.request.duration").record(time.perf_counter() - started, about)
                span.update_name(f"{method} {route}")
                span.set_attributes(about)
                if status >= 500:
                    span.set_status(StatusCode.ERROR)


def _template(scope: Scope) -> str:
    """The path as the route declares it; what no route takes is all one, the page among it."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) and path else "other"
