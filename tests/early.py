"""Loaded before pytest-django reads the settings (addopts: -p tests.early)."""

import os

os.environ.setdefault("KRING_MODE", "test")
