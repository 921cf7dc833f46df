"""API keys: shown once, good for what they were made for, and for nothing that is a person's business."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI
from sqlmodel import SQLModel, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.backend.api.auth.scopes import require_scope
from app.components.backend.parts import ROUTERS
from app.core.security import fingerprint
from app.models.api_key import ApiKey
from app.models.base import utc_now
from app.models.user import AuthEvent, User
from app.services.auth import api_key_service, identify, user_service
from app.services.auth.events import COMMAND_LINE
from tests.plugins.auth import API, EMAIL, PASSWORD, Browser, Travel, bearer, cookie, register, sign_in
from tests.plugins.backend import browser
from tests.plugins.mail import Mailbox

KEYS = f"{API}/api-keys"
READ, WRITE = ["read"], ["read", "write"]


async def _make(client: Browser, **values: Any) -> httpx2.Response:
    return await client.post(KEYS, json={"name": "Nightly import", "scopes": WRITE, **values})


async def _key(client: Browser, **values: Any) -> str:
    return str((await _make(client, **values)).json()["key"])


async def _status(client: Browser, key: str) -> int:
    return (await client.get(f"{API}/me", headers=bearer(key))).status_code


async def test_a_key_is_shown_once_and_listed_ever_after(client: Browser, session: AsyncSession) -> None:
    await register(client)
    answer = await _make(client, scopes=["write"], expires_in_days=30)
    made = answer.json()
    key = made.pop("key")
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert (made["name"], made["scopes"], made["last_used_at"]) == ("Nightly import", WRITE, None)
    assert (await client.get(KEYS)).json() == [made]
    assert await _status(client, key) == 200
    assert (await client.get(KEYS)).json()[0]["last_used_at"]

    connection = await session.connection()
    tables = SQLModel.metadata.sorted_tables
    stored = "".join([repr((await connection.execute(table.select())).all()) for table in tables])
    assert fingerprint(key) in stored
    assert key[10:-6] not in stored


async def test_a_new_key_is_told_to_an_address_that_was_proven(
    client: Browser, session: AsyncSession, mailbox: Mailbox
) -> None:
    await register(client)
    await mailbox.delivered()
    await _make(client)
    assert await mailbox.delivered() == []
    await session.exec(update(User).values(email_verified_at=utc_now()))
    await session.commit()
    key = await _key(client)
    (sent,) = await mailbox.delivered()
    assert (sent.to, "API key" in sent.subject, key in sent.text) == (EMAIL, True, False)


async def test_use_is_noted_coarsely(client: Browser, travel: Travel) -> None:
    await register(client)
    key, noted = await _key(client), set()
    for minutes in (0, 9, 11):
        travel(timedelta(minutes=minutes))
        await _status(client, key)
        noted.add((await client.get(KEYS)).json()[0]["last_used_at"])
    assert len(noted) == 2


async def test_a_slip_is_found_before_the_database_is_asked(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(client)
    key = await _key(client)
    invented = api_key_service.with_checksum("x" * 43)
    assert await _status(client, invented) == 401
    monkeypatch.setattr(api_key_service, "select", None)
    slips = [key[:-1], f"{key}x", key[:-1] + ("a" if key[-1] != "a" else "b"), key.swapcase(), "aegis_key_"]
    assert [await _status(client, slip) for slip in slips] == [401] * len(slips)


@pytest.fixture
def _report(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()
    router.add_api_route("/api/report", lambda: "here", dependencies=[Depends(require_scope("write"))])
    monkeypatch.setattr("app.components.backend.main.ROUTERS", [router, *ROUTERS])


@pytest.mark.usefixtures("_report")
async def test_scopes(app: FastAPI, client: Browser) -> None:
    await register(client)
    reading, writing = [bearer(await _key(client, scopes=scopes)) for scopes in (READ, WRITE)]
    name = {"full_name": "Ada"}
    async with browser(app) as program:
        assert (await program.get(f"{API}/me", headers=reading)).status_code == 200
        refused = await program.patch(f"{API}/me", headers=reading, json=name)
        assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
        challenge = 'Bearer error="insufficient_scope", scope="write"'
        assert refused.headers["www-authenticate"] == challenge
        assert (await program.patch(f"{API}/me", headers=writing, json=name)).status_code == 200
        asked = [await program.get("/api/report", headers=header) for header in (reading, writing)]
        assert [answer.status_code for answer in asked] == [403, 200]
    assert (await client.get("/api/report")).status_code == 200


async def test_a_key_does_nothing_that_is_a_persons_business(app: FastAPI, client: Browser) -> None:
    await register(client)
    made = (await _make(client)).json()
    (session,) = (await client.get(f"{API}/sessions")).json()
    async with browser(app) as program:
        program.headers.update(bearer(made["key"]))
        for method, path in [
            ("GET", "sessions"),
            ("DELETE", "sessions"),
            ("DELETE", f"sessions/{session['id']}"),
            ("DELETE", f"sessions/{made['id']}"),
            ("GET", "api-keys"),
            ("POST", "api-keys"),
            ("DELETE", f"api-keys/{made['id']}"),
        ]:
            answer = await program.request(method, f"{API}/{path}", json={"name": "Another"})
            assert (answer.status_code, answer.json()["code"]) == (403, "api_key_not_allowed"), path
        for path in ("email/confirm", "verify-email/confirm"):
            answer = await program.post(f"{API}/{path}", json={"token": "of some mail"})
            assert (answer.status_code, answer.json()["code"]) == (403, "api_key_not_allowed"), path
        assert (await program.post(f"{API}/logout")).status_code == 204
        assert (await program.post(f"{API}/refresh")).status_code == 401
        assert (await program.get(f"{API}/me")).status_code == 200
    assert (await client.get(f"{API}/me")).status_code == 200


async def test_a_key_is_no_cookie(app: FastAPI, client: Browser, session: AsyncSession) -> None:
    await register(client)
    header = cookie("session", await _key(client))
    async with browser(app) as other:
        assert (await other.get(f"{API}/me", headers=header)).status_code == 401
    name, _, key = header["Cookie"].partition("=")
    assert await identify(session, {name: key}) is None


async def test_keys_end(app: FastAPI, client: Browser, session: AsyncSession, travel: Travel) -> None:
    await register(client)
    made = [(await _make(client, expires_in_days=days)).json() for days in (1, 365, 365)]
    async with browser(app) as stranger:
        await register(stranger, "eve@example.com")
        assert (await stranger.delete(f"{KEYS}/{made[1]['id']}")).status_code == 404
        assert (await stranger.get(KEYS)).json() == []
    for path, status in [(made[1]["id"], 204), (made[1]["id"], 404), ("nonsense", 404)]:
        assert (await client.delete(f"{KEYS}/{path}")).status_code == status
    assert [await _status(client, each["key"]) for each in made] == [200, 401, 200]
    travel(timedelta(days=1))
    assert [await _status(client, each["key"]) for each in made] == [401, 401, 200]
    await user_service.deactivate(session, await user_service.the_user(session, EMAIL), COMMAND_LINE)
    assert await _status(client, made[2]["key"]) == 401
    kinds = Counter(await session.exec(select(AuthEvent.kind)))
    assert (kinds["api_key_made"], kinds["api_key_revoked"]) == (3, 1)


async def test_making_and_revoking_need_a_recent_sign_in(client: Browser, travel: Travel) -> None:
    await register(client)
    made = (await _make(client)).json()
    travel(timedelta(minutes=11))
    refused = [await _make(client), await client.delete(f"{KEYS}/{made['id']}")]
    assert {answer.json()["code"] for answer in refused} == {"reauthentication_required"}
    assert [answer.status_code for answer in refused] == [403, 403]
    assert (await client.get(KEYS)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("name", value) for value in ("", "  ", "x" * 101, "two\nlines")),
        *(("scopes", value) for value in ([], ["admin"], ["read", "admin"])),
        *(("expires_in_days", value) for value in (0, -1, 366, 10**12)),
    ],
    ids=str,
)
async def test_what_a_key_cannot_be(client: Browser, field: str, value: object) -> None:
    await register(client)
    answer = await _make(client, **{field: value})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


async def test_thirty_at_once_are_twenty(client: Browser, session: AsyncSession) -> None:
    await register(client)
    answers = await asyncio.gather(*(_make(client) for _ in range(30)))
    assert Counter(answer.status_code for answer in answers) == {201: 20, 409: 10}
    assert len((await session.exec(select(ApiKey.id))).all()) == 20
    assert (await sign_in(client, EMAIL, PASSWORD)).status_code == 200
