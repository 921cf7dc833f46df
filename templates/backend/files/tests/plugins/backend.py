"""The app in this process, and browsers in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from fastapi import FastAPI

from app.components.backend.main import create_app, lifespan


@asynccontextmanager
async def browser(app: FastAPI, *, address: str = "127.0.0.1") -> AsyncIterator[httpx2.AsyncClient]:
    """A client with cookies and an address of its own."""
    transport = httpx2.ASGITransport(app=app, client=(address, 50000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.fixture
async def app() -> AsyncIterator[FastAPI]:
    """A started app of this test's own."""
    app = create_app()
    async with lifespan(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """The first browser."""
    async with browser(app) as client:
        yield client
