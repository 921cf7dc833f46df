"""The app in this process, and browsers in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

import httpx2
import pytest
from fastapi import APIRouter, FastAPI

from app.components.backend import main


@asynccontextmanager
async def browser(app: FastAPI, *, address: str = "127.0.0.1") -> AsyncIterator[httpx2.AsyncClient]:
    """A client with cookies and an address of its own."""
    transport = httpx2.ASGITransport(app=app, client=(address, 50000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@lru_cache(maxsize=1)
def _app_of(*_routers: APIRouter) -> FastAPI:
    """One for all tests of the same routes: FastAPI takes longer over them than most tests do."""
    return main.create_app()


@pytest.fixture
async def app() -> AsyncIterator[FastAPI]:
    """The app, started anew for this test; whoever needs more routes puts them into `main.ROUTERS` before."""
    app = _app_of(*main.ROUTERS)
    async with main.lifespan(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """The first browser."""
    async with browser(app) as client:
        yield client
