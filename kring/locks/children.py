"""Programs that end when we end: PostgreSQL, the web server and the worker are started as our own children.

The kernel is asked to signal the child when its parent dies, so that not even `kill -9` of the parent leaves an
orphan. Asking has to happen inside the child, hence this file is also a little program that does so and then becomes
the program wanted. (`preexec_fn` would do it too, but forks Python code in a process that may have threads.)
"""

import ctypes
import os
import signal
import subprocess
import sys
from typing import Any

NO_NAMESPACE = 77
_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000


def start_child(
    command: list[str], *, when_parent_dies: signal.Signals, not_as_root: bool = False, **popen: Any
) -> "subprocess.Popen[bytes]":
    """Start `command` as a child in a session of its own, out of reach of the terminal's Ctrl-C: we stop it, in order.

    Start it from a thread that stays: the kernel takes the end of the starting thread for the end of the parent.
    With `not_as_root`, root becomes an ordinary user inside a user namespace and stays owner of the files outside.
    """
    become_ordinary = not_as_root and os.geteuid() == 0
    launcher = [
        sys.executable,
        "-I",
        "-S",
        __file__,
        str(os.getpid()),
        str(int(when_parent_dies)),
        str(+become_ordinary),
    ]
    return subprocess.Popen([*launcher, *command], stdin=subprocess.DEVNULL, start_new_session=True, **popen)


def stop_child(child: "subprocess.Popen[bytes]", *asks: tuple[signal.Signals, float]) -> None:
    """Ask with each signal in turn and wait its seconds; kill what still runs after the last."""
    for ask, seconds in asks:
        if child.poll() is not None:
            return
        child.send_signal(ask)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    if child.poll() is None:
        child.kill()
        child.wait(5)


def end_with_parent(ask: signal.Signals) -> None:
    """From now on the kernel sends us `ask` when our parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(ask))


def _become(parent: int, when_parent_dies: int, become_ordinary: bool, command: list[str]) -> None:
    if become_ordinary:
        if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER) != 0:
            sys.stderr.write(f"unshare: {os.strerror(ctypes.get_errno())}\n")
            sys.exit(NO_NAMESPACE)
        for name, line in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(line)
    end_with_parent(signal.Signals(when_parent_dies))
    if os.getppid() != parent:  # it died before we could ask
        sys.exit(0)
    os.execv(command[0], command)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    _become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "1", sys.argv[4:])
