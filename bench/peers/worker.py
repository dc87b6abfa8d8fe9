"""One contender in a process of its own: python -m bench.peers.worker CONTENDER MODEL.safetensors FASTA THREADS

Takes requests from standard input and answers on standard output, one line of JSON each:
  {"scores": FILE, "count": N, "batch": B}   writes the scores of the first N windows as 32-bit floats
  {"seconds": S, "batch": B}                 scores batches of B windows for S seconds, at least one
"""
import importlib
import json
import sys
import time

from safetensors.numpy import load_file

from bench.peers.contenders import PEERS
from bench.peers.windows import first_windows, one_hot

POOL = 8192  # windows made ready beforehand; batches go round in them


def peak_memory():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def batches(pool, batch):
    return [pool[at : at + batch] for at in range(0, len(pool) - batch + 1, batch)]


def time_batches(score, pool, request):
    batch, seconds = request["batch"], request["seconds"]
    parts = batches(pool, batch)
    if not parts:
        sys.exit(f"a batch of {batch} windows is more than the {len(pool)} there are: give a longer FASTA")
    windows, begin = 0, time.perf_counter()
    while True:
        score(parts[windows // batch % len(parts)])
        windows += batch
        spent = time.perf_counter() - begin
        if spent >= seconds:
            return {"windows": windows, "seconds": spent, "peak_memory_bytes": peak_memory()}


def write_scores(score, pool, request):
    with open(request["scores"], "wb") as file:
        for part in batches(pool[: request["count"]], request["batch"]):
            file.write(score(part).astype("float32").tobytes())
    return {"peak_memory_bytes": peak_memory()}


def main():
    name, model, fasta, threads = sys.argv[1:]
    contender = PEERS[name]
    network = importlib.import_module("bench.peers." + contender.module)
    score = network.load(load_file(model), int(threads), contender.way)
    pool = one_hot(first_windows(fasta, POOL))
    for line in sys.stdin:
        request = json.loads(line)
        answer = write_scores(score, pool, request) if "scores" in request else time_batches(score, pool, request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
