"""The routes as a program and as a browser meet them."""

import asyncio
from collections import Counter

import httpx2
import pytest
from fastapi import FastAPI

from app.services.auth import cookies
from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, PASSWORD, bearer, cookie, held, register, sign_in, token_of
from tests.plugins.backend import browser


@pytest.mark.parametrize("email", ["test@example.com", "second@example.com"])
async def test_quick_start(client: httpx2.AsyncClient, email: str) -> None:
    created = await client.post("/auth/register", json={"email": email, "password": "secure123"})
    form = {"username": email, "password": "secure123"}
    token = await client.post("/auth/token", data=form)
    me = await client.get("/auth/me", headers=bearer(token.json()["access_token"]))

    assert [created.status_code, token.status_code, me.status_code] == [201, 200, 200]
    assert token.json().keys() == {"access_token", "token_type", "expires_in"}
    assert me.json() == created.json()
    assert me.json().keys() == {"id", "email", "full_name", "is_active", "created_at"}


async def test_other_short_forms_point_to_the_long_ones(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/auth/logout?a=%2F%2F", headers={"Origin": "http://localhost"})
    assert answer.status_code == 308
    assert answer.headers["location"] == "/api/v1/auth/logout?a=%2F%2F"

    wrong_method = await client.get("/auth/register")
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "POST")
    assert (await client.get("/auth")).status_code == 404


async def test_short_forms_are_not_documented(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert f"{API}/token" in paths
    assert not [path for path in paths if path.startswith("/auth")]


async def test_twelve_registrations_at_once_make_one_account(client: httpx2.AsyncClient) -> None:
    spellings = [EMAIL, EMAIL.upper(), EMAIL.title()] * 4
    answers = await asyncio.gather(*(register(client, email) for email in spellings))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 11}


async def test_taken_and_invalid_fields_are_named(client: httpx2.AsyncClient) -> None:
    await register(client)
    taken = await register(client, EMAIL.upper())
    assert (taken.status_code, taken.json()["field"]) == (409, "email")
    for email in ("ada", "ada@", "@example.com", "a b@example.com", "ada@example", "a..b@example.com"):
        answer = await register(client, email)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_email"), email


async def test_wrong_and_unknown_are_answered_alike(client: httpx2.AsyncClient) -> None:
    await register(client)
    wrong = await sign_in(client, password="wrong password")
    unknown = await sign_in(client, "nobody@example.com")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert wrong.headers["www-authenticate"] == "Bearer"


async def test_name_can_be_changed(client: httpx2.AsyncClient) -> None:
    await register(client)
    changed = await client.patch(f"{API}/me", json={"full_name": "  Ada Löve 🎉 "})
    assert changed.json()["full_name"] == "Ada Löve 🎉"
    assert (await client.get("/auth/me")).json() == changed.json()
    for name in ("\u202eevil", "line\nbreak", "x" * 201):
        assert (await client.patch("/auth/me", json={"full_name": name})).status_code == 422


async def test_nothing_else_can_be_changed(client: httpx2.AsyncClient) -> None:
    before = (await register(client)).json()
    await client.patch(f"{API}/me", json={"full_name": "", "is_active": False, "id": "x", "email": "y"})
    assert (await client.get(f"{API}/me")).json() == before


async def test_authorization_is_judged_alone(client: httpx2.AsyncClient) -> None:
    await register(client)
    assert (await client.get(f"{API}/me")).status_code == 200
    for value in ("Bearer nonsense", "Bearer ", "Basic YTpi", "Bearer"):
        answer = await client.get(f"{API}/me", headers={"Authorization": value})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_nobody_is_asked_to_sign_in(app: FastAPI) -> None:
    async with browser(app) as stranger:
        for method, path in [("GET", "me"), ("PATCH", "me"), ("GET", "sessions"), ("DELETE", "sessions")]:
            answer = await stranger.request(method, f"{API}/{path}", json={"full_name": ""})
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert (await stranger.post(f"{API}/refresh")).status_code == 401


async def test_cookies_in_development(client: httpx2.AsyncClient) -> None:
    answer = await register(client)
    assert answer.headers["cache-control"] == "no-store"
    session, refresh, marker, device = answer.headers.get_list("set-cookie")
    assert session.endswith("; Path=/; SameSite=Lax; Max-Age=900; HttpOnly")
    assert refresh.endswith("; Path=/api/v1/auth; SameSite=Strict; Max-Age=1209600; HttpOnly")
    assert marker.endswith("; Path=/; SameSite=Lax; Max-Age=1209600")
    assert marker.split("=")[1].split(";")[0].isdecimal()
    assert device.endswith("; Path=/; SameSite=Strict; Max-Age=31536000; HttpOnly")


async def test_cookies_over_https(client: httpx2.AsyncClient, configure: Configure) -> None:
    configure(public_url="https://app.example.com")
    answer = await register(client)
    set_cookies = answer.headers.get_list("set-cookie")
    assert [value.split("=")[0] for value in set_cookies] == [
        "__Host-aegis_session",
        "__Secure-aegis_refresh",
        "__Host-aegis_signed_in",
        "__Host-aegis_device",
    ]
    assert all(value.endswith("; Secure") for value in set_cookies)

    token = await token_of(client)
    client.cookies.clear()
    plain = {"Cookie": f"aegis_session={token}"}
    assert (await client.get(f"{API}/me", headers=plain)).status_code == 401
    assert (await client.get(f"{API}/me", headers=cookie("session", token))).status_code == 200


def test_of_two_cookies_with_one_name_the_first_counts() -> None:
    assert cookies.parse(["a=1; b = 2 ;junk", "a=3"]) == {"a": "1", "b": "2"}
    assert cookies.read({"aegis_session": ""}, "session") is None


def test_every_nonce_is_new() -> None:
    assert cookies.new_nonce() != cookies.new_nonce()
    assert cookies.nonce_cookie("n") == "aegis_nonce=n; Path=/; SameSite=Lax; HttpOnly"


async def test_password_grant_can_be_switched_off(client: httpx2.AsyncClient, configure: Configure) -> None:
    await register(client)
    configure(password_grant_enabled=False)
    answer = await client.post("/auth/token", data={"username": EMAIL, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (400, "unsupported_grant_type")
    assert (await sign_in(client)).status_code == 200


async def test_refresh_tells_scripts_nothing(client: httpx2.AsyncClient) -> None:
    await register(client)
    before = held(client, "refresh")
    answer = await client.post(f"{API}/refresh")
    assert answer.json() == {"expires_in": 900}
    assert answer.headers["cache-control"] == "no-store"
    assert held(client, "refresh") != before
