"""`make` on a machine that lacks something: one clear sentence, and nothing half made."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("make", "sh", "sed", "touch", "cut", "expand")


@pytest.fixture
def machine(tmp_path):
    """A machine with make and nothing else: `machine.python(name, answers)` puts a Python on it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(ROOT / "Makefile", project)
    return Machine(folder, project)


class Machine:
    def __init__(self, folder: Path, project: Path):
        self.folder, self.project = folder, project

    def python(self, name: str, *, version_fits: bool = True, has_venv: bool = True) -> None:
        """One that answers the two questions and notes where it makes an environment."""
        path = self.folder / name
        path.write_text(
            "#!/bin/sh\n"
            f'case "$*" in *version_info*) exit {int(not version_fits)};; *ensurepip*) exit {int(not has_venv)};;\n'
            f'"--version") echo {name};; *venv*) echo "venv by {name}";; esac\n'
        )
        path.chmod(0o755)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.folder), "HOME": os.environ.get("HOME", "/")}
        return subprocess.run(
            [str(self.folder / "make"), *arguments], cwd=self.project, env=environment, capture_output=True, text=True
        )


def test_make_alone_says_what_there_is(machine):
    answer = machine.make()
    assert answer.returncode == 0
    assert "make demo" in answer.stdout
    assert "make check" in answer.stdout


def test_without_a_python_that_fits_one_sentence_says_which_are_needed(machine):
    machine.python("python3", version_fits=False)
    answer = machine.make(".venv/bin/python")
    assert answer.returncode != 0
    assert "Kring needs Python 3.11, 3.12 or 3.13: none was found." in answer.stderr


def test_a_python_without_its_venv_module_gets_one_sentence(machine):
    machine.python("python3", has_venv=False)
    answer = machine.make(".venv/bin/python")
    assert answer.returncode != 0
    assert "python3 has no venv module: install it" in answer.stderr


def test_a_newer_python_without_venv_gives_way_to_an_older_one_with_it(machine):
    machine.python("python3.13", has_venv=False)
    machine.python("python3.11")
    assert "venv by python3.11" in machine.make(".venv/bin/python").stdout


def test_a_python_of_your_own_choice_comes_first(machine):
    machine.python("python3.13")
    machine.python("my-python")
    assert "venv by my-python" in machine.make(".venv/bin/python", "KRING_PYTHON=my-python").stdout
