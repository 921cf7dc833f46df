"""Signing in by way of GitHub and Google, and connecting accounts there to one here."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.frontend.connection import belongs_to
from app.components.frontend.views.auth.account import account
from app.components.frontend.views.auth.login import login
from app.core.config import ConfigError, check_settings
from app.models.base import utc_now
from app.models.oauth import OAuthIdentity, OAuthState
from app.models.user import User
from app.services.auth.events import COMMAND_LINE
from app.services.auth.oauth import accounts, flow
from app.services.auth.oauth.accounts import owner_of
from app.services.auth.oauth.provider import Identity
from app.services.auth.oauth.settings import OAuthSettings
from app.services.auth.principal import Principal
from app.services.auth.session_service import principal_of
from app.services.auth.sweeping import sweep
from app.services.auth.user_service import deactivate, the_user
from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, PASSWORD, Browser, Travel, held, register, sign_in
from tests.plugins.backend import browser
from tests.plugins.mail import Mailbox
from tests.plugins.oauth import GOOGLE, SECRET, Providers, come_back
from tests.plugins.pages import Tab, arrive, buttons

FAILED = "/login?error=oauth&next=%2Fapp"
EXISTS = "/login?error=oauth_account&next=%2Fapp"
BOTH = pytest.mark.parametrize("name", ["github", "google"])


async def me(client: Browser) -> int:
    return (await client.get(f"{API}/me")).status_code


async def connected(client: Browser) -> list[str]:
    return [one["provider"] for one in (await client.get(f"{API}/oauth/connections")).json()]


async def prove_address(session: AsyncSession) -> None:
    await session.exec(update(User).where(col(User.email) == EMAIL).values(email_verified_at=utc_now()))
    await session.commit()


@BOTH
async def test_a_new_person_signs_in(client: Browser, providers: Providers, name: str) -> None:
    assert await providers.sign_in(client, name, "/app?tab=1") == "/app?tab=1"
    assert held(client, "session")
    assert held(client, "refresh")
    before = (await client.get(f"{API}/me")).json()
    assert (before["email"], before["full_name"]) == (EMAIL, "Ada")
    assert await connected(client) == [name]

    # Known by the subject from now on: another address is no other person.
    providers.emails[0]["email"] = providers.claims["email"] = "moved@example.com"
    client.cookies.clear()
    await providers.sign_in(client, name)
    assert (await client.get(f"{API}/me")).json() == before
    assert providers.redirect_uris == {f"http://localhost{API}/oauth/{name}/callback"}


@BOTH
async def test_an_answer_counts_once_in_its_own_browser(
    app: FastAPI, client: Browser, providers: Providers, name: str, travel: Travel
) -> None:
    answer = await providers.begin(client, name)
    async with browser(app) as other:
        assert await come_back(other, name, answer) == FAILED
        assert await me(other) == 401
    # Whoever showed it first, it is used.
    assert await come_back(client, name, answer) == FAILED

    answer = await providers.begin(client, name)
    another = {"github": "google", "google": "github"}[name]
    assert await come_back(client, another, answer) == FAILED
    answer = await providers.begin(client, name)
    assert await come_back(client, name, answer | {"state": answer["state"] + "x"}) == FAILED
    assert await come_back(client, name, answer) == "/app"
    assert await come_back(client, name, answer) == FAILED

    answer = await providers.begin(client, name)
    travel(timedelta(minutes=11))
    assert await come_back(client, name, answer) == FAILED


async def test_answers_that_are_none(client: Browser, providers: Providers) -> None:
    for changes in ({"iss": "https://evil.example"}, {"iss": GOOGLE}, {"code": ""}):
        assert await come_back(client, "github", await providers.begin(client, "github") | changes) == FAILED
    answer = await providers.begin(client, "google")
    # Google says that it names itself, so an answer that does not is not Google's.
    del answer["iss"]
    assert await come_back(client, "google", answer) == FAILED
    assert await come_back(client, "google", {}) == FAILED
    assert await me(client) == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-app"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"azp": "another-app"},
        {"sub": 7},
        {"email": None},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_us(
    client: Browser, providers: Providers, claims: dict[str, Any]
) -> None:
    providers.claims |= claims
    assert await providers.sign_in(client, "google") == FAILED
    assert await me(client) == 401


@pytest.mark.parametrize("id_token", ["e30.e30.e30", "", "eyJhbGciOiJub25lIn0.e30.", 7])
async def test_a_token_that_nobody_signed(client: Browser, providers: Providers, id_token: Any) -> None:
    providers.token["id_token"] = id_token
    assert await providers.sign_in(client, "google") == FAILED


@BOTH
@pytest.mark.parametrize(
    "down",
    [
        httpx2.Response(500),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json=[]),
        httpx2.Response(200, json={"error": "bad_verification_code"}),
        httpx2.Response(302, headers={"Location": "https://evil.example"}),
    ],
    ids=str,
)
async def test_a_provider_that_fails(
    client: Browser, providers: Providers, session: AsyncSession, name: str, down: httpx2.Response
) -> None:
    answer = await providers.begin(client, name, "/else")
    providers.down = down
    assert await come_back(client, name, answer) == "/login?error=oauth&next=%2Felse"
    assert not (await session.exec(select(User))).all()


@BOTH
async def test_a_provider_that_is_slow(
    client: Browser, providers: Providers, configure: Configure, name: str
) -> None:
    configure(oauth_timeout_seconds=1)
    answer = await providers.begin(client, name)
    providers.slow = True
    assert await come_back(client, name, answer) == FAILED


async def test_a_provider_that_cannot_even_be_gone_to(client: Browser, providers: Providers) -> None:
    providers.discovery["issuer"] = "https://evil.example"
    answer = await client.get(f"{API}/oauth/google/start?next=//x")
    assert (answer.status_code, answer.headers["location"]) == (303, FAILED)


async def test_only_a_verified_address_makes_an_account(
    client: Browser, providers: Providers, session: AsyncSession
) -> None:
    one = {"email": EMAIL, "primary": True, "verified": True}
    refused = "/login?error=oauth_email&next=%2Fapp"
    for emails in (
        [],
        [one | {"verified": False}],
        [one | {"primary": False}],
        [one | {"email": "no address"}],
    ):
        providers.emails = emails
        assert await providers.sign_in(client, "github") == refused
    providers.claims["email_verified"] = False
    assert await providers.sign_in(client, "google") == refused
    providers.claims |= {"email_verified": True, "name": "\u202eevil"}
    await providers.sign_in(client, "google")
    assert [user.full_name for user in await session.exec(select(User))] == [""]


async def test_what_a_stranger_registered_is_taken_over(
    app: FastAPI, client: Browser, providers: Providers
) -> None:
    async with browser(app) as stranger:
        before = (await register(stranger)).json()
        providers.account["id"] = 666
        providers.emails[0]["email"] = "mallory@example.com"
        assert await providers.connect(stranger, "github") == "/account"
        assert await connected(stranger) == ["github"]

        assert await providers.sign_in(client, "google") == "/app"
        assert (await client.get(f"{API}/me")).json()["id"] == before["id"]
        assert await connected(client) == ["google"]
        assert await me(stranger) == 401
        assert (await stranger.post(f"{API}/refresh")).status_code == 401
        assert (await sign_in(stranger)).status_code == 401
        await providers.sign_in(stranger, "github")
        assert (await stranger.get(f"{API}/me")).json()["email"] == "mallory@example.com"


async def test_a_proven_account_is_connected_by_its_own_recent_session(
    app: FastAPI, client: Browser, providers: Providers, session: AsyncSession, travel: Travel
) -> None:
    await register(client)
    await prove_address(session)
    async with browser(app) as other:
        assert await providers.sign_in(other, "google") == EXISTS
        await register(other, "eve@example.com")
        assert await providers.sign_in(other, "google") == EXISTS
    assert await providers.sign_in(client, "google") == "/app"
    assert (await sign_in(client)).status_code == 200
    assert await connected(client) == ["google"]

    answer = await providers.begin(client, "github")
    travel(timedelta(minutes=11))
    refused = await client.post(f"{API}/oauth/github/connect")
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    refused = await client.delete(f"{API}/oauth/connections/google")
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    assert (await come_back(client, "github", answer)).startswith("/login?error=oauth")


async def test_connecting_and_disconnecting(client: Browser, providers: Providers) -> None:
    await register(client)
    assert [await providers.connect(client, name) for name in ("github", "google")] == ["/account"] * 2
    assert await providers.connect(client, "github") == "/account?error=oauth_connected"
    assert await connected(client) == ["github", "google"]
    assert (await client.delete(f"{API}/oauth/connections/github")).status_code == 204
    again = await client.delete(f"{API}/oauth/connections/github")
    assert (again.status_code, again.json()["code"]) == (404, "connection_not_found")
    assert (await client.delete(f"{API}/oauth/connections/gitlab")).status_code == 404

    begun = await client.post(f"{API}/oauth/github/connect")
    back = providers.approve(begun.json()["authorization_url"])
    await client.post(f"{API}/logout")
    assert await come_back(client, "github", back) == "/account?error=oauth"


async def test_the_last_way_in_stays(client: Browser, providers: Providers) -> None:
    providers.claims["auth_time"] = utc_now().timestamp() + 60
    await providers.sign_in(client, "google")
    last = await client.delete(f"{API}/oauth/connections/google")
    assert (last.status_code, last.json()["code"]) == (409, "last_sign_in_method")
    await providers.connect(client, "github")
    both = (client.delete(f"{API}/oauth/connections/{name}") for name in ("github", "google"))
    answers = await asyncio.gather(*both)
    assert Counter(answer.status_code for answer in answers) == {204: 1, 409: 1}


async def test_a_providers_sign_in_is_recent_only_where_it_says_so(
    client: Browser, providers: Providers, mailbox: Mailbox
) -> None:
    async def step_up() -> int:
        return (await client.post(f"{API}/api-keys", json={"name": "x", "expires_in_days": 1})).status_code

    now = utc_now().timestamp()
    # It was asked for the time, and may say nothing, an older one, or that they signed in there just now.
    for said, status in ((None, 403), (now - 60, 403), (now + 60, 201)):
        providers.claims["auth_time"] = said
        await providers.sign_in(client, "google")
        assert await step_up() == status
    assert "auth_time" in providers.flows["code-0"]["claims"]
    providers.emails[0]["email"] = "bob@example.com"
    await providers.sign_in(client, "github")
    assert await step_up() == 403

    # Whoever has no password gets one by mail, which is proof given just now.
    await mailbox.delivered()
    await client.post(f"{API}/password-reset/request", json={"email": "bob@example.com"})
    (sent,) = await mailbox.delivered()
    form = {"token": sent.token, "new_password": PASSWORD}
    assert (await client.post(f"{API}/password-reset/confirm", json=form)).status_code == 200
    assert (await sign_in(client, "bob@example.com")).status_code == 200
    assert await step_up() == 201


@pytest.mark.parametrize(
    "said",
    [
        {"Site": "cross-site"},
        {"Site": "same-site"},
        {"Site": "none", "Mode": "no-cors"},
        {"Site": "same-origin", "Mode": "navigate", "Dest": "iframe"},
    ],
    ids=str,
)
@pytest.mark.usefixtures("providers")
async def test_another_site_signs_nobody_in(
    client: Browser, session: AsyncSession, said: dict[str, str]
) -> None:
    headers = {f"Sec-Fetch-{name}": value for name, value in said.items()}
    answer = await client.get(f"{API}/oauth/github/start?next=/app%3Fx=1", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fapp%3Fx%3D1")
    assert not (await session.exec(select(OAuthState))).all()
    own = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await client.get(f"{API}/oauth/github/start", headers=own)).status_code == 302


async def test_connecting_beside_a_reset_leaves_nothing(
    app: FastAPI, client: Browser, providers: Providers, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(client)
    await mailbox.delivered()
    await client.post(f"{API}/password-reset/request", json={"email": EMAIL})
    (mail,) = await mailbox.delivered()

    async def then_reset(session: AsyncSession, sid: UUID) -> Principal | None:
        found = await principal_of(session, sid)
        async with browser(app) as owner:
            form = {"token": mail.token, "new_password": PASSWORD}
            assert (await owner.post(f"{API}/password-reset/confirm", json=form)).status_code == 200
        return found

    # The owner of the address resets at the worst moment: who connects was alive when it was looked up.
    monkeypatch.setattr(flow, "principal_of", then_reset)
    assert await providers.connect(client, "github") == "/account?error=oauth"
    await sign_in(client)
    assert await connected(client) == []


async def test_signing_in_beside_a_disconnection_opens_nothing(
    app: FastAPI, client: Browser, providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(client)
    await providers.connect(client, "github")

    async def then_disconnect(session: AsyncSession, identity: Identity) -> UUID | None:
        found = await owner_of(session, identity)
        # The first time alone: from then on the account is held, and this would wait.
        monkeypatch.setattr(accounts, "owner_of", owner_of)
        assert (await client.delete(f"{API}/oauth/connections/github")).status_code == 204
        return found

    monkeypatch.setattr(accounts, "owner_of", then_disconnect)
    async with browser(app) as thief:
        assert await providers.sign_in(thief, "github") == FAILED
        assert await me(thief) == 401


async def test_a_way_in_that_comes_or_goes_is_told_by_mail(
    client: Browser, providers: Providers, session: AsyncSession, mailbox: Mailbox
) -> None:
    await register(client)
    subjects = []
    for _ in range(2):
        await providers.connect(client, "github")
        await client.delete(f"{API}/oauth/connections/github")
        subjects.append([mail.subject.partition(" at ")[0] for mail in await mailbox.delivered()])
        await prove_address(session)
    # To an address that nobody has proven, none.
    assert subjects == [["Your address"], ["A new way to sign in", "One way less to sign in"]]


async def test_no_password_is_right_where_there_is_none(client: Browser, providers: Providers) -> None:
    await providers.sign_in(client, "github")
    client.cookies.clear()
    known, unknown = await sign_in(client), await sign_in(client, "nobody@example.com", PASSWORD)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


async def test_a_disabled_account_stays_shut(
    client: Browser, providers: Providers, session: AsyncSession
) -> None:
    await providers.sign_in(client, "github")
    await deactivate(session, await the_user(session, EMAIL), COMMAND_LINE)
    assert await providers.sign_in(client, "github") == FAILED
    assert await providers.sign_in(client, "google") == EXISTS
    await session.exec(update(User).values(email_verified_at=None))
    await session.commit()
    assert await providers.sign_in(client, "google") == FAILED


@BOTH
async def test_first_sign_ins_at_once_make_one_account(
    app: FastAPI, client: Browser, providers: Providers, session: AsyncSession, name: str
) -> None:
    async with browser(app) as other:
        answers = [(one, await providers.begin(one, name)) for one in (client, other)]
        landed = await asyncio.gather(*(come_back(one, name, answer) for one, answer in answers))
        assert landed == ["/app", "/app"]
    assert len((await session.exec(select(User))).all()) == 1
    assert len((await session.exec(select(OAuthIdentity))).all()) == 1


@pytest.mark.parametrize("registered", [False, True], ids=["unknown", "registered"])
async def test_a_first_sign_in_that_another_one_overtakes(
    app: FastAPI,
    client: Browser,
    providers: Providers,
    session: AsyncSession,
    monkeypatch: pytest.MonkeyPatch,
    registered: bool,
) -> None:
    if registered:
        await register(client)
        await client.post(f"{API}/logout")

    async def then_overtaken(session: AsyncSession, identity: Identity) -> UUID | None:
        found = await owner_of(session, identity)
        await session.rollback()
        monkeypatch.setattr(accounts, "owner_of", owner_of)
        async with browser(app) as faster:
            assert await providers.sign_in(faster, "github") == "/app"
        return found

    # It had no owner when it was looked up, and has one when an account is to be made for it.
    monkeypatch.setattr(accounts, "owner_of", then_overtaken)
    assert await providers.sign_in(client, "github") == "/app"
    assert len((await session.exec(select(OAuthIdentity))).all()) == 1


async def test_nothing_stored_opens_anything_or_stays(
    client: Browser, providers: Providers, session: AsyncSession, travel: Travel
) -> None:
    answer = await providers.begin(client, "github")
    (row,) = (await session.exec(select(OAuthState))).all()
    stored = row.model_dump_json()
    assert answer["state"] not in stored
    assert str(held(client, "nonce")) not in stored
    travel(timedelta(days=2))
    await sweep(session)
    assert not (await session.exec(select(OAuthState))).all()


@pytest.mark.parametrize("target", ["//x", "/\\x", "/%2fx", "/%5cx", "https://x"])
async def test_one_lands_here(client: Browser, providers: Providers, target: str) -> None:
    assert await providers.sign_in(client, "github", target) == "/app"


async def test_going_there_is_limited(client: Browser, providers: Providers) -> None:
    for _ in range(10):
        await providers.begin(client, "github")
    answer = await client.get(f"{API}/oauth/github/start")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    shown = await client.get(f"{API}/oauth/github/start", headers={"Accept": "text/html"})
    assert (shown.status_code, shown.headers["location"]) == (303, FAILED)


async def test_a_provider_without_credentials_is_not_offered(
    client: Browser, tab: Tab, configure: Configure
) -> None:
    for path in ("start", "callback"):
        answer = await client.get(f"{API}/oauth/github/{path}")
        assert (answer.status_code, answer.json()["code"]) == (503, "provider_not_configured")
        assert (await client.get(f"{API}/oauth/gitlab/{path}")).status_code == 404
    await arrive(client)
    assert "Continue with" not in repr(await login(tab.page))
    configure(github_oauth_client_id="id", github_oauth_client_secret="secret")
    tab.route = "/login?error=oauth_account&next=/app%3Fx=1"
    drawn = await login(tab.page)
    assert "already an account" in repr(drawn)
    assert "Continue with Google" not in buttons(drawn)
    await buttons(drawn)["Continue with GitHub"]()
    assert tab.left == [f"{API}/oauth/github/start?next=%2Fapp%3Fx%3D1"]


async def test_the_account_page_connects_and_disconnects(
    client: Browser, providers: Providers, tab: Tab
) -> None:
    await client.get("/login", headers={"Accept": "text/html"})
    await register(client)
    tab.route = "/account"
    await arrive(client)

    async def click(words: str) -> list[str]:
        drawn = await account(tab.page)
        await buttons(drawn)[words]()
        return [words for words in buttons(drawn) if words.endswith("onnect")]

    await click("Connect")
    assert await come_back(client, "google", providers.approve(tab.left.pop())) == "/account"
    assert await click("Disconnect") == ["Connect"]

    client.cookies.delete("aegis_nonce")
    await arrive(client)
    await click("Connect")
    assert "cookies" in repr(tab.show_dialog.call_args)
    drawn = await account(tab.page)
    belongs_to("")
    await buttons(drawn)["Connect"]()
    assert tab.left == ["/login?next=%2Faccount"]


def test_production_asks_for_safe_settings(configure: Configure) -> None:
    configure(app_env="production", google_issuer="http://x/", github_oauth_client_id="id")
    with pytest.raises(ConfigError) as refused:
        check_settings([OAuthSettings])
    assert "GOOGLE_ISSUER must begin with https://; GITHUB_OAUTH_CLIENT_SECRET is missing" in str(
        refused.value
    )
    for changes in ({"oauth_session_secret": "short"}, {"github_api_url": "ftp://x"}):
        configure(**changes)
        with pytest.raises(ConfigError, match=next(iter(changes)).upper()):
            check_settings([OAuthSettings])
        configure(**dict.fromkeys(changes, "") | {"oauth_session_secret": SECRET})
    configure(app_env="production", oauth_session_secret="change-me-please-or-somebody-else-will")
    with pytest.raises(ConfigError, match="OAUTH_SESSION_SECRET looks like an example"):
        check_settings([OAuthSettings])
