#!/usr/bin/env python3
"""The workflow of tools/workflow on a Slurm of one node: a scan in shards, of which one is killed and one requeued half-way,
has the bytes of an undisturbed scan in one run.   tests/cluster/workflow.py BUILD-FOLDER

Where Slurm does not start, the same runs by Snakemake alone, with a killed shard; exits 77 then, and says so.
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

import slurm

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / "tools/workflow"
SHARDS = 4
MOST_SECONDS = 180  # of a workflow: one that hangs is a fault
JOURNAL_BYTES = 20_000  # enough to go on with, and far from the end of a shard
CONFIGURATION = f"""\
input: [genome.fa]
output: hits.bed.gz
shards: {SHARDS}
threads: 1
strands: 2
step: 1
options: "--threshold 0.5 --batch-windows 256"
merge_options: "--track scores"
program: %s
"""


def write_genome(path):
    random.seed(1)
    with open(path, "w", encoding="ascii") as out:
        for number, length in enumerate((700_000, 3_000, 90_000, 200)):
            out.write(f">chr{number}\n" + "".join(random.choices("ACGTN", (30, 20, 20, 30, 0.01), k=length)) + "\n")


def processes_of_shard(number):
    """Scans of the shard, not the shells and schedulers around them."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--shard" in words and b"%d/%d" % (number, SHARDS) in words and words[0].endswith(b"iresweep"):
            yield int(folder.name)


def job_of(pid):
    words = pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return next(word.split(b"=")[1].decode() for word in words if word.startswith(b"SLURM_JOB_ID="))


class Disturber(threading.Thread):
    """Waits until a shard has scored some, then does `harm` to its process."""

    def __init__(self, work, number, harm):
        super().__init__(daemon=True)
        self.parts = work / "hits.bed.gz.parts"
        self.number, self.harm, self.done = number, harm, False

    def run(self):
        while not self.done:
            try:
                half_way = any(journal.stat().st_size >= JOURNAL_BYTES
                               for journal in self.parts.glob(f"*/{self.number}-of-{SHARDS}.part.journal"))
            except OSError:
                half_way = False
            for pid in processes_of_shard(self.number) if half_way else ():
                self.harm(pid)
                self.done = True
            time.sleep(0.01)


def run_workflow(work, program, environment, on_slurm):
    def kill(pid):
        os.kill(pid, signal.SIGKILL)

    def requeue(pid):
        subprocess.run(["scontrol", "requeue", job_of(pid)], env=environment, check=True)

    disturbers = [Disturber(work, 2, kill)] + [Disturber(work, 3, requeue)] * on_slurm
    for disturber in disturbers:
        disturber.start()
    (work / "my.yaml").write_text(CONFIGURATION % program)
    how = ["--profile", WORKFLOW / "slurm"] if on_slurm else ["--cores", "2", "--restart-times", "1"]
    subprocess.run(["snakemake", "--snakefile", WORKFLOW / "Snakefile", "--configfile", "my.yaml", *how], cwd=work, check=True,
                   timeout=MOST_SECONDS, env={**environment, "HOME": str(work), "XDG_CACHE_HOME": f"{work}/cache"})
    return disturbers


def check(work, disturbers):
    faults = [f"shard {one.number} ended undisturbed: this proved nothing" for one in disturbers if not one.done]
    for one in disturbers:
        told = "".join(log.read_text() for log in one.parts.glob(f"*/{one.number}-of-{SHARDS}.log"))
        if "going on: " not in told:
            faults.append(f"shard {one.number} began anew instead of going on:\n{told}")
    for name in ("hits.bed.gz", "hits.bed.gz.tbi", "scores.plus.bw", "scores.minus.bw"):
        if (work / name).read_bytes() != (work / "whole" / name).read_bytes():
            faults.append(f"{name} has not the bytes of an undivided scan")
    return faults


def main():
    program = pathlib.Path(sys.argv[1]).resolve() / "tools/iresweep"
    with tempfile.TemporaryDirectory() as folder:
        work, of_slurm = pathlib.Path(folder, "work"), pathlib.Path(folder, "slurm")
        (work / "whole").mkdir(parents=True)
        of_slurm.mkdir()
        write_genome(work / "genome.fa")
        subprocess.run([program, "scan", "-q", "--step", "1", "--strand", "both", "--threshold", "0.5", "--track",
                        "whole/scores", "-o", "whole/hits.bed.gz", "genome.fa"], cwd=work, check=True)
        skipped = None
        try:
            with slurm.running(of_slurm) as environment:
                disturbers = run_workflow(work, program, environment, on_slurm=True)
        except slurm.NotHere as fault:
            skipped = fault
            disturbers = run_workflow(work, program, dict(os.environ), on_slurm=False)
        faults = check(work, disturbers)
        if faults:
            sys.exit("\n".join(faults))
        if skipped:
            print(f"{skipped}; without it the workflow does what it should")
            sys.exit(77)
        print(f"note: {SHARDS} shards on Slurm, one killed, one requeued: the bytes of one undisturbed run")


if __name__ == "__main__":
    main()
