#!/usr/bin/env python3
"""kill_runs.py PROGRAM [--kills N] [--folder DIR] [--seed S]: kills scans at random times, goes on, compares bytes.

A scan of made-up sequences with bgzip, tabix and bigWig output runs once undisturbed. Then, until N kills are done, it is
killed at random times of its life (mostly by SIGKILL, else by SIGTERM or SIGINT), gone on with by --resume, perhaps
killed again, and let end. All files that are there then must be those of the undisturbed run, byte for byte, and no
others. DIR keeps the state: a script that was itself ended goes on with its count. Exits 1 at the first difference,
and leaves the files for a look.
"""
import argparse
import hashlib
import json
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SIGNALS = [signal.SIGKILL] * 8 + [signal.SIGTERM, signal.SIGINT]
KILLED_AGAIN = 0.3  # of the runs that went on
PHASES = ["starting", "scoring", "writing", "ended"]  # where a kill met the run


def write_sequences(path, seed):
    """A short chromosome and records of a transcriptome's sizes."""
    chance = random.Random(seed)
    sizes = [700_000] + [chance.randint(20, 4000) for _ in range(300)]
    with open(path, "w", encoding="ascii") as file:
        for number, size in enumerate(sizes):
            bases = "".join(chance.choices("ACGTN", [30, 20, 20, 30, 0.2], k=size))
            file.write(f">r{number}\n" + "\n".join(bases[i : i + 80] for i in range(0, size, 80)) + "\n")


class Trials:
    def __init__(self, program, folder, seed):
        self.program, self.folder, self.seed = program, folder, seed
        self.out = folder / "out"
        self.state_file = folder / "state.json"
        self.fasta = folder / "in.fa"
        if not self.state_file.exists():
            write_sequences(self.fasta, seed)
        self.state = self.begin()

    def command(self, *more):
        return [self.program, "scan", "--no-progress", "--strand", "both", "--step", "25", "--threshold", "0.9",
                "--track", self.out / "scores", "-o", self.out / "hits.bed.gz", *more, self.fasta]

    def begin(self):
        """The state of an earlier call, or that of an undisturbed run."""
        if self.state_file.exists():
            return json.loads(self.state_file.read_text(encoding="ascii"))
        seconds = []
        for _ in range(3):
            self.clear()
            begin = time.monotonic()
            done = subprocess.run(self.command(), stderr=subprocess.PIPE, text=True, check=True)
            seconds.append(time.monotonic() - begin)
        windows = int(re.search(r"scored: (\d+) windows", done.stderr)[1])
        return {"files": self.files(), "windows": windows, "seconds": min(seconds), "trials": 0, "kills": 0,
                "signals": {}, "met": dict.fromkeys(PHASES, 0)}

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()

    def files(self):
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.out.iterdir())}

    def run(self, delay, number, *more):
        """Whether the run was killed, and what it said."""
        process = subprocess.Popen(self.command(*more), stderr=subprocess.PIPE, text=True)
        try:
            said = process.communicate(timeout=delay)[1]
        except subprocess.TimeoutExpired:
            process.send_signal(number)
            said = process.communicate()[1]
        killed = process.returncode in (-number, 128 + number)
        if not killed and process.returncode != 0:
            sys.exit(f"trial {self.state['trials']}: exit code {process.returncode}: {said}")
        return killed, said

    def met(self, said):
        """Where the kill before met its run, from the words of the run that went on."""
        found = re.search(r"going on: (\d+) windows", said)
        if not found:
            return "ended" if "it is made anew" in said else "starting"
        return "writing" if int(found[1]) == self.state["windows"] else "scoring"

    def trial(self):
        """Kills of one trial by signal, and where they met the run."""
        chance = random.Random(f"{self.seed} {self.state['trials']}")
        self.clear()
        signals, met = [], []
        resume = []
        while True:
            number = chance.choice(SIGNALS)
            again = not signals or chance.random() < KILLED_AGAIN
            delay = chance.uniform(0, 1.1 * self.state["seconds"]) if again else None
            killed, said = self.run(delay, number, *resume)
            if len(met) < len(signals):
                met.append(self.met(said))
            if not killed:
                break
            signals.append(number.name)
            resume = ["--resume"]
            # A run that is killed before its first word says nothing of the one before it.
            if len(signals) > 1 and "going on" not in said:
                met.pop()
                met.append("starting")
        if self.files() != self.state["files"]:
            sys.exit(f"trial {self.state['trials']} ({', '.join(signals)}): the files in {self.out} are {self.files()}, "
                     f"and not {self.state['files']}")
        return signals, met

    def go(self, kills):
        while self.state["kills"] < kills:
            signals, met = self.trial()
            state = self.state
            state["trials"] += 1
            state["kills"] += len(signals)
            for name in signals:
                state["signals"][name] = state["signals"].get(name, 0) + 1
            for phase in met:
                state["met"][phase] += 1
            draft = self.state_file.with_suffix(".new")
            draft.write_text(json.dumps(state), encoding="ascii")
            draft.replace(self.state_file)

    def tell(self):
        state = self.state
        print(f"{state['kills']} kills in {state['trials']} runs of {state['windows']} windows, {state['seconds']:.2f} s: "
              f"every result identical ({', '.join(state['files'])})")
        print("  " + ", ".join(f"{name} {count}" for name, count in sorted(state["signals"].items())))
        print("  met while " + ", ".join(f"{phase} {count}" for phase, count in state["met"].items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        trials = Trials(options.program, folder, options.seed)
        trials.go(options.kills)
        trials.tell()


if __name__ == "__main__":
    main()
