"""
Showing that an address is one's own, and changing it.

A link is confirmed by its account's own session alone. Else the owner of an address, clicking on what a
stranger's account had sent there, would hand that account the proof.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.base import utc_now
from app.models.user import User
from app.services.auth import events, letters, limits, one_time_tokens, outbox
from app.services.auth.errors import EmailTakenError, InvalidFieldError, InvalidOneTimeTokenError
from app.services.auth.principal import Client, Principal
from app.services.auth.user_service import find_user
from app.services.auth.validation import check_email, email_key


async def request_verification(session: AsyncSession, principal: Principal, client: Client) -> None:
    """Mails a link to the person's address, unless it is verified."""
    await limits.admit(session, limits.mail_requests(client))
    user = await session.get_one(User, principal.user_id)
    if user.email_verified_at is None:
        await _mail(session, letters.verify_email, user.email, user.id)
        await session.commit()


async def confirm_verification(
    session: AsyncSession, principal: Principal, *, token: str, client: Client
) -> str:
    """Marks the address a link was mailed to as verified, if it still is the account's; says which it is."""
    principal.require_session()
    await limits.admit(session, limits.confirmations(client))
    email = await one_time_tokens.take(session, letters.verify_email.name, token, principal.user_id)
    whose = and_(col(User.id) == principal.user_id, col(User.email) == email)
    await _set(session, whose, {"email_verified_at": utc_now()})
    events.record(session, "email_verified", client, principal.user_id, principal.sid)
    await session.commit()
    return email


async def request_change(session: AsyncSession, principal: Principal, *, email: str, client: Client) -> None:
    """Mails a link to the new address; until it is confirmed, the account keeps the old one."""
    principal.require_recent()
    address = check_email(email)
    await limits.admit(session, limits.mail_requests(client))
    if email_key(address) == email_key(principal.email):
        raise InvalidFieldError("email", "same_email", "This is your address already.")
    if await find_user(session, address):
        raise EmailTakenError(field="email")
    await _mail(session, letters.change_email, address, principal.user_id)
    events.record(session, "email_change_requested", client, principal.user_id, principal.sid)
    await session.commit()


async def confirm_change(session: AsyncSession, principal: Principal, *, token: str, client: Client) -> str:
    """
    Gives the account the address that its link was mailed to, and tells the old one; says which it is.

    Raises EmailTakenError when somebody else has it by now: the unique index has the last word.
    """
    principal.require_session()
    await limits.admit(session, limits.confirmations(client))
    email = await one_time_tokens.take(session, letters.change_email.name, token, principal.user_id)
    values: dict[str, str | datetime] = {"email": email, "email_key": email_key(email) or email}
    try:
        await _set(session, col(User.id) == principal.user_id, {**values, "email_verified_at": utc_now()})
    except IntegrityError as error:
        await session.rollback()
        raise EmailTakenError(field="email") from error
    # Links that lie in the old mailbox open nothing any more.
    links = letters.reset_password, letters.verify_email, letters.change_email
    await outbox.cancel(session, principal.user_id, *links)
    events.record(session, "email_changed", client, principal.user_id, principal.sid)
    outbox.enqueue(session, letters.email_changed, principal.email, principal.user_id)
    await session.commit()
    return email


async def _mail(session: AsyncSession, purpose: outbox.Purpose, email: str, user_id: UUID) -> None:
    """Queues a mail whose link is the only one of its kind that counts for this person."""
    await limits.admit(session, limits.mails_to(email_key(email) or email, purpose.name))
    await outbox.cancel(session, user_id, purpose)
    outbox.enqueue(session, purpose, email, user_id)


async def _set(session: AsyncSession, whose: ColumnElement[bool], values: dict[str, str | datetime]) -> None:
    changed = await session.exec(
        update(User)
        .where(whose)
        .values(**values, updated_at=utc_now())
        .returning(col(User.id))
        .execution_options(synchronize_session=False)
    )
    if changed.scalar_one_or_none() is None:
        raise InvalidOneTimeTokenError
