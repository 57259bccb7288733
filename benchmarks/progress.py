"""A progress bar on a terminal, a line now and then elsewhere."""

import sys
import time


class Progress:
    def __init__(self, steps: int, what: str):
        self.steps, self.what, self.done = steps, what, 0
        self.began = self.said = time.monotonic()

    def step(self, now: str) -> None:
        self.done += 1
        share, passed = self.done / self.steps, time.monotonic() - self.began
        if sys.stderr.isatty():
            bar = "█" * round(30 * share)
            end = "\n" if self.done == self.steps else ""
            print(
                f"\r{self.what} {bar:·<30} {share:4.0%} {passed:4.0f} s  {now[:28]:28}",
                end=end,
                file=sys.stderr,
                flush=True,
            )
        elif self.done == self.steps or time.monotonic() - self.said > 20:
            self.said = time.monotonic()
            print(f"{self.what}: {share:.0%} after {passed:.0f} s ({now})", file=sys.stderr, flush=True)
