"""The test bed: an own PostgreSQL, migrated once as the owner, and every test runs as the app role."""

pytest_plugins = ["tests.bed", "tests.browser"]
