"""`make bench`: an own PostgreSQL with a region of 100,000 families in it, and what pages and writes cost there.

`--families 300 --counts-only` is the smoke run of CI: it holds the number of queries to the bound, and no times.
`--folder F` keeps the database: the next run only migrates and measures.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from kring.locks.embedded import EmbeddedPostgres

SMALL = 1_000  # what growth is compared with


def main() -> int:
    options = _arguments()
    with _folder(options.folder) as folder, EmbeddedPostgres(folder) as server:  # durable, as in production
        _start_django(server)
        from benchmarks import load, measure, report

        load.prepare()
        sizes = [options.families] if options.counts_only else sorted({min(SMALL, options.families), options.families})
        results: dict[int, list[measure.Result]] = {}
        for size in sizes:
            loaded, began = load.families_loaded(), time.monotonic()
            if loaded > size:
                print(f"This folder holds {loaded:,} families already: {size:,} is not measured.")
                continue
            load.grow(loaded, size)
            if size > loaded:
                print(f"\n{load.size_of_it()} Loaded in {time.monotonic() - began:.0f} s.")
            results[size] = measure.everything(size, rounds=1 if options.counts_only else options.rounds)
        print(report.table(results))
        return report.verdict(results, times=not options.counts_only)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--families", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200, help="how often each page and write is measured")
    parser.add_argument("--counts-only", action="store_true", help="hold only the number of queries to the bound")
    parser.add_argument("--folder", type=Path, help="keep the database here, or use the one that is here")
    return parser.parse_args()


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


def _start_django(server: EmbeddedPostgres) -> None:
    doors = {
        f"KRING_{door.upper()}_URL": server.url(f"kring_{door}", "region") for door in ("app", "owner", "login", "jobs")
    }
    os.environ.update(doors, KRING_ADMIN_URL=server.url(), KRING_MODE="demo", KRING_LOG_LEVEL="WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
