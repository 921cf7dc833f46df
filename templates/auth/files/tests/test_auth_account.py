"""The life of an account: its password, its address, its end, each with a recent sign-in or a mail."""

import asyncio
from collections import Counter
from datetime import timedelta

import httpx2
import pytest
from fastapi import FastAPI
from sqlmodel import select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.project import NAME
from app.models.mail import OutgoingMail
from app.models.user import AuthEvent, AuthSession, User
from app.services.auth import make_ticket
from app.services.auth import sign_in as password_is_right
from app.services.auth.errors import InvalidCredentialsError
from app.services.auth.events import COMMAND_LINE
from app.services.auth.user_service import deactivate, the_user
from tests.conftest import Configure
from tests.plugins.auth import API, EMAIL, PASSWORD, Browser, Travel, bearer, held, register, sign_in
from tests.plugins.backend import browser
from tests.plugins.mail import Mailbox

OTHER, NEXT = "grace@example.com", "another secret 8"


async def _post(client: Browser, path: str, **body: str) -> httpx2.Response:
    return await client.post(f"{API}/{path}", json=body)


async def _change(client: Browser, current: str, new: str = NEXT) -> httpx2.Response:
    return await _post(client, "password", current_password=current, new_password=new)


async def _reset_token(client: Browser, mailbox: Mailbox) -> str:
    assert (await _post(client, "password-reset/request", email=EMAIL)).status_code == 202
    return (await mailbox.delivered())[-1].token


async def test_changing_the_password(app: FastAPI, client: Browser, mailbox: Mailbox) -> None:
    await register(client)
    link = await _reset_token(client, mailbox)
    async with browser(app) as phone:
        await sign_in(phone)
        wrong = await _change(client, "not the one")
        assert (wrong.status_code, wrong.json()["field"]) == (401, "current_password")
        short = await _change(client, PASSWORD, "short")
        assert (short.status_code, short.json()["field"]) == (422, "new_password")

        assert (await _change(client, PASSWORD)).status_code == 204
        assert (await phone.get(f"{API}/me")).status_code == 401
        assert (await client.get(f"{API}/me")).status_code == 200
        assert (await sign_in(phone)).status_code == 401
        assert (await sign_in(phone, password=NEXT)).status_code == 200
    (told,) = await mailbox.delivered()
    assert (told.to, "changed" in told.subject) == (EMAIL, True)
    dead = await _post(client, "password-reset/confirm", token=link, new_password=NEXT)
    assert (dead.status_code, dead.json()["code"]) == (400, "invalid_link")


async def test_guessing_the_current_password_is_limited(client: Browser, configure: Configure) -> None:
    await register(client)
    configure(account_failures_per_hour=2)
    answers = [(await _change(client, "not the one")).status_code for _ in range(3)]
    assert answers == [401, 401, 429]


async def test_of_two_changes_at_once_one_counts(client: Browser) -> None:
    await register(client)
    answers = await asyncio.gather(*(_change(client, PASSWORD, f"{NEXT} {number}") for number in range(2)))
    assert Counter(answer.status_code for answer in answers) == {204: 1, 401: 1}


async def test_step_up(client: Browser, travel: Travel) -> None:
    await register(client)
    travel(timedelta(minutes=11))
    answers = [
        await _change(client, PASSWORD),
        await _post(client, "email/request", email=OTHER),
        await client.delete(f"{API}/me"),
    ]
    assert {answer.json()["code"] for answer in answers} == {"reauthentication_required"}
    assert (await client.get(f"{API}/me")).json()["email"] == EMAIL


async def test_a_reset_by_mail(app: FastAPI, client: Browser, mailbox: Mailbox) -> None:
    await register(client)
    assert (await _post(client, "email/request", email=OTHER)).status_code == 202
    pending = (await mailbox.delivered())[-1].token
    async with browser(app, address="198.51.100.7") as elsewhere:
        token = await _reset_token(elsewhere, mailbox)
        short = await _post(elsewhere, "password-reset/confirm", token=token, new_password="short")
        assert (short.status_code, short.json()["field"]) == (422, "new_password")
        answers = await asyncio.gather(
            *(_post(elsewhere, "password-reset/confirm", token=token, new_password=NEXT) for _ in range(8))
        )
        assert Counter(answer.status_code for answer in answers) == {200: 1, 400: 7}
        assert held(elsewhere, "device")
        assert (await client.get(f"{API}/me")).status_code == 401
        signed_in = await sign_in(elsewhere, password=NEXT)
        assert (await elsewhere.get(f"{API}/me")).json()["email_verified_at"]
        dead = await _post(elsewhere, "email/confirm", token=pending)
    assert (signed_in.status_code, dead.status_code) == (200, 400)
    assert [mail.subject for mail in await mailbox.delivered()] == [f"Your password at {NAME} was changed"]


async def test_a_reset_shuts_out_whoever_made_the_account(
    app: FastAPI, client: Browser, mailbox: Mailbox, session: AsyncSession
) -> None:
    await register(client)
    made = await _post(client, "api-keys", name="Left behind")
    proof = await password_is_right(session, email=EMAIL, password=PASSWORD, client=COMMAND_LINE)
    token = await _reset_token(client, mailbox)
    async with browser(app) as owner:
        reset = await _post(owner, "password-reset/confirm", token=token, new_password=NEXT)
        assert reset.status_code == 200
    assert (await client.get(f"{API}/me")).status_code == 401
    assert (await client.get(f"{API}/me", headers=bearer(made.json()["key"]))).status_code == 401
    # A sign-in that was under way with the old password leads nowhere.
    with pytest.raises(InvalidCredentialsError):
        await make_ticket(session, proof, "nonce")


async def test_a_reset_tells_nothing_and_locks_nobody_out(
    client: Browser, mailbox: Mailbox, configure: Configure
) -> None:
    configure(mail_requests_per_hour=9)
    await register(client)
    await mailbox.delivered()
    known = await _post(client, "password-reset/request", email=EMAIL.upper())
    for email in ("nobody@example.com", "no address", "\ud800"):
        unknown = await client.post(
            f"{API}/password-reset/request",
            content=f'{{"email": "{email}"}}'.encode("utf-8", "replace"),
            headers={"Content-Type": "application/json"},
        )
        assert (unknown.status_code, unknown.text) == (known.status_code, known.text)
    (sent,) = await mailbox.delivered()
    assert sent.to == EMAIL
    # Whoever has three links that work gets no fourth, and is not told.
    for _ in range(5):
        assert (await _post(client, "password-reset/request", email=EMAIL)).status_code == 202
    assert len(await mailbox.delivered()) == 2
    assert (
        await _post(client, "password-reset/confirm", token=sent.token, new_password=NEXT)
    ).status_code == 200
    assert (await _post(client, "password-reset/request", email=OTHER)).status_code == 429


async def test_a_reset_is_late_or_for_nobody(
    client: Browser, mailbox: Mailbox, session: AsyncSession, travel: Travel
) -> None:
    await register(client)
    first, second = [await _reset_token(client, mailbox) for _ in range(2)]
    await deactivate(session, await the_user(session, EMAIL), COMMAND_LINE)
    off = await _post(client, "password-reset/confirm", token=first, new_password=NEXT)
    await session.exec(update(User).values(is_active=True))
    await session.commit()
    travel(timedelta(minutes=31))
    late = await _post(client, "password-reset/confirm", token=second, new_password=NEXT)
    assert [off.status_code, late.status_code] == [400, 400]


async def test_an_account_without_a_password_gets_its_first_by_mail(
    client: Browser, mailbox: Mailbox, session: AsyncSession
) -> None:
    await register(client)
    await session.exec(update(User).values(password_hash=None))
    await session.commit()
    assert (await _change(client, "")).status_code == 401
    token = await _reset_token(client, mailbox)
    assert (await _post(client, "password-reset/confirm", token=token, new_password=NEXT)).status_code == 200
    assert (await sign_in(client, password=NEXT)).status_code == 200


async def test_verifying_the_address(app: FastAPI, client: Browser, mailbox: Mailbox) -> None:
    await register(client)
    (first,) = await mailbox.delivered()
    assert (await _post(client, "verify-email/request")).status_code == 202
    (second,) = await mailbox.delivered()
    async with browser(app) as eve:
        assert (await _post(eve, "verify-email/confirm", token=second.token)).status_code == 401
        await register(eve, "eve@example.com")
        assert (await _post(eve, "verify-email/confirm", token=second.token)).status_code == 400
        await mailbox.delivered()
    assert (await _post(client, "verify-email/confirm", token=first.token)).status_code == 400
    assert (await _post(client, "email/confirm", token=second.token)).status_code == 400
    assert (await client.get(f"{API}/me")).json()["email_verified_at"] is None

    assert (await _post(client, "verify-email/confirm", token=second.token)).json() == {"email": EMAIL}
    assert (await client.get(f"{API}/me")).json()["email_verified_at"]
    assert (await _post(client, "verify-email/request")).status_code == 202
    assert await mailbox.delivered() == []


async def test_changing_the_address(client: Browser, mailbox: Mailbox) -> None:
    await register(client)
    reset = await _reset_token(client, mailbox)
    assert (await _post(client, "email/request", email=EMAIL.upper())).json()["code"] == "same_email"
    assert (await _post(client, "email/request", email="ada")).status_code == 422
    assert (await _post(client, "email/request", email=OTHER)).status_code == 202
    (sent,) = await mailbox.delivered()
    assert sent.to == OTHER
    assert (await client.get(f"{API}/me")).json()["email"] == EMAIL

    assert (await _post(client, "email/confirm", token=sent.token)).json() == {"email": OTHER}
    me = (await client.get(f"{API}/me")).json()
    assert (me["email"], me["email_verified_at"] is None) == (OTHER, False)
    assert [mail.to for mail in await mailbox.delivered()] == [EMAIL]
    # What lies in the old mailbox is worth nothing now.
    dead = await _post(client, "password-reset/confirm", token=reset, new_password=NEXT)
    assert dead.status_code == 400
    assert (await sign_in(client, OTHER)).status_code == 200


async def test_an_address_that_is_taken(app: FastAPI, client: Browser, mailbox: Mailbox) -> None:
    await register(client)
    await _post(client, "email/request", email=OTHER)
    token = (await mailbox.delivered())[-1].token
    async with browser(app) as other:
        await register(other, OTHER.upper())
    answers = [
        await _post(client, "email/request", email=OTHER),
        await _post(client, "email/confirm", token=token),
    ]
    assert {(answer.status_code, answer.json()["field"]) for answer in answers} == {(409, "email")}
    assert (await client.get(f"{API}/me")).json()["email"] == EMAIL


async def test_leaving(client: Browser, mailbox: Mailbox, session: AsyncSession) -> None:
    await register(client)
    await _reset_token(client, mailbox)
    assert (await client.delete("/auth/me")).status_code == 204
    assert held(client, "session") is None
    assert (await sign_in(client)).status_code == 401
    for table in (User, AuthSession, OutgoingMail):
        assert (await session.exec(select(table))).all() == []
    kinds = (await session.exec(select(AuthEvent.kind))).all()
    assert {"registered", "deleted"} <= set(kinds)
    assert (await register(client)).status_code == 201


async def test_theft_of_a_session_is_told_by_mail(
    client: Browser, mailbox: Mailbox, configure: Configure
) -> None:
    configure(refresh_reuse_window_seconds=0)
    await register(client)
    await mailbox.delivered()
    token = held(client, "refresh")
    await client.post(f"{API}/refresh")
    await client.post(f"{API}/refresh", headers={"Cookie": f"aegis_refresh={token}"})
    (told,) = await mailbox.delivered()
    assert (told.to, told.subject) == (EMAIL, f"A sign-in at {NAME} was ended")


@pytest.mark.parametrize("path", ["password", "verify-email/request", "email/request"])
async def test_only_for_people_signed_in(client: Browser, path: str) -> None:
    body = {"current_password": PASSWORD, "new_password": NEXT, "email": OTHER}
    assert (await _post(client, path, **body)).status_code == 401
