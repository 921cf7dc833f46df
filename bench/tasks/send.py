"""Sends the task of a module so many times, each after the one before, and says how many a second that was."""

import asyncio
import os
import sys
import time
from importlib import import_module


async def send(module: str, count: int) -> None:
    nothing = import_module(module).nothing
    await nothing.broker.startup()
    # The first one opens the connection.
    await nothing.kiq()
    begun = time.perf_counter()
    for _ in range(count - 1):
        await nothing.kiq()
    print((count - 1) / (time.perf_counter() - begun))
    await nothing.broker.shutdown()


asyncio.run(send(sys.argv[1], int(os.environ["BENCH_TASKS"])))
