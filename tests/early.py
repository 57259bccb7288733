"""Loaded before pytest-django reads the settings (addopts: -p tests.early)."""

import os

os.environ.setdefault("KRING_MODE", "test")
# Playwright's loop stands in the test's thread for as long as a browser is open; the database is asked between its calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
