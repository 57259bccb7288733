"""`kring demo` as a person starts it: everything real, in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from tests.setup.test_supervisor import ROOT, a_free_port, all_ended

pytestmark = pytest.mark.slow
RUNS_ALREADY = 3


class Demo:
    """One start; `.address` is None when it ended instead."""

    def __init__(self, folder: Path, port: int):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KRING_")}
        environment |= {"KRING_MODE": "demo", "KRING_DATA": str(folder), "KRING_STATIC_ROOT": str(folder / "static")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kring", "demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        began = time.monotonic()
        while not self.address and self.process.poll() is None and time.monotonic() < began + 60:
            time.sleep(0.05)
        self.seconds = time.monotonic() - began

    @property
    def address(self) -> str | None:
        found = re.search(r"Kring runs at +(http\S+)", "".join(self.said))
        return found[1] if found else None

    def descendants(self) -> list[int]:
        """Every process under it, the web server's own workers included."""
        parents = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(status.parent.name)] = int(status.read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        found, new = set[int](), {self.process.pid}
        while new := {pid for pid, parent in parents.items() if parent in new} - found:
            found |= new
        return sorted(found)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        code = self.process.wait(30)
        self.reader.join(30)
        self.process.stdout.close()
        return code

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said.append(line)


def test_the_demo_starts_says_where_it_is_is_alone_ends_whole_and_keeps_its_data(tmp_path):
    port = a_free_port()
    first = Demo(tmp_path, port)
    try:
        assert first.address == f"http://localhost:{port}/", first.said
        with urllib.request.urlopen(first.address, timeout=10) as page:
            assert page.status == 200
            assert "<html" in page.read().decode()

        second = Demo(tmp_path, a_free_port())
        assert second.wait() == RUNS_ALREADY
        assert f"Kring already runs here: {first.address} (process {first.process.pid})" in "".join(second.said)

        family = first.descendants()
        assert len(family) >= 4, "PostgreSQL, worker, web server and its own worker"
    finally:
        first.end(signal.SIGKILL)
    assert all_ended(family)

    later = Demo(tmp_path, port)
    try:
        assert later.address, later.said
        assert not any("Built" in line for line in later.said), "the region was there"
        family = later.descendants()
    finally:
        assert later.end(signal.SIGINT) == 0
    assert all_ended(family)
    assert "The data stays" in "".join(later.said)
