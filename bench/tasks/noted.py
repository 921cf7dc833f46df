"""Says how many tasks a second were run, once all that were sent have been."""

import os
import time

COUNT = int(os.environ["BENCH_TASKS"])
# Those that come while a process is still getting going.
WARM = COUNT // 10


class Seen:
    """What this process has run."""

    count = 0
    warm_at = 0.0


def note() -> None:
    """One more; all that the task of either side does."""
    Seen.count += 1
    if Seen.count == WARM:
        Seen.warm_at = time.perf_counter()
    elif Seen.count == COUNT:
        seconds = time.perf_counter() - Seen.warm_at
        print(f"tasks a second: {(COUNT - WARM) / seconds:.1f}", flush=True)
