"""Health: live says that the process runs, ready that all it depends on answers too."""

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.components.backend.parts import CHECKS
from app.core.logging import get_logger

log = get_logger(__name__)
PATIENCE_SECONDS = 3

health_router = APIRouter(prefix="/health", tags=["health"])


class Health(BaseModel):
    """The state of the process and of each part it depends on."""

    status: str
    parts: dict[str, bool] = {}


async def readiness() -> dict[str, bool]:
    """Ask every part at once; one that does not answer in time counts as down."""
    answers = await asyncio.gather(*(_answers(part, check) for part, check in CHECKS.items()))
    return dict(zip(CHECKS, answers, strict=True))


async def _answers(part: str, check: Callable[[], Awaitable[None]]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await check()
    except Exception as error:  # noqa: BLE001, whatever is wrong with a part, the others are still to be told
        log.warning("part_is_down", part=part, error=repr(error))
        return False
    return True


@health_router.get("/live")
async def live() -> Health:
    """Whether the process answers at all."""
    return Health(status="ok")


@health_router.get("/ready", responses={503: {"model": Health}})
async def ready(response: Response) -> Health:
    """Whether requests can be served: 503 names the part that is down."""
    parts = await readiness()
    down = [part for part, answers in parts.items() if not answers]
    if down:
        response.status_code = 503
    return Health(status=f"down: {', '.join(down)}" if down else "ok", parts=parts)
