"""iresweep as a contender: the engine alone, from memory, and a whole scan from a FASTA to a BED."""
import json
import subprocess
import time


class Engine:
    """score_windows, started anew for every turn: it has nothing to warm up."""

    def __init__(self, place, isa, step):
        self.title = f"iresweep engine, {isa}, step {step}"
        self.command = [place.build / "bench/windows/score_windows", "--model", place.model, "--fasta", place.fasta,
                        "--threads", str(place.threads), "--isa", isa, "--step", str(step)]

    def time(self, seconds):
        return self.run("--seconds", str(seconds))

    def write_scores(self, path, count):
        return self.run("--scores", path, "--windows", str(count))

    def run(self, *options):
        done = subprocess.run([*self.command, *options], check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)


class Scan:
    """The program as users start it, always over the whole file."""

    def __init__(self, place, isa):
        self.title = f"iresweep scan, {isa}, step 50, FASTA to BED"
        self.summary = place.work / "scan.json"
        self.command = [place.build / "tools/iresweep", "scan", "--quiet", "--no-progress", "--model", place.model,
                        "--threads", str(place.threads), "--isa", isa, "-o", place.work / "scan.bed",
                        "--summary", self.summary, place.fasta]

    def time(self, seconds):
        del seconds
        begin = time.perf_counter()
        subprocess.run(self.command, check=True)
        spent = time.perf_counter() - begin
        facts = json.loads(self.summary.read_text())
        return {"windows": facts["counts"]["windows"], "seconds": spent, "peak_memory_bytes": facts["peak_memory_bytes"]}


def usable_sets(place, wanted):
    """Those of the instruction sets `wanted` that this CPU has."""
    said = subprocess.run([place.build / "tools/iresweep", "devices"], check=True, stdout=subprocess.PIPE, text=True).stdout
    usable = [line.split()[0] for line in said.splitlines() if " usable" in line]
    return [isa for isa in wanted if isa in usable]
