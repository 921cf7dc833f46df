"""Requests that other sites send, and requests that make no sense."""

import httpx2
import pytest

from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, PASSWORD, register

UNSAFE = ["register", "token", "login", "refresh", "logout"]
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:81"},
    {"Origin": "https://localhost"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
]
OWN = [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_other_sites_change_nothing(client: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    await register(client)
    for path in [*(f"{API}/{name}" for name in UNSAFE), "/auth/login", "/auth/register"]:
        answer = await client.post(path, headers=headers, json={"email": EMAIL, "password": PASSWORD})
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin"), path
    for method in ("PATCH", "DELETE", "PUT"):
        assert (await client.request(method, f"{API}/me", headers=headers)).status_code == 403
    text = headers | {"Content-Type": "text/plain"}
    assert (await client.post(f"{API}/login", headers=text, content="{}")).status_code == 403
    assert (await client.get(f"{API}/me", headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", OWN, ids=str)
async def test_own_pages_and_programs_pass(client: httpx2.AsyncClient, headers: dict[str, str]) -> None:
    await register(client)
    credentials = {"email": EMAIL, "password": PASSWORD}
    assert (await client.post(f"{API}/login", json=credentials, headers=headers)).status_code == 200
    assert (await client.post(f"{API}/refresh", headers=headers)).status_code == 200


async def test_the_public_url_is_the_own_origin(client: httpx2.AsyncClient, configure: Configure) -> None:
    configure(public_url="https://app.example.com")
    for origin, status in [("https://app.example.com", 204), ("http://localhost", 403)]:
        answer = await client.post(f"{API}/logout", headers={"Origin": origin})
        assert answer.status_code == status


async def test_json_under_another_name_is_no_json(client: httpx2.AsyncClient) -> None:
    content = f'{{"email":"{EMAIL}","password":"{PASSWORD}"}}'
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "application/octet-stream"):
        answer = await client.post(f"{API}/register", content=content, headers={"Content-Type": media_type})
        assert answer.status_code == 422
    assert (await client.post(f"{API}/token", json={"username": EMAIL})).status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        b'{"email":"a\\u0000@example.com","password":"secure123"}',
        b'{"email":"ada@example.com","password":"\\ud800secure123"}',
        b'{"email":"ada@example.com","password":"secure123","full_name":"\\udfff"}',
        b'{"email":["ada@example.com"],"password":{}}',
        b'{"email":' + b"[" * 50_000,
        b'{"email":"ada@example.com","password":"' + b"x" * 2_000_000 + b'"}',
        b"\xff\xfe",
        b"",
    ],
    ids=lambda content: str(content[:60]),
)
async def test_bodies_nobody_can_mean(client: httpx2.AsyncClient, content: bytes) -> None:
    for name in ("register", "login", "token"):
        for media_type in ("application/json", "application/x-www-form-urlencoded"):
            answer = await client.post(f"{API}/{name}", content=content, headers={"Content-Type": media_type})
            assert 400 <= answer.status_code < 500
            assert b"secure123" not in answer.content


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "User-Agent", "Origin"])
async def test_headers_nobody_can_mean(client: httpx2.AsyncClient, name: str) -> None:
    answer = await client.get(f"{API}/me", headers=[(name.encode(), "Bearer aegis_session=é\x80".encode())])
    assert 400 <= answer.status_code < 500
