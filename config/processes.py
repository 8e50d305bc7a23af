"""Keeping a few child processes running until we are told to stop."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

GRACE_SECONDS = 35.0
QUICK_SECONDS = 5.0  # a child that ends sooner is restarted more and more slowly
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """This will ask the kernel, in a new child, for SIGTERM when its parent dies (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One command that should always be running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        """This will start the command in a session of its own: Ctrl-C reaches only us, who then stop it."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )

    def restart_if_ended(self) -> None:
        """This will start the command again after any exit: even 0 means that it no longer serves."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        self.pause = 0.0 if lived > QUICK_SECONDS else min(max(self.pause * 2, 0.5), LONGEST_PAUSE)
        if lived < self.pause:
            return
        sys.stderr.write(f"{self.name} ended (exit {self.process.returncode}); starting it again\n")
        self.start()


@dataclass
class Supervisor:
    """Starts commands, restarts those that end, and stops all of them in good order."""

    commands: Mapping[str, list[str]]
    stopping: bool = False
    children: list[Child] = field(default_factory=list)

    def run(self, *, when_started: Callable[[], None] = lambda: None) -> None:
        """This will return after SIGTERM, SIGINT or SIGHUP, when no child is left."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        self.children = [Child(name, command) for name, command in self.commands.items()]
        try:
            for child in self.children:
                child.start()
            when_started()
            while not self.stopping:
                time.sleep(0.2)
                for child in self.children:
                    child.restart_if_ended()
        finally:
            self.stop()

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def stop(self) -> None:
        """This will end all children: politely, then after a grace period by force."""
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
