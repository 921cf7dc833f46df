"""What is told of a request, and what never is."""

import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import APIRouter
from opentelemetry import trace
from opentelemetry.trace import SpanKind, StatusCode

from app.components.backend.main import create_app
from app.components.backend.parts import ROUTERS
from app.components.observability.run import observed
from app.components.observability.telemetry import QUIET, telemetry
from app.core.logging import get_logger, setup_logging
from tests.plugins.backend import browser
from tests.plugins.observability import Told

SECRET = "sesame-4711"
DURATION = "http.server.request.duration"
router = APIRouter(prefix="/api/things")


@router.post("/{thing}")
async def look(thing: str) -> str:
    """A route of the tests."""
    if thing == "broken":
        raise RuntimeError(SECRET)
    get_logger("app.things").warning("looked")
    return "seen"


@pytest.fixture
async def client(
    told: Told,  # noqa: ARG001, it listens first
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[httpx2.AsyncClient]:
    monkeypatch.setattr("app.components.backend.main.ROUTERS", [*ROUTERS, router])
    async with browser(create_app()) as client:
        yield client


async def test_a_request_is_one_span_and_one_measurement_by_its_route(
    client: httpx2.AsyncClient, told: Told
) -> None:
    for thing in ("one", "two"):
        assert (await client.post(f"/api/things/{thing}")).status_code == 200
    span = told.spans()["POST /api/things/{thing}"]
    assert span.kind is SpanKind.SERVER
    assert span.attributes == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "http.route": "/api/things/{thing}",
    }
    assert told.metric(DURATION) == {("POST", "200", "/api/things/{thing}"): 2}
    assert told.metric("http.server.active_requests") == {("POST",): 0}


async def test_what_a_person_wrote_is_not_told(client: httpx2.AsyncClient, told: Told) -> None:
    headers = dict.fromkeys(("cookie", "authorization", "tracestate", "baggage"), f"a={SECRET}")
    for path in (f"/api/things/{SECRET}", f"/api/{SECRET}", "/api/things/broken"):
        await client.post(f"{path}?q={SECRET}", headers=headers, content=SECRET)
    await client.request(SECRET.upper(), "/api/things/one")
    assert {*told.metric(DURATION)} == {
        ("POST", "200", "/api/things/{thing}"),
        ("POST", "500", "/api/things/{thing}"),
        ("POST", "404", "other"),
        ("_OTHER", "405", "other"),
    }
    assert SECRET not in "".join(span.to_json() for span in told.spans().values()).lower()


async def test_an_error_marks_its_span(client: httpx2.AsyncClient, told: Told) -> None:
    assert (await client.post("/api/things/broken")).status_code == 500
    assert told.spans()["POST /api/things/{thing}"].status.status_code is StatusCode.ERROR


async def test_the_trace_of_whoever_asks_goes_on(client: httpx2.AsyncClient, told: Told) -> None:
    sent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await client.post("/api/things/one", headers={"traceparent": sent})
    span = told.spans()["POST /api/things/{thing}"]
    assert span.parent
    assert trace.format_trace_id(span.parent.trace_id) == sent.split("-")[1]
    await client.post("/api/things/one", headers={"traceparent": "nonsense"})
    assert told.spans()["POST /api/things/{thing}"].parent is None


async def test_lines_of_the_log_name_their_trace_and_their_request(
    client: httpx2.AsyncClient, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    setup_logging("INFO", as_json=True)
    answer = await client.post("/api/things/one")
    context = told.spans()["POST /api/things/{thing}"].get_span_context()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    mine = {line["event"]: line for line in lines if line.get("request_id") == answer.headers["x-request-id"]}
    assert context
    for event in ("looked", "request"):
        assert mine[event]["trace_id"] == trace.format_trace_id(context.trace_id)
        assert mine[event]["span_id"] == trace.format_span_id(context.span_id)


async def test_without_a_place_to_send_them_spans_are_ids_alone() -> None:
    assert telemetry() is QUIET
    async with observed("app"):
        span = telemetry().tracer.start_span("nothing")
        assert span.get_span_context().is_valid
        assert not span.is_recording()
    assert telemetry() is QUIET
