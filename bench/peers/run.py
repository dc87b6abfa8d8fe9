"""Compares scores with the frameworks, then speed, turn by turn on the same cores; bench/peers/run.sh starts it."""
import argparse
import array
import datetime
import importlib.metadata
import json
import os
import pathlib
import statistics
import sys
import time

from bench.peers import table, workload
from bench.peers.contenders import PEERS
from bench.peers.ours import Engine, Scan, usable_sets
from bench.peers.peer import PeerProcess
from tools import sections

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_DIFFERENCE = 1e-5
BEGIN = time.monotonic()


def parse():
    parser = argparse.ArgumentParser(prog="bench/peers/run.sh", description=__doc__)
    parser.add_argument("--fasta", type=pathlib.Path, required=True, help="transcripts; repeated until there are enough windows")
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "host/model/builtin/builtin.safetensors",
                        help="*.safetensors or the prefix of a TensorFlow checkpoint (default: the built-in model)")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/bench", help="where iresweep is built")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/peers/work", help="for files of the run")
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "bench/RESULTS.md", help="the file with the tables")
    parser.add_argument("--section", default="peers", help="of that file, which is written (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="a minute: proves that all works, measures nothing")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each contender (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=3, help="length of a turn (default: %(default)s)")
    parser.add_argument("--windows", type=int, default=1_000_000, help="windows of a whole scan (default: %(default)s)")
    parser.add_argument("--peers", nargs="+", choices=PEERS, help="default: all; with --quick without torch-compiled")
    parser.add_argument("--isa", nargs="+", default=["avx512", "avx2"], help="of iresweep (default: avx512 avx2)")
    options = parser.parse_args()
    if not options.peers:
        options.peers = [name for name in PEERS if not (options.quick and name == "torch-compiled")]
    if options.quick:
        options.rounds, options.seconds, options.windows = 2, 0.3, 40_000
    return options


def say(text):
    print(f"{time.monotonic() - BEGIN:5.0f} s  {text}", file=sys.stderr, flush=True)


def floats(path):
    values = array.array("f")
    values.frombytes(pathlib.Path(path).read_bytes())
    return values


def check_scores(contender, place, ours, count):
    """The largest difference to our scores; ends the run where it is too large."""
    path = place.work / "theirs.f32"
    contender.write_scores(path, count)
    theirs = floats(path)
    if not theirs or len(theirs) > len(ours):
        raise SystemExit(f"{contender.title}: {len(theirs)} scores for {len(ours)} windows")
    difference = max(abs(a - b) if a == a and b == b else float("inf") for a, b in zip(theirs, ours))
    say(f"{contender.title}: {len(theirs)} scores, largest difference {difference:.2g}")
    if not difference <= MOST_DIFFERENCE:
        raise SystemExit(f"{contender.title} is not the same network: a score differs by {difference:.2g}, more than {MOST_DIFFERENCE:g}")
    return {"windows": len(theirs), "difference": difference}


def sweep(peer, sizes, seconds):
    """Windows a second by batch size; the peer is left with the best."""
    rates = {}
    for size in sizes:
        peer.batch = size
        peer.time(0)
        answer = peer.time(seconds)
        rates[size] = answer["windows"] / answer["seconds"]
        say(f"{peer.title}, batches of {size}: {rates[size]:,.0f} windows/s")
    peer.batch = max(rates, key=rates.get)
    return rates


def enter_peers(options, place, ours):
    """Checks and sweeps each peer in one process, then starts another that has seen the best batch size only."""
    entered = []
    for name in options.peers:
        peer = PEERS[name]
        one_by_one = peer.batches == [1]
        process = PeerProcess(name, peer, place, ROOT)
        facts = {"name": name, "title": peer.title, "one_by_one": one_by_one, "sweep": {},
                 "version": f"{peer.package} {importlib.metadata.version(peer.package)}",
                 "scores": check_scores(process, place, ours, 32 if one_by_one else len(ours))}
        if len(peer.batches) > 1 and not options.quick:
            facts["sweep"] = sweep(process, peer.batches, 1)
            best = process.batch
            process.close()
            process = PeerProcess(name, peer, place, ROOT)
            process.batch = best
        process.time(0)
        entered.append((process, {**facts, "batch": process.batch}))
    return entered


def enter_ours(options, place, count):
    entered, scores = [], None
    for isa in usable_sets(place, options.isa):
        engine = Engine(place, isa, 50)
        if scores is None:
            engine.write_scores(place.work / "ours.f32", count)
            scores = floats(place.work / "ours.f32")
        facts = {"name": "iresweep", "isa": isa, "sweep": {}}
        entered.append((engine, {**facts, "scores": check_scores(engine, place, scores, count)}))
        entered += [(contender, facts) for contender in (Engine(place, isa, 1), Scan(place, isa))]
    return entered, scores


def race(entered, rounds, seconds):
    """Turn by turn, the order turned round from round to round."""
    answers = [[] for _ in entered]
    for number in range(rounds):
        order = range(len(entered))
        for i in order if number % 2 == 0 else reversed(order):
            answers[i].append(entered[i][0].time(seconds))
        say(f"round {number + 1} of {rounds}")
    results = []
    for (contender, facts), turns in zip(entered, answers):
        rates = [turn["windows"] / turn["seconds"] for turn in turns]
        results.append({**facts, "title": contender.title, "rates": rates, "median": statistics.median(rates),
                        "peak_memory_bytes": max(turn["peak_memory_bytes"] for turn in turns)})
    return results


def main():
    options = parse()
    machine = sections.machine()
    options.work.mkdir(parents=True, exist_ok=True)
    place = workload.Place(options.work, options.build, options.work / "model.safetensors", options.work / "windows.fa",
                           len(os.sched_getaffinity(0)))
    workload.convert_model(place.build, options.model, place.model)
    windows = workload.write_fasta(options.fasta, place.fasta, options.windows)
    say(f"{options.fasta}: {windows:,} windows with repetitions")

    ours, scores = enter_ours(options, place, 1024 if options.quick else 4096)
    if not ours:
        raise SystemExit(f"this CPU has none of {', '.join(options.isa)}; name another --isa, as `iresweep devices` lists them")
    entered = enter_peers(options, place, scores)
    try:
        results = race(ours + entered, options.rounds, options.seconds)
    finally:
        for process, _ in entered:
            process.close()

    facts = {"date": datetime.date.today().isoformat(), "machine": machine, "quick": options.quick, "rounds": options.rounds,
             "seconds": options.seconds, "fasta": options.fasta.name, "model": options.model.name, "scan_windows": windows,
             "section": options.section, "took": round(time.monotonic() - BEGIN), "contenders": results}
    (options.work / "peers.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    text = table.tables(facts)
    print(text)
    sections.replace(options.results, facts["section"], text)
    say(f"written: {options.work / 'peers.json'} and the section '{facts['section']}' of {options.results}")


if __name__ == "__main__":
    main()
