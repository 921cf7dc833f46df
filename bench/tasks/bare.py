"""A task of the bare engine that does nothing: taskiq with the stream broker of taskiq-redis, as its documentation does."""

import os

from noted import note
from taskiq_redis import RedisAsyncResultBackend, RedisStreamBroker

URL = os.environ["REDIS_URL"]
# From the beginning of the stream: the tasks are there before the worker is.
broker = RedisStreamBroker(URL, consumer_id="0")
if "BENCH_RESULTS" in os.environ:
    broker = broker.with_result_backend(RedisAsyncResultBackend(URL, result_ex_time=3600))


@broker.task
async def nothing() -> None:
    note()
