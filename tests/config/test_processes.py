"""The supervisor restarts what ends and leaves no child behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

CHILD = (
    "import pathlib, os, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"
)
PARENT = """
import sys
from config.processes import Supervisor
Supervisor({"one": [sys.executable, "-c", sys.argv[1], sys.argv[2]]}).run()
"""


def start(pid_file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(pid_file)])


def wait_for(found: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not found():
        assert time.monotonic() < deadline, "waited 20 s in vain"
        time.sleep(0.05)


def read_pid(path: Path) -> int:
    return int(path.read_text()) if path.exists() and path.read_text() else 0


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_a_killed_child_is_started_again_and_a_stop_leaves_none(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    parent = start(pid_file)
    wait_for(lambda: read_pid(pid_file) > 0)
    first = read_pid(pid_file)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: read_pid(pid_file) not in {0, first})
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(20) == 0
    assert is_gone(read_pid(pid_file))


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    parent = start(pid_file)
    wait_for(lambda: read_pid(pid_file) > 0)
    parent.kill()
    parent.wait(20)
    wait_for(lambda: is_gone(read_pid(pid_file)))
