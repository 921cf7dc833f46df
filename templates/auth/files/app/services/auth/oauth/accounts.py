"""
What an account elsewhere opens here.

One that is known opens the account it is connected to. One that is new makes an account, or, where somebody
has registered its verified address but never proved it, takes that account over with nothing of theirs left
that would let them in. An account whose address was proven is connected only by its own recent session.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.models.base import utc_now
from app.models.oauth import OAuthIdentity
from app.models.user import AuthSession, User
from app.services.auth import events, outbox
from app.services.auth.credentials import drop_credentials
from app.services.auth.errors import InvalidFieldError, InvalidTokenError, ReauthenticationRequiredError
from app.services.auth.holding import hold, hold_own
from app.services.auth.oauth import errors
from app.services.auth.oauth.letters import identity_connected, identity_disconnected
from app.services.auth.oauth.provider import Identity, Provider
from app.services.auth.oauth.providers import PROVIDERS
from app.services.auth.principal import Client, Principal
from app.services.auth.session_service import end_where
from app.services.auth.user_service import find_user
from app.services.auth.validation import check_email, check_full_name, email_key


@dataclass(frozen=True, slots=True)
class Connection:
    """An account elsewhere, as the owner of the one here sees it."""

    provider: str
    email: str
    connected_at: datetime


async def sign_in(
    session: AsyncSession, identity: Identity, client: Client, visitor: Principal | None
) -> UUID:
    """
    Whose account it opens; `visitor` is who is signed in on this browser already. Raises OAuthError.

    The caller opens the session in the same transaction: the account is held until then, so none opens beside
    what takes the identity off.
    """
    user_id = await owner_of(session, identity)
    if user_id is None:
        try:
            user_id = await _admit(session, identity, client, visitor)
        except (IntegrityError, errors.OAuthError) as refused:
            # Perhaps somebody was faster, say the same person in another tab: then it has its owner now.
            await session.rollback()
            user_id = await owner_of(session, identity)
            if user_id is None and isinstance(refused, errors.OAuthError):
                raise
    user = await hold(session, user_id) if user_id else None
    if user is None or not user.is_active or await owner_of(session, identity) != user.id:
        raise errors.OAuthError
    events.record(session, "signed_in", client, user.id)
    return user.id


async def connect(session: AsyncSession, identity: Identity, principal: Principal, client: Client) -> None:
    """Connects it to the account of somebody signed in; raises OAuthError."""
    try:
        await _connect_own(session, identity, principal, client)
        await session.commit()
    except IntegrityError as error:
        raise errors.AlreadyConnectedError from error


async def connections(session: AsyncSession, user_id: UUID) -> list[Connection]:
    """The accounts elsewhere that open this one."""
    names = {provider.issuer: provider.name for provider in PROVIDERS}
    rows = await session.exec(
        select(OAuthIdentity)
        .where(OAuthIdentity.user_id == user_id, col(OAuthIdentity.issuer).in_(names))
        .order_by(col(OAuthIdentity.created_at))
    )
    return [Connection(names[row.issuer], row.email, row.created_at) for row in rows]


async def disconnect(session: AsyncSession, principal: Principal, provider: Provider, client: Client) -> None:
    """Takes one off, unless nothing would be left to sign in with. Needs a recent sign-in."""
    principal.require_recent()
    # Of two that are taken off at once, the second sees that the first is gone.
    user = await hold_own(session, principal)
    rows = await session.exec(select(OAuthIdentity.issuer).where(OAuthIdentity.user_id == principal.user_id))
    issuers = set(rows)
    if provider.issuer not in issuers:
        raise errors.ConnectionNotFoundError
    others = {one.issuer for one in PROVIDERS if one.configured} & issuers - {provider.issuer}
    if user.password_hash is None and not others:
        raise errors.LastSignInMethodError
    mine = col(OAuthIdentity.user_id) == principal.user_id, col(OAuthIdentity.issuer) == provider.issuer
    await session.exec(delete(OAuthIdentity).where(*mine))
    events.record(session, "identity_disconnected", client, principal.user_id, principal.sid)
    outbox.enqueue(session, identity_disconnected, user.email, user.id)
    await session.commit()


async def owner_of(session: AsyncSession, identity: Identity) -> UUID | None:
    """Whose account an identity is connected to."""
    found = await session.exec(
        select(OAuthIdentity.user_id).where(
            OAuthIdentity.issuer == identity.issuer, OAuthIdentity.subject == identity.subject
        )
    )
    return found.first()


async def _admit(
    session: AsyncSession, identity: Identity, client: Client, visitor: Principal | None
) -> UUID:
    """The account that an identity seen for the first time is for; not committed yet."""
    user = await find_user(session, identity.email)
    if user is None:
        user = _new_user(identity)
        session.add(user)
        await session.flush()
        events.record(session, "registered", client, user.id)
    elif user.email_verified_at is None:
        await _take_over(session, user.id, client)
    elif visitor and _is_own(user, visitor):
        await _connect_own(session, identity, visitor, client)
        return user.id
    else:
        raise errors.AccountExistsError
    _connect(session, identity, user.id, client)
    await session.flush()
    return user.id


async def _connect_own(
    session: AsyncSession, identity: Identity, principal: Principal, client: Client
) -> None:
    try:
        user = await hold_own(session, principal)
    except InvalidTokenError as error:
        raise errors.OAuthError from error
    _connect(session, identity, user.id, client)
    outbox.enqueue(session, identity_connected, user.email, user.id)
    await session.flush()


def _new_user(identity: Identity) -> User:
    try:
        email = check_email(identity.email)
    except InvalidFieldError as error:
        raise errors.UnverifiedEmailError from error
    try:
        name = check_full_name(identity.full_name)
    except InvalidFieldError:
        name = ""
    return User(email=email, email_key=email_key(email) or email, full_name=name, email_verified_at=utc_now())


async def _take_over(session: AsyncSession, user_id: UUID, client: Client) -> None:
    """
    Gives an account that anybody may have registered to whom the provider says the address belongs to.

    Whoever made it is shut out by all their ways in. One statement decides: had the address been proven
    meanwhile, the account would be somebody's.
    """
    taken = await session.exec(
        update(User)
        .where(col(User.id) == user_id, col(User.email_verified_at).is_(None), col(User.is_active).is_(True))
        .values(password_hash=None, email_verified_at=utc_now(), updated_at=utc_now())
        .returning(col(User.id))
        .execution_options(synchronize_session=False)
    )
    if taken.first() is None:
        raise errors.OAuthError
    for sid in await end_where(session, col(AuthSession.user_id) == user_id):
        events.record(session, "session_ended", client, user_id, sid)
    # Also a change of address that was asked for, and links that were mailed.
    await outbox.cancel(session, user_id)
    await drop_credentials(session, user_id)
    events.record(session, "account_taken_over", client, user_id)


def _is_own(user: User, visitor: Principal) -> bool:
    try:
        visitor.require_recent()
    except ReauthenticationRequiredError:
        return False
    return visitor.user_id == user.id


def _connect(session: AsyncSession, identity: Identity, user_id: UUID, client: Client) -> None:
    row = OAuthIdentity(issuer=identity.issuer, subject=identity.subject, user_id=user_id, email="")
    row.email = identity.email[:254]
    session.add(row)
    events.record(session, "identity_connected", client, user_id)
