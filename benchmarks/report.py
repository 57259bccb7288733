"""The figures as a table for docs/benchmarks.md, and whether they hold."""

from benchmarks.measure import QUERIES_A_PAGE, Result


def table(results: dict[int, list[Result]]) -> str:
    sizes = sorted(results)
    head = ["", "queries", *(f"{what}, {size:,} families" for size in sizes for what in ("p50 / p95 ms", "busy"))]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    for same in zip(*(results[size] for size in sizes), strict=True):
        cells = [same[0].name, str(max(one.queries for one in same))]
        for one in same:
            cells += [f"{one.p50:.1f} / {one.p95:.1f}", f"{one.busy:.1f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(["", *lines, ""])


def verdict(results: dict[int, list[Result]], *, times: bool) -> int:
    """0 when every bound holds; says which does not."""
    missed = []
    for size, found in sorted(results.items()):
        for one in found:
            if not one.is_write and one.queries > QUERIES_A_PAGE:
                missed.append(f"{one.name} at {size:,} families: {one.queries} queries, at most {QUERIES_A_PAGE}")
            if times and one.p95 > one.bound:
                missed.append(f"{one.name} at {size:,} families: p95 {one.p95:.0f} ms, under {one.bound:.0f}")
    print("\n".join(missed) if missed else "Every bound holds.")
    return 1 if missed else 0
