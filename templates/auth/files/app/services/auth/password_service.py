"""Changing a password, by the one before or by a mail. Either way everything else that was open ends."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.security import hash_password, verify_password
from app.models.base import utc_now
from app.models.user import AuthSession, SignInTicket, User
from app.services.auth import api_key_service, events, letters, limits, one_time_tokens, outbox
from app.services.auth.credentials import drop_credentials
from app.services.auth.errors import InvalidOneTimeTokenError, WrongPasswordError
from app.services.auth.principal import Client, Principal, SignIn
from app.services.auth.session_service import end_where
from app.services.auth.validation import check_email, check_new_password, email_key, usable

RESET = letters.reset_password.name


async def change_password(
    session: AsyncSession, principal: Principal, *, current_password: str, new_password: str, client: Client
) -> None:
    """
    Changes the password of the person signed in, whose other sessions end.

    The current one is asked for (ASVS 6.2.3), and guessing it counts like guessing it at the sign-in.
    """
    principal.require_recent()
    check_new_password(new_password, principal.email, "new_password")
    await limits.admit(session, limits.sign_ins(client))
    user = await session.get_one(User, principal.user_id)
    counted = limits.failures(email_key(user.email) or user.email, client, user)
    if until := await limits.count(session, counted):
        raise limits.refusal(until)
    stored = user.password_hash
    right, _ = await verify_password(current_password if usable(current_password) else "", stored)
    if not right:
        events.record(session, "password_change_failed", client, user.id, principal.sid)
        await session.commit()
        raise WrongPasswordError
    # Of several changes at once, the one that still finds the old password there counts.
    unchanged = and_(col(User.id) == user.id, col(User.password_hash) == stored)
    await session.commit()
    if not await _set(session, unchanged, await hash_password(new_password)):
        raise WrongPasswordError
    await limits.give_back(session, counted)
    await _end_the_rest(session, user.id, keep=principal.sid)
    events.record(session, "password_changed", client, user.id, principal.sid)
    outbox.enqueue(session, letters.password_changed, principal.email, user.id)
    await session.commit()


async def request_reset(session: AsyncSession, *, email: str, client: Client) -> None:
    """
    Queues a mail to the account with this address, if there is one.

    That is found out when the mail is sent: here nothing depends on it, neither the answer nor its time.
    Lock-outs do not count here, so nobody can keep an owner from this way in.
    """
    await limits.admit(session, limits.mail_requests(client))
    key = email_key(email)
    if key and not await limits.count(session, [limits.mails_to(key, RESET)]):
        outbox.enqueue(session, letters.reset_password, check_email(email))
        await session.commit()


async def confirm_reset(session: AsyncSession, *, token: str, new_password: str, client: Client) -> SignIn:
    """
    Sets a new password by the token of a mail; raises InvalidOneTimeTokenError.

    All sessions and API keys of the account end. Whoever can set its password is its owner, and so counts
    as signed in.
    """
    await limits.admit(session, limits.confirmations(client))
    user_id, email = await one_time_tokens.read(session, RESET, token)
    # Before the token is used up: a password that is too short needs no new mail.
    check_new_password(new_password, email, "new_password")
    await session.commit()
    hashed = await hash_password(new_password)
    await one_time_tokens.take(session, RESET, token, user_id)
    owner = and_(col(User.id) == user_id, col(User.email) == email, col(User.is_active).is_(True))
    if not await _set(session, owner, hashed):
        raise InvalidOneTimeTokenError
    proven = await session.exec(select(User.email_verified_at).where(User.id == user_id))
    if proven.one() is None:
        # Whoever made the account had not shown that the address is theirs; from now on it is its owner's.
        await drop_credentials(session, user_id)
    else:
        await api_key_service.drop_keys(session, user_id)
    # The mail was read at this address.
    verified = func.coalesce(User.email_verified_at, utc_now())
    await session.exec(update(User).where(col(User.id) == user_id).values(email_verified_at=verified))
    await _end_the_rest(session, user_id)
    events.record(session, "password_reset", client, user_id)
    outbox.enqueue(session, letters.password_changed, email, user_id)
    await session.commit()
    return SignIn(user_id)


async def _set(session: AsyncSession, whose: ColumnElement[bool], hashed: str) -> bool:
    changed = await session.exec(
        update(User)
        .where(whose)
        .values(password_hash=hashed, updated_at=utc_now())
        .returning(col(User.id))
        .execution_options(synchronize_session=False)
    )
    return changed.scalar_one_or_none() is not None


async def _end_the_rest(session: AsyncSession, user_id: UUID, keep: UUID | None = None) -> None:
    """Ends what the old password may have opened: sessions, sign-ins halfway, links, a change of address."""
    others = and_(col(AuthSession.user_id) == user_id, col(AuthSession.id).is_distinct_from(keep))
    await end_where(session, others)
    await session.exec(delete(SignInTicket).where(col(SignInTicket.user_id) == user_id))
    await outbox.cancel(session, user_id, letters.reset_password, letters.change_email)
