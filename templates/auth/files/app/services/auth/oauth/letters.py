"""What the mails about accounts elsewhere say."""

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.project import NAME
from app.models.mail import OutgoingMail
from app.services.auth import outbox
from app.services.auth.letters import about_a_way_in
from app.services.auth.outbox import Letter


@outbox.purpose("identity_connected")
async def identity_connected(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """Tells about an account elsewhere that opens the one here from now on."""
    text = f"An account elsewhere opens yours at {NAME} from now on. Your account page says which."
    return await about_a_way_in(session, mail, "A new way to sign in", text)


@outbox.purpose("identity_disconnected")
async def identity_disconnected(session: AsyncSession, mail: OutgoingMail) -> Letter | None:
    """Tells about one that no longer does."""
    text = f"An account elsewhere no longer opens yours at {NAME}. Your account page says what still does."
    return await about_a_way_in(session, mail, "One way less to sign in", text)
