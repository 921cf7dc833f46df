"""
Invitations to an organisation, by mail.

An invitation is for an address. Only an account whose owner has shown that this address is theirs can accept
it, so a link that was passed on, or an account made with somebody else's address, opens nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.errors import AppError
from app.core.project import NAME
from app.core.security import fingerprint
from app.models.base import utc_now
from app.models.mail import OutgoingMail
from app.models.org import Invitation, Membership, Organisation
from app.models.user import User
from app.services.auth import events, limits, outbox
from app.services.auth.org_guard import Member, OrgNotFoundError, hold_org, known, require_unchanged
from app.services.auth.org_roles import ADMIN, InvitedRole, OrgRole
from app.services.auth.org_service import OrgInfo
from app.services.auth.outbox import Letter
from app.services.auth.principal import Client, Principal
from app.services.auth.role_service import hold_account
from app.services.auth.validation import check_email, email_key

LIFETIME = timedelta(days=7)
PER_HOUR = 50


class AlreadyMemberError(AppError):
    status = 409
    code = "already_member"
    message = "This person is a member already."


class EmailNotVerifiedError(AppError):
    status = 403
    code = "email_not_verified"
    message = "Confirm your email address first, then open the invitation again."


class InvitationNotFoundError(AppError):
    """Used, revoked, late, for another address, or none at all: the answer does not tell which."""

    status = 404
    code = "invitation_not_found"
    message = "This invitation is used up, too old, or for another address."


@dataclass(frozen=True, slots=True)
class InvitationInfo:
    """An invitation that is still open, as the organisation's admins see it."""

    id: UUID
    email: str
    role: OrgRole
    invited_by: UUID | None
    created_at: datetime
    expires_at: datetime


@outbox.purpose("invitation")
async def invitation_letter(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """
    Mints the token: the table holds its hash alone, and one of an earlier try dies here.

    It quotes neither the organisation's name nor the inviter's: a stranger could have chosen them to be read.
    """
    token = secrets.token_urlsafe(32)
    minted = await session.exec(
        update(Invitation)
        .where(col(Invitation.id) == mail.about_id, col(Invitation.expires_at) > utc_now())
        .values(token_hash=fingerprint(token))
        .returning(col(Invitation.id))
        .execution_options(synchronize_session=False)
    )
    if minted.first() is None:
        return None
    text = (
        f"You are invited to join an organisation at {NAME}. Sign in there with this address, or make an "
        f"account with it, and open this link within a week:\n\n{outbox.link('/invitation', token)}\n\n"
        "If you do not know what this is about, there is nothing to do."
    )
    return Letter(f"An invitation to {NAME}", text)


async def invite(
    session: AsyncSession, member: Member, email: str, role: InvitedRole, client: Client
) -> InvitationInfo:
    """Invites an address; an earlier invitation of the same one ends."""
    member.require(ADMIN)
    member.principal.require_session()
    address = check_email(email)
    key = email_key(address) or address
    await limits.admit(session, limits.Limit("invitation", str(member.id), PER_HOUR, limits.HOUR))
    await limits.admit(session, limits.mail_requests(client))
    await limits.admit(session, limits.mails_to(key, invitation_letter.name))
    await hold_org(session, member.org_id)
    await require_unchanged(session, member)
    its = col(Invitation.organisation_id) == member.org_id
    members = select(Membership).join(User, col(User.id) == col(Membership.user_id))
    there = members.where(Membership.organisation_id == member.org_id, User.email_key == key)
    if (await session.exec(there)).first():
        raise AlreadyMemberError(field="email")
    over = (col(Invitation.email_key) == key) | (col(Invitation.expires_at) < utc_now())
    await session.exec(delete(Invitation).where(its, over))
    row = Invitation(
        organisation_id=member.org_id,
        email=address,
        email_key=key,
        role=role,
        invited_by=member.id,
        expires_at=utc_now() + LIFETIME,
    )
    session.add(row)
    outbox.enqueue(session, invitation_letter, recipient=address, about_id=row.id)
    events.record(session, "invited", client, member.id, detail=f"{member.slug} {role}")
    await session.commit()
    return _info(row)


async def list_invitations(session: AsyncSession, member: Member) -> list[InvitationInfo]:
    """The invitations that can still be accepted, the latest first."""
    member.require(ADMIN)
    rows = await session.exec(
        select(Invitation)
        .where(Invitation.organisation_id == member.org_id, col(Invitation.expires_at) > utc_now())
        .order_by(col(Invitation.created_at).desc())
    )
    return [_info(row) for row in rows]


async def revoke_invitation(
    session: AsyncSession, member: Member, invitation_id: UUID, client: Client
) -> None:
    """Takes an invitation back; raises InvitationNotFoundError."""
    member.require(ADMIN)
    gone = await session.exec(
        delete(Invitation)
        .where(col(Invitation.id) == invitation_id, col(Invitation.organisation_id) == member.org_id)
        .returning(col(Invitation.id))
        .execution_options(synchronize_session=False)
    )
    if gone.first() is None:
        raise InvitationNotFoundError("There is no such invitation.")
    await outbox.cancel(session, invitation_id)
    events.record(session, "invitation_revoked", client, member.id, detail=member.slug)
    await session.commit()


async def accept_invitation(
    session: AsyncSession, principal: Principal, token: str, client: Client
) -> OrgInfo:
    """
    Joins the organisation; raises EmailNotVerifiedError or InvitationNotFoundError.

    The DELETE decides who of several has the invitation. The locks before it are taken in the order that
    everything else takes them in: account, organisation, then what belongs to it.
    """
    principal.require_session()
    user = await hold_account(session, principal.user_id)
    if user.email_verified_at is None:
        raise EmailNotVerifiedError
    open_to_me = and_(
        col(Invitation.token_hash) == fingerprint(token),
        col(Invitation.email_key) == user.email_key,
        col(Invitation.expires_at) > utc_now(),
    )
    org_id = (await session.exec(select(Invitation.organisation_id).where(open_to_me))).first()
    if org_id is None:
        raise InvitationNotFoundError
    try:
        await hold_org(session, org_id)
    except OrgNotFoundError:
        raise InvitationNotFoundError from None
    taken = await session.exec(
        delete(Invitation)
        .where(open_to_me)
        .returning(col(Invitation.role))
        .execution_options(synchronize_session=False)
    )
    role = taken.scalar_one_or_none()
    if role is None:
        raise InvitationNotFoundError
    return await _join(session, user, org_id, known(role), client)


async def _join(session: AsyncSession, user: User, org_id: UUID, role: OrgRole, client: Client) -> OrgInfo:
    org = await session.get_one(Organisation, org_id)
    membership = await session.get(Membership, (org_id, user.id), populate_existing=True)
    if membership is None:
        membership = Membership(organisation_id=org_id, user_id=user.id, role=role)
        session.add(membership)
        events.record(session, "member_joined", client, user.id, detail=f"{org.slug} {role}")
    await session.commit()
    return OrgInfo(org.id, org.slug, org.name, known(membership.role))


def _info(row: Invitation) -> InvitationInfo:
    return InvitationInfo(row.id, row.email, known(row.role), row.invited_by, row.created_at, row.expires_at)
