"""A framework as a contender: a process that holds the network and answers requests (see worker.py)."""
import json
import os
import subprocess
import sys


class PeerProcess:
    def __init__(self, name, peer, place, root):
        self.title, self.batch = peer.title, peer.batches[len(peer.batches) // 2]
        quiet = {"TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "", "TORCHINDUCTOR_CACHE_DIR": str(place.work / "inductor")}
        self.log = open(place.work / f"{name}.log", "wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.peers.worker", name, place.model, place.fasta, str(place.threads)],
            cwd=root, env={**os.environ, **quiet}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def ask(self, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        if line := self.process.stdout.readline():
            return json.loads(line)
        raise SystemExit(f"{self.title} ended without an answer; {self.log.name} says why")

    def time(self, seconds):
        return self.ask(seconds=seconds, batch=self.batch)

    def write_scores(self, path, count):
        return self.ask(scores=str(path), count=count, batch=self.batch)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.log.close()
