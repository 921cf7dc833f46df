"""Registration and sign-in by password, the same for HTTP and for pages.

Limits, lock-out and the audit trail sit here and not in HTTP middleware: a page's WebSocket passes none.
"""

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.passwords import Verdict, verify_password
from app.models.user import User
from app.services.auth import events, limits
from app.services.auth.client import Client
from app.services.auth.errors import InvalidCredentialsError
from app.services.auth.sessions import SignIn
from app.services.auth.user_service import create_user, find_user
from app.services.auth.validation import email_key, usable


async def register(
    session: AsyncSession, *, email: str, password: str, full_name: str = "", client: Client
) -> SignIn:
    """Makes an account and signs its owner in."""
    await limits.admit(session, limits.registrations(client.network))
    user = await create_user(session, email=email, password=password, full_name=full_name, client=client)
    return SignIn(user.id, user.email)


async def sign_in(session: AsyncSession, *, email: str, password: str, client: Client) -> SignIn:
    """Checks a password; raises InvalidCredentialsError or TooManyAttemptsError.

    Whatever the outcome, once the address's limit has let the attempt through it costs exactly one
    verification, and an unknown account is counted and locked like a known one.
    """
    await limits.admit(session, limits.sign_ins(client.network))
    user = await find_user(session, email)
    account = email_key(email) or email.strip().lower()[:254]
    device = client.device_of(user.id) if user else None
    counted = limits.failures(account, client.network, device)
    locked_until = await limits.enter(session, counted)
    # No transaction is open while the hash is computed: it would hold a connection.
    verdict = await _verify(user, password)
    if locked_until:
        events.record(session, "sign_in_locked", client, user_id=user.id if user else None)
        await session.commit()
        raise limits.refusal(locked_until)
    if user is None or not user.is_active or not verdict.matches:
        events.record(session, "sign_in_failed", client, user_id=user.id if user else None)
        await session.commit()
        raise InvalidCredentialsError
    await limits.leave(session, counted)
    if verdict.upgrade:
        # Unless the password was changed meanwhile.
        await session.exec(
            update(User)
            .where(col(User.id) == user.id, col(User.password_hash) == user.password_hash)
            .values(password_hash=verdict.upgrade)
        )
    events.record(session, "signed_in", client, user_id=user.id)
    await session.commit()
    return SignIn(user.id, user.email)


async def _verify(user: User | None, password: str) -> Verdict:
    if user is None or not usable(password):
        return Verdict(matches=(await verify_password("", None)).matches)
    return await verify_password(password, user.password_hash)
