"""What is in the repository: nothing of one machine, nothing that grew too long, nothing that is downloaded by address."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HARD_LIMIT = 600
TEXTS = (".py", ".md", ".txt", ".in", ".toml", ".json", ".html", ".css", ".js", ".sql", ".xml", ".yml", ".svg", "")
# Spelt in halves, or this file would be found by its own test.
OF_ONE_MACHINE = re.compile(
    "|".join(
        [
            "/wo" + "rk/",
            "/ro" + r"ot/(?!\w*\}\})",
            "/ho" + r"me/\w",
            "/opt/(?:whe" + "els|py" + "pi)",
            r"\.lib" + "rary/",
        ]
    )
)
DOWNLOAD_ADDRESS = re.compile(
    r'"resolved": "https?:|^(?:url|index|registry) = |registry = "https?:|--(?:extra-)?index-url|--find-l'
    "inks"
    "|registry.npm" + "js|py" + r"pi\.org|files\.python" + "hosted",
    re.M,
)


def committed(*endings: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and (not endings or path.suffix in endings)]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_folder_of_one_machine():
    assert found(OF_ONE_MACHINE, committed(*TEXTS)) == []


def test_no_file_says_where_packages_are_downloaded_from():
    assert found(DOWNLOAD_ADDRESS, committed(*TEXTS)) == []


def test_every_required_package_is_pinned_with_its_hashes():
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        pins = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"(?m)^ *#.*\n?", "", text(path)).strip())
        without = [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]
        assert without == [], path.name


def test_the_same_package_has_the_same_version_everywhere():
    versions: dict[str, set[frozenset[str]]] = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"(?m)^([\w.\[\]-]+)==(\S+)", text(path))
        for name in {name for name, _ in pins}:
            versions.setdefault(name, set()).add(frozenset(version for other, version in pins if other == name))
    assert {name: different for name, different in versions.items() if len(different) > 1} == {}


def test_the_demo_needs_none_of_the_heavy_packages():
    demo = text(ROOT / "requirements" / "demo.txt")
    heavy = [name for name in ("playwright", "numba", "llvmlite", "pyarrow", "torch") if f"\n{name}==" in demo]
    assert heavy == []


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "requirements").glob("*.in")))
def test_what_is_asked_for_is_what_is_pinned(name):
    asked = re.findall(r"(?m)^([A-Za-z][\w.-]*)", text(ROOT / "requirements" / f"{name}.in"))
    pinned = {
        pin.lower() for pin in re.findall(r"(?m)^([\w.-]+)(?:\[.*\])?==", text(ROOT / "requirements" / f"{name}.txt"))
    }
    assert [one for one in asked if one.lower() not in pinned] == [], "run `make deps`"


def test_no_file_of_code_is_longer_than_a_reader_can_hold():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in committed(".py", ".html", ".css", ".js", ".sql")
        if "migrations" not in path.parts and (lines := len(text(path).splitlines())) > HARD_LIMIT
    }
    assert long == {}, "split by noun"


def test_every_room_says_what_it_is_for():
    rooms = {path.parent for path in committed(".py") if path.name == "apps.py" and path.parent.parent.name == "kring"}
    assert sorted(room.name for room in rooms if not (room / "README.md").exists()) == []


def test_there_is_no_room_for_what_belongs_nowhere():
    names = {part for path in committed(".py") for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}
    assert names & {"utils", "util", "common", "core", "helpers", "misc"} == set()


def test_the_makefile_keeps_to_ten_things():
    phony = re.search(r"(?m)^\.PHONY: (.*)$", text(ROOT / "Makefile"))
    assert phony is not None
    targets = set(phony[1].split()) - {"help"}
    assert len(targets) <= 11
    assert {target for target in targets if not re.search(rf"(?m)^{target}:.*## ", text(ROOT / "Makefile"))} == set()


def test_pages_have_no_style_or_script_of_their_own():
    """The content security policy refuses them; a template that has them would look right in tests only."""
    inline = re.compile(
        r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle=|\son[a-z]+=|hx-on|javascript:", re.I
    )
    assert found(inline, committed(".html")) == []
