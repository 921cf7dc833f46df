"""A person at a terminal: starts a program in a pseudo-terminal, waits for words on its screen and types.

Reads {"argv", "cwd", "env", "steps": [[words, keys], ...]} as JSON from standard input; prints {"exit", "screen",
"waiting"} as JSON, `waiting` being the words that never came, if any.
"""

import json
import os
import pty
import re
import select
import signal
import sys
import time

PATIENCE = 30


def main() -> None:
    task = json.load(sys.stdin)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(task["cwd"])
        os.execvpe(task["argv"][0], task["argv"], task["env"])
    screen = ""
    seen = 0
    waiting = None

    def read() -> bool:
        nonlocal screen
        ready, _, _ = select.select([terminal], [], [], 0.05)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                return False
            screen += data.decode("utf8", "replace")
            return bool(data)
        return True

    for words, keys in task["steps"]:
        limit = time.monotonic() + PATIENCE
        alive = True
        while alive and time.monotonic() < limit:
            found = re.search(words, screen[seen:])
            if found:
                break
            alive = read()
        found = re.search(words, screen[seen:])
        if not found:
            waiting = words
            break
        seen += found.end()
        os.write(terminal, keys.encode())
    limit = time.monotonic() + (PATIENCE if waiting is None else 0)
    while read() and time.monotonic() < limit:
        pass
    if waiting is not None or time.monotonic() >= limit:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    print(json.dumps({"exit": os.waitstatus_to_exitcode(status), "screen": screen, "waiting": waiting}))


main()
