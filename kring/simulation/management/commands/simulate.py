"""`kring simulate scenario.toml --replications 1000 --out result.parquet`: relay against network, for one's own region."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

BAR = 30


class Bar:
    """Progress with an estimate, on one line, for a person; silent for a pipe."""

    def __init__(self, stream, quiet: bool):
        self.stream = stream
        self.quiet = quiet or not stream.isatty()
        self.began = time.monotonic()
        self.before = None

    def __call__(self, done: int, total: int) -> None:
        if self.before is None:
            self.before = done
            if done and done < total:
                self.stream.write(f"Verder waar het was: {done} van {total} stukken waren al klaar.\n")
        if self.quiet or not total:
            return
        fresh = done - self.before
        left = (time.monotonic() - self.began) / fresh * (total - done) if fresh else None
        estimate = f"nog {left:.0f} s" if left is not None else "rekenen"
        filled = BAR * done // total
        self.stream.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {estimate}      ")
        if done == total:
            self.stream.write("\n")
        self.stream.flush()


class Command(BaseCommand):
    help = "Reken de estafette en de netwerkwerkwijze door op dezelfde gezinnen."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument(
            "scenario", nargs="?", type=Path, help="bestand met de regio (TOML); zonder: gemiddelde regio"
        )
        parser.add_argument("--replications", type=int, default=100, help="aantal herhalingen (100)")
        parser.add_argument("--seed", type=int, default=1, help="begin van het toeval (1)")
        parser.add_argument("--out", type=Path, default=Path("result.parquet"), help="waar de uitkomsten komen")
        parser.add_argument("--processes", type=int, default=0, help="aantal processen (evenveel als er kernen zijn)")
        parser.add_argument("--cluster", help="adres van een Dask-cluster, zoals tcp://10.0.0.1:8786")
        parser.add_argument(
            "--transition", action="store_true", help="het pad van estafette naar netwerk, jaar voor jaar"
        )
        parser.add_argument("--uncertain", action="store_true", help="trek ook de cijfers zelf uit hun bandbreedte")
        parser.add_argument("--sensitivity", action="store_true", help="welke aanname beslist (met --uncertain)")
        parser.add_argument("--norm-weeks", type=int, help="hoeveel mensen nodig zijn om zo snel te beginnen")
        parser.add_argument("--norm-share", type=float, default=0.9, help="voor welk deel van de gezinnen (0,9)")
        parser.add_argument("--picture", type=Path, help="schrijf ook een plaatje (SVG)")
        parser.add_argument(
            "--explain", action="store_true", help="alle cijfers, hun herkomst en wat het model niet kan"
        )
        parser.add_argument("--calibration", action="store_true", help="lijkt de estafette op Nederland? tabel")
        parser.add_argument("--quiet", action="store_true", help="geen voortgang")

    def handle(self, *args, **options):
        from kring.simulation.parameters import ImpossibleInput

        try:
            self._handle(options)
        except ImpossibleInput as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError("Onderbroken. Hetzelfde commando gaat verder waar het was.") from error

    def _handle(self, options):
        from kring.simulation import printing
        from kring.simulation import scenario as scenarios

        self._check(options)
        scenario = scenarios.read(options["scenario"]) if options["scenario"] else scenarios.build(
            {"region": {"name": "Gemiddelde regio", "inhabitants": 717_718}}
        )  # fmt: skip
        if options["explain"]:
            self.stdout.write(printing.explanation(scenario))
        elif options["calibration"]:
            self.stdout.write(printing.calibration(options["seed"], options["replications"]))
        elif options["norm_weeks"]:
            self.stdout.write(
                printing.staffing(scenario, options["norm_weeks"], options["norm_share"], options["seed"])
            )
        else:
            self._sweep(scenario, options)

    def _check(self, options):
        from kring.simulation.parameters import ImpossibleInput

        if options["replications"] < 1:
            raise ImpossibleInput(f"--replications {options['replications']}: er is minstens één herhaling nodig.")
        if not 0 <= options["seed"] < 2**63:
            raise ImpossibleInput(f"--seed {options['seed']}: verwacht een geheel getal vanaf 0.")
        if not 0 < options["norm_share"] < 1:
            raise ImpossibleInput(f"--norm-share {options['norm_share']}: een aandeel ligt tussen 0 en 1.")
        if options["norm_weeks"] is not None and not 1 <= options["norm_weeks"] <= 100:
            raise ImpossibleInput(f"--norm-weeks {options['norm_weeks']}: verwacht 1 tot 100 weken.")
        if options["sensitivity"] and not options["uncertain"]:
            raise ImpossibleInput("--sensitivity heeft --uncertain nodig: zonder trekken is er niets te vergelijken.")

    def _sweep(self, scenario, options):
        import os

        from kring.simulation import printing, runs

        ways = ("relay", "transition") if options["transition"] else ("relay", "network")
        sweep = runs.Sweep(scenario, ways, options["replications"], options["seed"], options["uncertain"])
        processes = options["processes"] or len(os.sched_getaffinity(0))
        bar = Bar(sys.stderr, options["quiet"])
        runs.carry_out(sweep, options["out"], processes, options["cluster"], bar)
        self.stdout.write(printing.comparison(sweep, options["out"]))
        if options["transition"]:
            self.stdout.write(printing.path(sweep, options["out"]))
        if options["sensitivity"]:
            self.stdout.write(printing.sensitivity(sweep, options["out"]))
        if options["picture"]:
            options["picture"].write_text(printing.picture(sweep, options["out"]), encoding="utf-8")
            self.stdout.write(f"Plaatje: {options['picture']}\n")
        self.stdout.write(f"Alle herhalingen staan in {options['out']}.\n")
