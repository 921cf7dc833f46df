"""The routes as a program, a browser and another site meet them."""

import asyncio
from collections import Counter

import pytest
from fastapi import FastAPI

from app.services.auth import cookies
from tests.conftest import Configure
from tests.plugins.auth import (
    API,
    CREDENTIALS,
    EMAIL,
    PASSWORD,
    Browser,
    bearer,
    cookie,
    held,
    register,
    sign_in,
)
from tests.plugins.backend import browser


@pytest.mark.parametrize("email", ["test@example.com", "second@example.com"])
async def test_quick_start(client: Browser, email: str) -> None:
    created = await client.post("/auth/register", json={"email": email, "password": "secure123"})
    token = await client.post("/auth/token", data={"username": email, "password": "secure123"})
    me = await client.get("/auth/me", headers=bearer(token.json()["access_token"]))

    assert [created.status_code, token.status_code, me.status_code] == [201, 200, 200]
    assert token.json().keys() == {"access_token", "token_type", "expires_in"}
    assert me.json() == created.json()
    assert me.json().keys() == {"id", "email", "email_verified_at", "full_name", "is_active", "created_at"}


async def test_short_forms(app: FastAPI, client: Browser) -> None:
    moved = await client.post("/auth/logout?a=%2F%2F")
    assert (moved.status_code, moved.headers["location"]) == (308, f"{API}/logout?a=%2F%2F")
    wrong_method = await client.get("/auth/register")
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "POST")
    assert (await client.get("/auth")).status_code == 404
    assert not [path for path in app.openapi()["paths"] if path.startswith("/auth")]


async def test_twelve_registrations_at_once_make_one_account(client: Browser) -> None:
    spellings = [EMAIL, EMAIL.upper(), EMAIL.title()] * 4
    answers = await asyncio.gather(*(register(client, email) for email in spellings))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 11}


async def test_a_field_that_is_to_blame_is_named(client: Browser) -> None:
    await register(client)
    taken = await register(client, EMAIL.upper())
    assert (taken.status_code, taken.json()["field"]) == (409, "email")
    for email in ("ada", "ada@", "@example.com", "a b@example.com", "ada@example", "a..b@example.com"):
        answer = await register(client, email)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_email"), email


async def test_a_person_can_change_their_name_and_nothing_else(client: Browser) -> None:
    before = (await register(client)).json()
    changes = {"full_name": " Ada Löve 🎉 ", "is_active": False, "id": "x", "email": "y@example.com"}
    after = (await client.patch(f"{API}/me", json=changes)).json()
    assert after == before | {"full_name": "Ada Löve 🎉"} == (await client.get("/auth/me")).json()
    for name in ("\u202eevil", "line\nbreak", "x" * 201):
        assert (await client.patch("/auth/me", json={"full_name": name})).status_code == 422


async def test_authorization_is_judged_alone(client: Browser) -> None:
    await register(client)
    assert (await client.get(f"{API}/me")).status_code == 200
    for value in ("Bearer nonsense", "Bearer ", "Basic YTpi", "Bearer"):
        answer = await client.get(f"{API}/me", headers={"Authorization": value})
        challenge = answer.headers["www-authenticate"]
        assert (answer.status_code, challenge) == (401, 'Bearer error="invalid_token"')


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "me"), ("PATCH", "me"), ("GET", "sessions"), ("DELETE", "sessions"), ("POST", "refresh")],
)
async def test_nobody_is_asked_to_sign_in(client: Browser, method: str, path: str) -> None:
    answer = await client.request(method, f"{API}/{path}", json={"full_name": ""})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_cookies_in_development(client: Browser) -> None:
    answer = await register(client)
    session, refresh, marker, device = answer.headers.get_list("set-cookie")
    assert answer.headers["cache-control"] == "no-store"
    assert session.endswith("; Path=/; SameSite=Lax; HttpOnly; Max-Age=900")
    assert refresh.endswith("; Path=/api/v1/auth; SameSite=Strict; HttpOnly; Max-Age=1209600")
    assert marker.endswith("; Path=/; SameSite=Lax; Max-Age=1209600")
    assert device.endswith("; Path=/; SameSite=Strict; HttpOnly; Max-Age=31536000")
    assert cookies.nonce_cookie(cookies.new_nonce()).endswith("; Path=/; SameSite=Lax; HttpOnly")

    # A script can send a refresh, so its answer holds no token.
    refreshed = await client.post(f"{API}/refresh")
    assert (refreshed.json(), refreshed.headers["cache-control"]) == ({"expires_in": 900}, "no-store")
    assert str(held(client, "refresh")) not in refresh


async def test_the_marker_tells_people_apart(app: FastAPI, client: Browser) -> None:
    await register(client)
    time, person = str(held(client, "signed_in")).split(".")
    assert time.isdecimal()
    await client.post(f"{API}/refresh")
    assert str(held(client, "signed_in")).endswith(f".{person}")
    await sign_in(client)
    assert str(held(client, "signed_in")).endswith(f".{person}")
    async with browser(app) as other:
        await register(other, "grace@example.com")
        assert not str(held(other, "signed_in")).endswith(f".{person}")


async def test_cookies_over_https(app: FastAPI, client: Browser, configure: Configure) -> None:
    configure(public_url="https://app.example.com")
    assert cookies.parse(["a=1; b = 2 ;junk", "a=3"]) == {"a": "1", "b": "2"}
    set_cookies = (await register(client)).headers.get_list("set-cookie")
    names = [value.split("=")[0] for value in set_cookies]
    expected = "__Host-aegis_session __Secure-aegis_refresh __Host-aegis_signed_in __Host-aegis_device"
    assert names == expected.split()
    assert all(value.endswith("; Secure") for value in set_cookies)
    token = set_cookies[0].split("=")[1].split(";")[0]
    async with browser(app) as other:
        plain = await other.get(f"{API}/me", headers={"Cookie": f"aegis_session={token}"})
        assert plain.status_code == 401
        assert (await other.get(f"{API}/me", headers=cookie("session", token))).status_code == 200


async def test_password_grant_can_be_switched_off(client: Browser, configure: Configure) -> None:
    await register(client)
    configure(password_grant_enabled=False)
    answer = await client.post("/auth/token", data={"username": EMAIL, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (400, "unsupported_grant_type")
    assert (await sign_in(client)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
async def test_other_sites_change_nothing(client: Browser, headers: dict[str, str]) -> None:
    await register(client)
    for path in ("register", "token", "login", "refresh", "logout"):
        answer = await client.post(f"{API}/{path}", headers=headers, json=CREDENTIALS)
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin"), path
    as_text = headers | {"Content-Type": "text/plain"}
    assert (await client.post("/auth/login", headers=as_text, content="{}")).status_code == 403
    assert (await client.patch(f"{API}/me", headers=headers, json={"full_name": "x"})).status_code == 403
    assert (await client.get(f"{API}/me", headers=headers)).status_code == 200


async def test_own_pages_pass(client: Browser, configure: Configure) -> None:
    own = [("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none")]
    for header in own:
        assert (await client.post(f"{API}/logout", headers=[header])).status_code == 204
    configure(public_url="https://app.example.com")
    for origin, status in [("https://app.example.com", 204), ("http://localhost", 403)]:
        assert (await client.post(f"{API}/logout", headers={"Origin": origin})).status_code == status
