"""The routes of account life: password, address, and leaving."""

from fastapi import APIRouter, Depends, Response

from app.components.backend.api.auth.account_schemas import (
    Accepted,
    Confirmed,
    EmailIn,
    PasswordChange,
    PasswordReset,
    ResetDone,
    TokenIn,
)
from app.components.backend.api.auth.deps import CurrentClient, CurrentPrincipal, no_store
from app.components.backend.api.auth.schemas import problems
from app.core.db import SessionDep
from app.services.auth import account_service, cookies, email_service, password_service
from app.services.auth.principal import DEVICE_LIFETIME

auth_account_router = APIRouter(
    prefix="/api/v1/auth",
    tags=["account"],
    dependencies=[Depends(no_store)],
    responses=problems(400, 403, 413, 422, 429, 503),
)


@auth_account_router.post("/password", status_code=204, responses=problems(401))
async def change_password(
    body: PasswordChange, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> None:
    """Change one's password, after a recent sign-in; other sessions end."""
    await password_service.change_password(session, principal, **body.model_dump(), client=client)


@auth_account_router.post("/password-reset/request", status_code=202)
async def request_password_reset(body: EmailIn, session: SessionDep, client: CurrentClient) -> Accepted:
    """Ask for a mail with a link to a new password; answers the same whether there is an account or not."""
    await password_service.request_reset(session, email=body.email, client=client)
    return Accepted()


@auth_account_router.post("/password-reset/confirm")
async def confirm_password_reset(
    body: PasswordReset, response: Response, session: SessionDep, client: CurrentClient
) -> ResetDone:
    """Set a new password with the token of that mail; all sessions end."""
    owner = await password_service.confirm_reset(session, **body.model_dump(), client=client)
    # A known device from now on: a stranger's wrong passwords cannot keep it from signing in.
    device = client.device_cookie(owner.user_id)
    lifetime = int(DEVICE_LIFETIME.total_seconds())
    response.headers.append("Set-Cookie", cookies.set_cookie("device", device, lifetime))
    return ResetDone()


@auth_account_router.post("/verify-email/request", status_code=202, responses=problems(401))
async def request_email_verification(
    principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> Accepted:
    """Ask for another mail to verify one's address with."""
    await email_service.request_verification(session, principal, client)
    return Accepted()


@auth_account_router.post("/verify-email/confirm", responses=problems(401))
async def confirm_email_verification(
    body: TokenIn, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> Confirmed:
    """Verify one's address with the token of that mail."""
    email = await email_service.confirm_verification(session, principal, token=body.token, client=client)
    return Confirmed(email=email)


@auth_account_router.post("/email/request", status_code=202, responses=problems(401, 409))
async def request_email_change(
    body: EmailIn, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> Accepted:
    """Ask for another address, after a recent sign-in; it has to be confirmed from there."""
    await email_service.request_change(session, principal, email=body.email, client=client)
    return Accepted()


@auth_account_router.post("/email/confirm", responses=problems(401, 409))
async def confirm_email_change(
    body: TokenIn, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> Confirmed:
    """Change one's address with the token mailed to the new one; 409 if somebody else has it by now."""
    email = await email_service.confirm_change(session, principal, token=body.token, client=client)
    return Confirmed(email=email)


@auth_account_router.delete("/me", status_code=204, responses=problems(401))
async def delete_me(
    response: Response, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> None:
    """Delete one's account, after a recent sign-in."""
    await account_service.delete_account(session, principal, client)
    for value in cookies.signed_out_cookies():
        response.headers.append("Set-Cookie", value)
