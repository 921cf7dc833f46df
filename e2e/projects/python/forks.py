"""
Starts programs of the project in a process that has its libraries imported already, and none of its own modules.

Importing them is nine tenths of a start. A line of JSON on standard input asks for a program: its id, path,
arguments, environment, and files to read from and to write to. One line on standard output says its process
id, and one what it ended with.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import sys

PR_SET_PDEATHSIG = 1


def libraries() -> list[str]:
    """What the app imports that is not its own, found out in a child so that nothing of its own stays here."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        importlib.import_module("app.components.backend.main")
        importlib.import_module("app.cli.main")
        with contextlib.suppress(ImportError):
            importlib.import_module("alembic.config")
        names = [name for name in sys.modules if name.partition(".")[0] not in {"app", "__main__"}]
        with os.fdopen(writing, "w") as answer:
            json.dump(names, answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        names = json.load(answer)
    os.waitpid(child, 0)
    return names


def become(request):
    """Makes this child what a fresh process would be, as far as a program can tell."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for number, (path, flags) in enumerate(
        [
            (request["stdin"], os.O_RDONLY),
            (request["stdout"], os.O_WRONLY | os.O_CREAT | os.O_APPEND),
            (request["stderr"], os.O_WRONLY | os.O_CREAT | os.O_APPEND),
        ]
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = [request["program"], *request["args"]]
    sys.path.insert(0, os.path.dirname(request["program"]))


def serve():
    """Forks for every request; gives one back in each child, and None once nobody asks any more."""
    running, pending = {}, b""
    while True:
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            code = os.waitstatus_to_exitcode(status)
            print(json.dumps({"id": running.pop(pid), "code": code}), flush=True)
        if not select.select([0], [], [], 0.02)[0]:
            continue
        read = os.read(0, 65536)
        if not read:
            return None
        *lines, pending = (pending + read).split(b"\n")
        for line in lines:
            request = json.loads(line)
            pid = os.fork()
            if pid == 0:
                become(request)
                return request
            running[pid] = request["id"]
            print(json.dumps({"id": request["id"], "pid": pid}), flush=True)


# This file's own folder; a program has its own.
sys.path.pop(0)
for name in libraries():
    with contextlib.suppress(Exception):
        importlib.import_module(name)
gc.collect()
gc.freeze()
print(json.dumps({"ready": True}), flush=True)
asked = serve()
if asked is not None:
    runpy.run_path(asked["program"], run_name="__main__")
