"""In production Kring starts whole and shut, or not at all, and says why."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOUND = {
    "KRING_MODE": "production",
    "KRING_SECRET_KEY": "a" * 10 + "Wq3-" * 12,
    "KRING_FIELD_KEY": "b" * 10 + "Xr5-" * 12,
    "KRING_LOOKUP_KEY": "c" * 10 + "Ys7-" * 12,
    "KRING_BEHIND_TLS": "yes",
    "KRING_HOSTS": "kring.example",
    "KRING_APP_URL": "postgresql://kring_app:x@127.0.0.1:9/kring",
    "KRING_LOGIN_URL": "postgresql://kring_login:x@127.0.0.1:9/kring",
}
OWNER = "postgresql://kring_owner:x@127.0.0.1:9/kring"
JOBS = "postgresql://kring_jobs:x@127.0.0.1:9/kring"


def kring(*command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`kring COMMAND` with a sound production environment and these changes (None: left out)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_"))}
    environment = kept | {name: value for name, value in (SOUND | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "kring", *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.mark.slow
def test_the_deployment_check_finds_nothing_to_say():
    answer = kring("check", "--deploy", "--fail-level", "INFO")
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "url"), [("jobs", {"KRING_JOBS_URL": JOBS}), ("owner", {"KRING_OWNER_URL": OWNER})], ids=["jobs", "owner"]
)
def test_worker_and_migrations_start_with_their_own_door_alone(role, url):
    answer = kring(
        "check", "--deploy", "--fail-level", "INFO", KRING_ROLE=role, KRING_APP_URL=None, KRING_LOGIN_URL=None, **url
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.slow
def test_a_web_process_that_knows_the_owners_door_is_warned_about():
    answer = kring("check", "--deploy", "--fail-level", "WARNING", KRING_OWNER_URL=OWNER)
    assert answer.returncode != 0
    assert "knows KRING_OWNER_URL and needs none" in answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"KRING_SECRET_KEY": None}, "Set KRING_SECRET_KEY"),
        ({"KRING_SECRET_KEY": "short"}, "need 50 characters"),
        ({"KRING_FIELD_KEY": SOUND["KRING_SECRET_KEY"]}, "three different secrets"),
        ({"KRING_DEMO_SIGN_IN": "yes"}, "production does not start with it"),
        ({"KRING_BEHIND_TLS": None}, "a proxy with TLS"),
        ({"KRING_HOSTS": None}, "Set KRING_HOSTS"),
        ({"KRING_APP_URL": None}, "Set KRING_APP_URL"),
        ({"KRING_LOGIN_URL": None}, "Set KRING_LOGIN_URL"),
        ({"KRING_ROLE": "jobs"}, "Set KRING_JOBS_URL"),
        ({"KRING_APP_URL": "mysql://here/there"}, "KRING_APP_URL must look like postgresql://"),
        ({"KRING_MODE": "prod"}, "KRING_MODE is 'prod'; it must be one of"),
        ({"KRING_SESSION_HOURS": "many"}, "KRING_SESSION_HOURS is 'many'; it must be a whole number"),
        ({"KRING_SECRET_KEY_FILE": "/nowhere"}, "KRING_SECRET_KEY_FILE names a file that can't be read"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_unsound_setting_stops_the_start_with_a_sentence(changes, sentence):
    answer = kring("check", **changes)
    assert answer.returncode != 0
    assert sentence in answer.stderr


@pytest.mark.slow
def test_what_a_secret_holds_is_in_no_message():
    answer = kring("check", KRING_SECRET_KEY="too-short-but-secret", KRING_APP_URL="mysql://u:hidden-password@h/d")
    assert "too-short-but-secret" not in answer.stderr + answer.stdout
    assert "hidden-password" not in answer.stderr + answer.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", ["demo", "prepare_demo", "build_demo"])
def test_the_invented_region_never_gets_into_production(command):
    answer = kring(command)
    assert answer.returncode != 0
    assert "never goes into a database in use" in answer.stderr or "KRING_MODE=demo only" in answer.stderr


@pytest.mark.slow
def test_migrations_ask_for_the_owners_door():
    answer = kring("migrate")
    assert answer.returncode != 0
    assert "Set KRING_OWNER_URL" in answer.stderr


def test_every_setting_is_explained_to_the_administrator():
    asked = {
        name
        for path in (ROOT / "config").glob("*.py")
        for name in re.findall(r'environment\.\w+\(\s*"(KRING_\w+)"', path.read_text(encoding="utf-8"))
    }
    asked |= {f"KRING_{door}_URL" for door in ("APP", "OWNER", "LOGIN", "JOBS", "ADMIN")}
    page = (ROOT / "docs/how-to/administrator.md").read_text(encoding="utf-8")
    assert sorted(name for name in asked if f"`{name}`" not in page) == []
