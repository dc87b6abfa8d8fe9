#!/usr/bin/env python3
"""One scan many times, and one hash: repeats.py [--build BUILD] [--runs N]

Each run has another number of threads, another size of batches and other delays where threads meet (delays.cpp). All
files that it writes, and what it writes to standard output, must be the same bytes every time.
"""
import argparse
import collections
import hashlib
import os
import pathlib
import random
import subprocess
import sys
import tempfile


def make_input(path):
    random.seed(3)
    with open(path, "w") as out:
        for record in range(20):
            letters = random.choices("ACGTN", (25, 25, 25, 25, 1), k=random.choice([20, 174, 400, 900, 3000]))
            out.write(f">r{record}\n{''.join(letters)}\n")


def scan(build, folder, threads, windows, seed):
    command = [build / "tools/iresweep", "scan", "-q", "--no-progress", "--device", "cpu", "--model", folder / "model.safetensors",
               "--threads", threads, "--batch-windows", windows, "--threshold", "0.6", "--strand", "both", "--step", "17"]
    environment = {**os.environ, "LD_PRELOAD": str(build / "tests/libfaults_delays.so"), "DELAY_SEED": str(seed)}
    digest = hashlib.sha256()
    for more in (["-o", "hits.bed.gz", "--track", "t"], ["--report", "windows"]):
        done = subprocess.run(list(map(str, [*command, *more, folder / "in.fa"])), cwd=folder, env=environment, timeout=300,
                              check=True, capture_output=True)
        digest.update(done.stdout)
    for name in ("hits.bed.gz", "hits.bed.gz.tbi", "t.plus.bw", "t.minus.bw"):
        digest.update((folder / name).read_bytes())
        (folder / name).unlink()
    return digest.hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default="build/release")
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args()
    build = options.build.resolve()
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        subprocess.run([build / "tests/seeded_model", folder / "model.safetensors"], check=True)
        make_input(folder / "in.fa")
        found = collections.defaultdict(list)
        for seed in range(1, options.runs + 1):
            random.seed(seed)
            way = random.randint(1, 9), random.choice([1, 2, 5, 16, 33, 100, 1000, 4096]), seed
            found[scan(build, folder, *way)].append(way)
    for digest, ways in found.items():
        print(f"{digest} {len(ways)} runs, of them (threads, windows in a batch, seed) {ways[:3]}")
    print(f"note: {options.runs} runs, {len(found)} hash{'es' if len(found) != 1 else ''}")
    sys.exit(len(found) != 1)


if __name__ == "__main__":
    main()
