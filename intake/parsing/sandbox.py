"""Reading in a process of its own, with bounds on memory and time, that can be killed.

A document comes from outside; whatever it does to a parser must not touch the worker that reads
it. The child gets the bytes on a pipe, reads with the parsing room alone (no Django, no database),
and sends the result back as a pickle that only our own code has written.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess, SpawnProcess
from typing import Any

from intake.parsing.readers import ocr
from intake.parsing.refusal import RefusedDocument

MEMORY = 1024 * 1024 * 1024
SECONDS = 120.0
MEMORY_WITH_OCR = 5 * MEMORY // 2
SECONDS_WITH_OCR = 600.0
_POLL = 0.05
_GRACE = 2.0

Task = Callable[..., Any]
Message = tuple[str, Any]


def read_in_process(
    data: bytes,
    *,
    name: str,
    task: Task,
    memory: int | None = None,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Any:
    """Return ``task(data, name=…, progress=…)`` computed in a child process.

    ``task`` is a function of a module (``pipeline.read_document``, or a reader). ``memory`` is
    the most address space in bytes that the child may use; both bounds are wider where the OCR
    extra is installed, whose models alone need more than a gigabyte.

    Raises:
        RefusedDocument: what the task raised, or that it ran out of time or memory, or died.
    """
    with_ocr = ocr.is_installed()
    memory = memory or (MEMORY_WITH_OCR if with_ocr else MEMORY)
    seconds = seconds or (SECONDS_WITH_OCR if with_ocr else SECONDS)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(theirs, task, name, memory), daemon=True)
    child.start()
    theirs.close()
    deadline = time.monotonic() + seconds
    try:
        ours.send_bytes(data)
        return _await(ours, child, name=name, deadline=deadline, progress=progress)
    except (BrokenPipeError, ConnectionError, EOFError) as error:
        raise _died(name) from error
    finally:
        ours.close()
        _end(child)


def _await(
    ours: Connection,
    child: SpawnProcess | ForkServerProcess,
    *,
    name: str,
    deadline: float,
    progress: Callable[[int, int], None] | None,
) -> Any:
    """Return the child's result, passing its progress on, until it is done, dead or late."""
    while time.monotonic() < deadline:
        if not ours.poll(_POLL):
            if not child.is_alive() and not ours.poll(0):
                raise _died(name)
            continue
        kind, value = pickle.loads(ours.recv_bytes())  # noqa: S301 - written by our own child alone
        if kind == "progress":
            if progress is not None:
                progress(*value)
        elif kind == "result":
            return value
        else:
            raise value
    raise RefusedDocument(
        "too-long",
        f"“{name}”在规定时间内没有读完，已停止；请拆分文件，或另存为更简单的格式后上传。",
        f"“{name}” was not read in the time allowed and was stopped; please split it or save it in a simpler "
        "format.",
    )


def _end(child: SpawnProcess | ForkServerProcess) -> None:
    """Stop the child and whatever it started (LibreOffice), by force where asking is not enough."""
    if child.pid is not None and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    if child.is_alive():
        child.terminate()
        child.join(_GRACE)
    if child.is_alive():
        child.kill()
    child.join(_GRACE)
    child.close()


def _died(name: str) -> RefusedDocument:
    return RefusedDocument(
        "damaged",
        f"读取“{name}”时解析程序意外中止，文件可能已损坏；请用原软件打开后重新导出，再上传。",
        f"The reader broke off while reading “{name}”, which may be damaged; please export it again.",
    )


def _too_much(name: str) -> RefusedDocument:
    return RefusedDocument(
        "too-much-memory",
        f"读取“{name}”需要的内存超过上限，已停止；请拆分文件，或删除表格以外的大量空白行列和图片后上传。",
        f"Reading “{name}” needs more memory than allowed and was stopped; please split it, or delete large "
        "pictures and blank areas.",
    )


def _work(theirs: Connection, task: Task, name: str, memory: int) -> None:
    """Run in the child: lead a process group of its own, bound the memory, read, send the result."""
    if hasattr(os, "setsid"):
        os.setsid()
    _bound_memory(memory)
    message: Message
    try:
        data = theirs.recv_bytes()
        message = ("result", task(data, name=name, progress=_Reporter(theirs)))
    except RefusedDocument as refusal:
        message = ("error", refusal)
    except MemoryError:
        message = ("error", _too_much(name))
    except Exception as error:  # noqa: BLE001 - the border of the process: nothing may pass it unsaid
        message = ("error", _broken(name, error))
    try:
        theirs.send_bytes(pickle.dumps(message))
    except MemoryError:
        theirs.send_bytes(pickle.dumps(("error", _too_much(name))))
    finally:
        theirs.close()


def _broken(name: str, error: Exception) -> RefusedDocument:
    kind = type(error).__name__
    return RefusedDocument(
        "damaged",
        f"读取“{name}”时出错（{kind}），文件可能已损坏；请用原软件打开后重新导出，再上传。",
        f"Reading “{name}” failed ({kind}); the file may be damaged, please export it again.",
    )


class _Reporter:
    """Sends progress to the parent, a few times a second at most."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last > 0.2 or done == total:
            self.last = now
            with contextlib.suppress(OSError):
                self.pipe.send_bytes(pickle.dumps(("progress", (done, total))))


def _bound_memory(memory: int) -> None:
    """Set the most address space this process may use; only where the system can (not on Windows)."""
    try:
        import resource  # exists on Unix only
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
