"""The app as a browser or a stranger meets it."""

import asyncio
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel
from starlette.types import Message, Scope
from structlog.testing import capture_logs

from app.components.backend import health
from app.components.backend.guard import METHODS, Guard
from app.components.backend.main import create_app
from app.components.backend.parts import ROUTERS
from app.core.errors import AppError
from app.core.network import client_address, forwarded_client, own_origin
from tests.conftest import Configure
from tests.plugins.backend import browser

Client = httpx2.AsyncClient
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Note(BaseModel):
    """A body with a text."""

    text: str


# Routes that do what real ones might.
router = APIRouter(prefix="/api/test")


@router.post("/notes")
@router.put("/notes")
async def write(note: Note) -> Note:
    return note


@router.get("/broken")
@router.websocket("/broken-socket")
async def broken() -> None:
    raise RuntimeError("the secret reason")


@router.get("/refused")
async def refused() -> None:
    raise AppError("Not today.", field="day", headers={"Retry-After": "9"})


@pytest.fixture(autouse=True)
def _more_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.components.backend.main.ROUTERS", [router, *ROUTERS])


async def talk(app: FastAPI, *, kind: str = "websocket", path: str, **more: Any) -> list[Message]:
    """Open a connection by hand and hear what the app says."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect" if kind == "http" else "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    scope: Scope = {"type": kind, "path": path, "headers": [], "query_string": b"", "scheme": "ws", **more}
    await app(scope, receive, send)
    return said


def assert_careful(response: httpx2.Response) -> None:
    """Every answer has these, whoever made it."""
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Request-ID"]


async def test_health(client: Client) -> None:
    for path in ("/health/live", "/health/ready"):
        response = await client.get(path)
        assert (response.status_code, response.json()["status"]) == (200, "ok")
        assert_careful(response)


async def test_ready_names_the_part_that_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuses() -> None:
        raise ConnectionRefusedError

    # These alone: so little patience would break off whatever a real check is in the middle of.
    monkeypatch.setattr(health, "CHECKS", {"example": refuses, "slow": lambda: asyncio.sleep(60)})
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.01)
    response = await client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "down: example, slow", "parts": {"example": False, "slow": False}}


@pytest.mark.parametrize("path", ["/api", "/api/none", "/health/", "/metrics", "/.well-known/none"])
async def test_unknown_paths_of_the_api_are_not_the_page(client: Client, path: str) -> None:
    for method in METHODS:
        response = await client.request(method, path)
        assert response.status_code == 404
        assert method == "HEAD" or response.json()["code"] == "not_found"
        assert_careful(response)


async def test_every_route_says_which_methods_it_takes(client: Client, app: FastAPI) -> None:
    for path, operations in app.openapi()["paths"].items():
        taken = {method.upper() for method in operations}
        for method in set(METHODS) - taken:
            response = await client.request(method, path.replace("{", "").replace("}", ""))
            allowed = set(response.headers["Allow"].split(", "))
            assert (response.status_code, taken <= allowed) == (405, True), (method, path)
            assert_careful(response)


async def test_refusals_have_one_shape(client: Client) -> None:
    response = await client.get("/api/test/refused")
    assert response.json() == {"detail": "Not today.", "code": "bad_request", "field": "day"}
    assert (response.status_code, response.headers["Retry-After"]) == (400, "9")


async def test_unhandled_errors_tell_an_id_and_no_reason(client: Client) -> None:
    response = await client.get("/api/test/broken")
    assert response.status_code == 500
    assert response.json()["id"] == response.headers["X-Request-ID"]
    assert "secret" not in response.text
    assert_careful(response)


async def test_invalid_requests_are_not_echoed(client: Client) -> None:
    response = await client.post("/api/test/notes", json={"text": ["hunter2"]})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert "hunter2" not in response.text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (JSON, b'{"text": "' + b"x" * 2_000_000 + b'"}', 413),
        (JSON, rb'{"text": "a\u0000"}', 400),
        (JSON, rb'{"a\u0000": 1}', 400),
        (JSON, rb'{"text": ["\ud800"]}', 400),
        (JSON, b"[" * 100_000, 400),
        (JSON, b'{"a":' * 100_000, 400),
        (JSON, b"\xff", 400),
        (JSON, b"{", 422),
        (JSON, b'{"text": ' + b"1" * 5000 + b"}", 400),
        ({"Content-Type": "application/merge-patch+json"}, rb'{"text": "\u0000"}', 400),
        (FORM, b"text=a%00", 400),
        (FORM, b"text=a", 422),
        ({**JSON, "X-Name": "é".encode()}, b'{"text": "a"}', 400),
        (JSON, rb'{"text": "\\u0000 \ud83d\ude00 spelled out"}', 200),
    ],
)
async def test_hostile_bodies(client: Client, headers: dict[str, Any], body: bytes, status: int) -> None:
    response = await client.post("/api/test/notes", headers=headers, content=body)
    assert response.status_code == status
    assert_careful(response)


async def test_bodies_without_a_length_are_counted(client: Client) -> None:
    async def chunks() -> Any:
        yield b"x" * 600_000
        yield b"x" * 600_000

    assert (await client.post("/api/test/notes", content=chunks())).status_code == 413


@pytest.mark.parametrize("path", ["/health/live?a=%00", "/health/%00", "/%00"])
async def test_hostile_addresses(client: Client, path: str) -> None:
    assert (await client.get(path)).status_code == 400


async def test_a_client_that_leaves_is_not_answered(app: FastAPI) -> None:
    assert await talk(app, kind="http", path="/api/test/notes", method="POST") == []


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [("/api/none", b"", 1008), ("/health/live", b"\xff", 1008), ("/api/test/broken-socket", b"", 1011)],
)
async def test_sockets_are_closed(app: FastAPI, path: str, value: bytes, code: int) -> None:
    said = await talk(app, path=path, headers=[(b"x-name", value)])
    assert said == [{"type": "websocket.close", "code": code}]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ("", "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("10.0.0.0/8", "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "::ffff:127.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"),
        ("10.0.0.0/8", "unknown", "203.0.113.9", "unknown"),
    ],
)
def test_the_rightmost_stranger_is_the_client(
    configure: Configure, trusted: str, peer: str, forwarded: str, client: str
) -> None:
    configure(trusted_proxies=trusted)
    assert forwarded_client(peer, forwarded) == client


async def test_forwarded_headers_count_only_from_trusted_proxies(
    configure: Configure, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    async def page(scope: Scope, *_: Any) -> None:
        seen.append((client_address(scope), own_origin(scope)))

    monkeypatch.setattr(Guard, "__call__", lambda _self, scope, *rest: page(scope, *rest))
    headers = [(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-proto", b"https"), (b"host", b"A.test")]
    for trusted, given in (("", headers), ("127.0.0.1", headers), ("127.0.0.1", headers[1:])):
        configure(trusted_proxies=trusted)
        await talk(app, path="/", headers=given, client=("127.0.0.1", 1))
    assert [address for address, _ in seen] == ["127.0.0.1", "203.0.113.9", "127.0.0.1"]
    assert [origin for _, origin in seen] == ["http://a.test", "https://a.test", "https://a.test"]


async def test_https_is_said_to_be_kept(configure: Configure, app: FastAPI) -> None:
    configure(public_url="https://example.com")
    async with browser(app, address="203.0.113.9") as client:
        response = await client.get("/health/live")
    assert response.headers["Strict-Transport-Security"]
    assert own_origin({"scheme": "http", "headers": []}) == "https://example.com"


async def test_production_hides_its_description(configure: Configure) -> None:
    assert create_app().openapi_url == "/openapi.json"
    configure(app_env="production")
    assert create_app().openapi_url is None


async def test_query_strings_are_not_logged(client: Client) -> None:
    with capture_logs() as events:
        await client.get("/health/live?ticket=hunter2")
    assert [event["path"] for event in events] == ["/health/live"]
    assert "hunter2" not in str(events)
