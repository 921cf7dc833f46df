"""Roles, administration of other people's accounts, and the audit trail."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import APIRouter, FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession
from typer.testing import CliRunner

from app.cli.auth import auth_cli
from app.components.backend.api.auth.roles import require_role
from app.components.backend.parts import ROUTERS
from app.core.db import session_scope
from app.models.role import UserRole
from app.services.auth.events import COMMAND_LINE
from app.services.auth.role_service import LastAdminError, actor_of, granted, set_role
from app.services.auth.roles import ROLES, Role
from app.services.auth.session_service import identify
from app.services.auth.user_service import deactivate, the_user
from tests.plugins.auth import API, EMAIL, PASSWORD, Browser, Travel, register, sign_in
from tests.plugins.backend import browser

USERS, AUDIT = "/api/v1/users", "/api/v1/audit"
EVE = "eve@example.com"
# Every route of administration, with a body it would take.
ROUTES = [
    ("GET", USERS, None),
    ("GET", f"{USERS}/{{id}}", None),
    ("PATCH", f"{USERS}/{{id}}", {"full_name": "x"}),
    ("PUT", f"{USERS}/{{id}}/role", {"role": "admin"}),
    ("POST", f"{USERS}/{{id}}/activate", None),
    ("POST", f"{USERS}/{{id}}/deactivate", None),
    ("DELETE", f"{USERS}/{{id}}", None),
    ("GET", AUDIT, None),
]


async def give(email: str, role: Role) -> UUID:
    """Give a role from the command line."""
    async with session_scope() as session:
        user = await the_user(session, email)
        await set_role(session, user.id, role, COMMAND_LINE)
        return user.id


async def admin(client: Browser) -> str:
    """An admin, signed in; says their id."""
    await register(client)
    return str(await give(EMAIL, "admin"))


async def test_nobody_and_no_ordinary_user_may_administer(app: FastAPI, client: Browser) -> None:
    victim = (await register(client)).json()
    async with browser(app) as eve, browser(app) as nobody:
        await register(eve, EVE)
        for method, path, body in ROUTES:
            # An id that does not exist is not told from one that does.
            for user_id in (victim["id"], uuid4(), "no-id"):
                asked = method, path.format(id=user_id)
                assert (await nobody.request(*asked, json=body)).status_code == 401, asked
                refused = await eve.request(*asked, json=body)
                assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied"), asked
    assert (await client.get(f"{API}/me")).json() == victim


async def test_looking_after_accounts(app: FastAPI, client: Browser) -> None:
    await admin(client)
    async with browser(app) as eve:
        eve_id = (await register(eve, EVE)).json()["id"]
        found = (await client.get(USERS, params={"search": "EVE@", "limit": 1})).json()
        assert (found["total"], found["items"][0]["id"], found["items"][0]["role"]) == (1, eve_id, "user")
        assert (await client.get(USERS, params={"search": "%"})).json() == {"items": [], "total": 0}
        emails = [
            row["email"]
            for offset in (0, 1)
            for row in (await client.get(USERS, params={"limit": 1, "offset": offset})).json()["items"]
        ]
        assert emails == [EMAIL, EVE]

        renamed = await client.patch(f"{USERS}/{eve_id}", json={"full_name": "Eve"})
        assert renamed.json() == (await client.get(f"{USERS}/{eve_id}")).json()
        assert renamed.json()["full_name"] == "Eve"

        off = await client.post(f"{USERS}/{eve_id}/deactivate")
        assert off.json()["is_active"] is False
        assert (await eve.get(f"{API}/me")).status_code == 401
        assert (await sign_in(eve, EVE)).status_code == 401
        on = await client.post(f"{USERS}/{eve_id}/activate")
        assert on.json()["is_active"] is True
        assert (await eve.get(f"{API}/me")).status_code == 401
        assert (await sign_in(eve, EVE)).status_code == 200

        assert (await client.delete(f"{USERS}/{eve_id}")).status_code == 204
        assert (await eve.get(f"{API}/me")).status_code == 401
    for method, path, body in ROUTES[1:-1]:
        for user_id in (eve_id, "no-id"):
            answer = await client.request(method, path.format(id=user_id), json=body)
            assert (answer.status_code, answer.json()["code"]) == (404, "user_not_found"), path


async def test_a_role_counts_from_the_next_request_on(app: FastAPI, client: Browser) -> None:
    await admin(client)
    async with browser(app) as eve:
        eve_id = (await register(eve, EVE)).json()["id"]
        assert (await eve.get(USERS)).status_code == 403
        for role, status in [("admin", 200), ("user", 403)]:
            changed = await client.put(f"{USERS}/{eve_id}/role", json={"role": role})
            assert changed.json()["role"] == role
            assert (await eve.get(USERS)).status_code == status
    unknown = await client.put(f"{USERS}/{eve_id}/role", json={"role": "root"})
    assert unknown.status_code == 422


async def test_changing_roles_and_deleting_need_a_recent_sign_in(client: Browser, travel: Travel) -> None:
    own = await admin(client)
    travel(timedelta(minutes=11))
    role = await client.put(f"{USERS}/{own}/role", json={"role": "user"})
    gone = await client.delete(f"{USERS}/{own}")
    for answer in (role, gone):
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    assert (await client.get(USERS)).status_code == 200


async def test_the_last_admin_stays(app: FastAPI, client: Browser, session: AsyncSession) -> None:
    own = await admin(client)
    async with browser(app) as eve:
        await register(eve, EVE)
    # An admin who is switched off cannot take over.
    await give(EVE, "admin")
    await deactivate(session, await the_user(session, EVE), COMMAND_LINE)
    for method, path, body in [
        ("PUT", f"{USERS}/{own}/role", {"role": "user"}),
        ("POST", f"{USERS}/{own}/deactivate", None),
        ("DELETE", f"{USERS}/{own}", None),
    ]:
        answer = await client.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_admin"), path
    with pytest.raises(LastAdminError):
        await deactivate(session, await the_user(session, EMAIL), COMMAND_LINE)
    await session.rollback()
    assert (await client.put(f"{USERS}/{own}/role", json={"role": "admin"})).status_code == 200


@pytest.mark.parametrize("way", ["role", "deactivate", "delete"])
async def test_of_admins_who_leave_at_once_one_stays(app: FastAPI, client: Browser, way: str) -> None:
    ids = [await admin(client)]
    async with browser(app) as other:
        await register(other, EVE)
        ids.append(str(await give(EVE, "admin")))

        async def leave(who: Browser, user_id: str) -> int:
            if way == "delete":
                return (await who.delete(f"{USERS}/{user_id}")).status_code
            if way == "role":
                return (await who.put(f"{USERS}/{user_id}/role", json={"role": "user"})).status_code
            return (await who.post(f"{USERS}/{user_id}/deactivate")).status_code

        # Each sends the other away.
        statuses = await asyncio.gather(leave(client, ids[1]), leave(other, ids[0]))
    async with session_scope() as session:
        assert len(await granted(session)) == (2 if way == "deactivate" else 1)
    # The second one is refused as the last admin, or because it is no admin, or not signed in, any more.
    assert sorted(statuses)[1] in {401, 403, 409}
    assert Counter(status in {200, 204} for status in statuses) == {True: 1, False: 1}


async def test_the_trail_tells_who_did_what_to_whom(app: FastAPI, client: Browser) -> None:
    own = await admin(client)
    async with browser(app, address="198.51.100.7") as eve:
        eve_id = (await register(eve, EVE)).json()["id"]
    await client.put(f"{USERS}/{eve_id}/role", json={"role": "admin"})
    await client.delete(f"{USERS}/{eve_id}")

    trail = (await client.get(AUDIT, params={"user": eve_id})).json()
    assert trail["next"] is None
    told = [(event["kind"], event["detail"], event["actor_email"]) for event in trail["items"]]
    assert told == [("deleted", "", EMAIL), ("role_changed", "admin", EMAIL), ("registered", "", "")]
    assert {event["user_id"] for event in trail["items"]} == {eve_id}
    assert trail["items"][-1]["address"] == "198.51.100.7"

    done = (await client.get(AUDIT, params={"user": own})).json()["items"]
    assert {event["actor_id"] for event in done} == {own, None}
    seen: list[int] = []
    before = None
    while before or not seen:
        page = (await client.get(AUDIT, params={"limit": 2} | ({"before": before} if before else {}))).json()
        seen += [event["id"] for event in page["items"]]
        before = page["next"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


async def test_a_role_that_is_not_in_the_list_permits_nothing(client: Browser, session: AsyncSession) -> None:
    own = await admin(client)
    row = await session.get_one(UserRole, UUID(own))
    row.role = "emperor"
    await session.commit()
    principal = await identify(session, dict(client.cookies))
    assert principal
    assert (await actor_of(session, principal)).role == "user"
    assert (await client.get(USERS)).status_code == 403
    assert ROLES["user"] == frozenset()


@pytest.fixture
def _engine_room(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()
    monkeypatch.setattr("app.components.backend.main.ROUTERS", [router, *ROUTERS])

    @router.get("/api/v1/engine-room", dependencies=[require_role("admin")])
    async def engine_room() -> str:
        return "welcome"


@pytest.mark.usefixtures("_engine_room")
async def test_a_route_can_ask_for_a_role(client: Browser) -> None:
    assert (await client.get("/api/v1/engine-room")).status_code == 401
    await register(client)
    assert (await client.get("/api/v1/engine-room")).status_code == 403
    await give(EMAIL, "admin")
    assert (await client.get("/api/v1/engine-room")).json() == "welcome"


def test_admins_are_made_on_the_command_line() -> None:
    def run(*words: str) -> str:
        ran = CliRunner().invoke(auth_cli, words, input=f"{PASSWORD}\n")
        return ran.stdout if ran.exit_code == 0 else repr(ran.exception)

    run("create-user", EMAIL)
    assert "  user   ada@example.com" in run("list-users")
    assert '"role": "admin"' in run("promote", EMAIL, "--role", "admin", "--json")
    assert "  admin  ada@example.com" in run("list-users")
    assert "LastAdminError" in run("promote", EMAIL, "--role", "user")
    assert "LastAdminError" in run("deactivate", EMAIL)
    assert "UserNotFoundError" in run("promote", EVE, "--role", "admin")
    assert '"role": "admin"' in run("list-users", "--json")
