"""What every experiment shares: its options, its folder of finished parts, its section of docs/results.md."""
import argparse
import dataclasses
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import signal
import sys

import matplotlib

from tools import sections
from tools.paper import made_table

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("IRESWEEP_SHARED", ROOT.parent / "shared"))
FOLDS = 10


@dataclasses.dataclass
class Setup:
    name: str
    table: pathlib.Path  # like ires_train.tsv of ../shared/train
    goldens: pathlib.Path  # folder of core.fa and 5utr.fa; may be missing
    programs: pathlib.Path  # folder of iresweep and iresweep-train
    work: pathlib.Path  # finished parts of this experiment
    results: pathlib.Path  # docs/results.md or a copy
    models: int  # fold models, at most FOLDS
    smoke: bool

    def program(self, name):
        path = self.programs / name
        if not os.access(path, os.X_OK):
            sys.exit(f"{path}: no such program; build it (the trainer: tools/install-packages.sh train) or say --programs")
        return str(path)

    def publish(self, *parts):
        """Fills the experiment's section of the results page."""
        facts = sections.machine()
        line = f"{facts['processor']}, {facts['cpus']} CPUs; {datetime.date.today().isoformat()}."
        smoke = ["A `--smoke` run on a made table: **no result**."] if self.smoke else []
        sections.replace(self.results, self.name, "\n\n".join([*smoke, *parts, line]))
        print(f"{self.results}: section '{self.name}' written", file=sys.stderr)

    def figure(self, figure, suffix=""):
        """Saves a figure beside the results page; gives the Markdown that shows it. A second one needs a suffix."""
        folder = self.results.parent / "paper"
        folder.mkdir(exist_ok=True)
        save_figure(figure, folder / f"{self.name}{suffix}.svg")
        return f"![{self.name}{suffix}](paper/{self.name}{suffix}.svg)"


def set_up(name, description, add_options=lambda parser: None):
    parser = argparse.ArgumentParser(prog=f"tools/paper/run.sh {name}", description=description)
    add = parser.add_argument
    add("--smoke", action="store_true", help="a moment, on a made table: proves that the script works, nothing else")
    add("--models", type=int, default=FOLDS, metavar="N", help=f"so many of the {FOLDS} fold models (default: all)")
    add("--data", type=pathlib.Path, default=SHARED / "train", metavar="FOLDER", help="with ires_train.tsv (default: %(default)s)")
    add("--goldens", type=pathlib.Path, default=SHARED / "goldens", metavar="FOLDER",
        help="with core.fa and 5utr.fa (default: %(default)s)")
    add("--programs", type=pathlib.Path, default=ROOT / "build/release/tools", metavar="FOLDER",
        help="with iresweep and iresweep-train (default: %(default)s)")
    add("--work", type=pathlib.Path, metavar="FOLDER", help="finished parts, taken up again (default: build/paper/work)")
    add("--results", type=pathlib.Path, metavar="FILE", help="page whose section is filled (default: docs/results.md)")
    add_options(parser)
    options = parser.parse_args()
    # As an error, so that programs and processes that were started end, too.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    if not 1 <= options.models <= FOLDS:
        parser.error(f"--models: from 1 to {FOLDS}")
    work = (options.work or ROOT / "build/paper" / ("smoke" if options.smoke else "work")) / name
    results = options.results or ROOT / "docs/results.md"
    table = options.data / "ires_train.tsv"
    if options.smoke:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        table, options.goldens, options.models = made_table.write(work), work, 2
        results = options.results or shutil.copy(ROOT / "docs/results.md", work)
    if not table.is_file():
        sys.exit(f"{table}: not there; --data names the folder of ires_train.tsv, --smoke needs none")
    work.mkdir(parents=True, exist_ok=True)
    setup = Setup(name, table, options.goldens, options.programs, work, pathlib.Path(results), options.models, options.smoke)
    return setup, options


def checksum(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def part(path, of, compute):
    """The JSON result of one part of a run: from `path` when it is there and was made of the same things, else computed
    and kept. `of` says what it is made of, as plain values."""
    of = json.loads(json.dumps(of))
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["of"] == of:
            return kept["result"]
    print(f"{path.stem} ...", file=sys.stderr, flush=True)
    result = json.loads(json.dumps(compute()))
    path.parent.mkdir(parents=True, exist_ok=True)
    sections.write_whole(path, json.dumps({"of": of, "result": result}, indent=1) + "\n")
    return result


def save_figure(figure, path):
    """The same bytes for the same figure; its words stay words."""
    with matplotlib.rc_context({"svg.hashsalt": "iresweep", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
