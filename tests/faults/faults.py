#!/usr/bin/env python3
"""Everything outside that can fail, fails once at each place: faults.py [--build BUILD] [--most N] [NAME...]

Small runs of every kind (scans, one that goes on, a part, a merge, explain, motifs, variants) have a library in front
of the C library (preload.cpp) that lets one call fail: each call for a file in turn, each place that allocates memory in
turn. Inputs are cut and rewritten amid a run, disks are full, memory is short, the reader of the output goes away. Every
run must end with 1 and one line that names the file, or with 0 and the bytes of an undisturbed run; in time; with no file
left over but the journal of a run that failed, and under the name of an output only the old content or the whole new one.
A table says how many places there were.

--most N limits the places of memory that are tried, evenly chosen, for each kind of run; NAME limits the kinds.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

TIMEOUT = 60  # s: a run takes a few hundredths of one
OLD = b"what an earlier run wrote\n"
CALLS = ["open", "read", "write", "fsync", "rename", "close", "truncate"]
DISK_FULL = 28  # ENOSPC
# Past its own log.
HTSLIB_SAYS = re.compile(r"\[W::bam_hdr_read\]|bgzf_\w+\(\) on reference file: |/\S*genome\.fa(\.fai)?: ")
# HTSlib itself dies of a reference's index that it cannot read to its end: the one fault that is left.
HTSLIB_DIES = ("cram", "genome.fa.fai")


def make_parts(bench, folder):
    for part in "12":
        bench.undisturbed(folder, f"scan --shard {part}/2 --strand both -o {part}.part in.fa")


def leave_journal(bench, folder):
    """Of a run that could not rename its output, cut as if it had been killed before."""
    bench.undisturbed(folder, "scan -o hits.bed in.fa", LD_PRELOAD=str(bench.options.preload), FAULT_CALL="rename", FAULT_AT="1")
    journal = folder / "hits.bed.journal"
    journal.write_bytes(journal.read_bytes()[:-1])


# `prepare` is done in the folder before the run; of it come the `prepared` files.
Scan = collections.namedtuple("Scan", "name inputs outputs made arguments prepare prepared", defaults=(None, ()))
SCANS = [
    Scan("fasta", ["in.fa"], ["hits.bed"], [], "scan -o hits.bed in.fa"),
    Scan("bgzip", ["in.fa"], ["hits.bed.gz", "hits.bed.gz.tbi"], [], "scan -o hits.bed.gz --sort name in.fa"),
    Scan("track", ["in.fa"], ["hits.csv", "t.plus.bw", "run.json"], [], "scan -o hits.csv --track t --summary run.json in.fa"),
    Scan("transcripts", ["genome.fa", "genes.gtf"], ["hits.bed"], ["genome.fa.fai"],
         "scan -o hits.bed --annotation genes.gtf --collapse genome.fa"),
    Scan("reads", ["reads.bam", "reads.bam.bai"], ["hits.tsv"], [],
         "scan -o hits.tsv --regions c:1-4000 --strand both reads.bam"),
    Scan("cram", ["reads.cram", "reads.cram.crai", "genome.fa", "genome.fa.fai"], ["hits.bed"], [],
         "scan -o hits.bed --reference genome.fa --strand both reads.cram"),
    Scan("expressed", ["genome.fa", "genome.fa.fai", "reads.bam", "reads.bam.bai"], ["hits.bed"], [],
         "scan -o hits.bed --expressed reads.bam genome.fa"),
    Scan("page", ["in.fa"], ["hits.bed", "page.html", "t.plus.bedgraph"], [],
         "scan -o hits.bed --html-report page.html --track t --track-format bedgraph in.fa"),
    Scan("explain", ["in.fa"], ["bases.tsv", "best.svg", "why.html"], [],
         "explain -o bases.tsv --svg best.svg --html why.html in.fa"),
    Scan("motifs", ["labelled.fa"], ["motifs.tsv", "all.npz"], [],
         "motifs --top 0.9 --threshold 0.01 --arrays all.npz -o motifs.tsv labelled.fa"),
    Scan("variants", ["genome.fa", "genome.fa.fai", "genes.gtf", "alleles.vcf"], ["scored.vcf.gz", "scored.vcf.gz.tbi"], [],
         "variants -o scored.vcf.gz --background 5 --genome genome.fa --annotation genes.gtf alleles.vcf"),
    Scan("resume", ["in.fa"], ["hits.bed"], [], "scan --resume -o hits.bed in.fa", leave_journal),
    Scan("shard", ["in.fa"], ["2.part"], [], "scan --shard 2/2 --strand both -o 2.part in.fa"),
    Scan("merge", ["in.fa"], ["hits.bed.gz", "hits.bed.gz.tbi"], [], "merge -o hits.bed.gz 2.part 1.part", make_parts,
         ("1.part", "2.part")),
]
Ending = collections.namedtuple("Ending", "code error log problems")


def make_inputs(folder, seeded_model):
    random.seed(5)
    bases = lambda count: "".join(random.choices("ACGT", k=count))
    fold = lambda text: "\n".join(text[i : i + 60] for i in range(0, len(text), 60)) + "\n"
    subprocess.run([seeded_model, folder / "model.safetensors"], check=True)
    (folder / "in.fa").write_text("".join(f">r{i}\n{fold(bases(length))}" for i, length in enumerate([900, 20, 4000, 174])))
    contig = bases(6000)
    (folder / "genome.fa").write_text(">c\n" + fold(contig) + ">d\n" + fold(bases(700)))
    gtf = ""
    for gene, (strand, exons) in enumerate([("+", [(101, 700), (901, 1400)]), ("-", [(2001, 2400), (3001, 3600)])]):
        for first, last in exons:
            gtf += f'c\tx\texon\t{first}\t{last}\t.\t{strand}\t.\tgene_id "g{gene}"; transcript_id "t{gene}";\n'
    (folder / "genes.gtf").write_text(gtf)
    sam = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c\tLN:6000\n"
    for read, place in enumerate([100, 150, 900, 2000, 2100]):
        sam += f"q{read}\t0\tc\t{place + 1}\t60\t400M300N400M\t*\t0\t0\t{contig[place : place + 800]}\t*\n"
    (folder / "reads.sam").write_text(sam)
    subprocess.run(["samtools", "view", "-b", "-o", "reads.bam", "reads.sam"], cwd=folder, check=True)
    subprocess.run(["samtools", "view", "-C", "-T", "genome.fa", "-o", "reads.cram", "reads.sam"], cwd=folder, check=True)
    for alignments in "reads.bam", "reads.cram":
        subprocess.run(["samtools", "index", alignments], cwd=folder, check=True)
    # Labels: the second field of the name.
    (folder / "labelled.fa").write_text("".join(f">s{i}|{i % 2}\n{bases(174)}\n" for i in range(8)))
    alleles = "##fileformat=VCFv4.2\n##contig=<ID=c,length=6000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    for place in 300, 1000, 3100:
        ref = contig[place - 1]
        alleles += f"c\t{place}\t.\t{ref}\t{'ACGT'.replace(ref, '')[0]},{ref}GA\t.\t.\t.\n"
    (folder / "alleles.vcf").write_text(alleles)


class Bench:
    """Runs scans, each in a folder of its own, and judges how they end."""

    def __init__(self, options, inputs):
        self.options, self.inputs = options, inputs
        self.expected = {}
        for scan in SCANS:
            ending, files = self.run_in_folder(scan, {})
            assert ending.code == 0, ending
            self.expected[scan.name] = files

    def command(self, arguments):
        subcommand, *words = arguments.split()
        fixed = ["--no-progress", "-q", "--threads", "1"]
        if subcommand != "merge":  # which has them from its parts
            fixed += ["--device", "cpu", "--model", "model.safetensors"]
        if subcommand in ("scan", "variants"):
            fixed += ["--threshold", "0.6"]
        return [self.options.iresweep, subcommand, *fixed, *words]

    def undisturbed(self, folder, arguments, **environment):
        """Before a run: a fault here is one of the disk, which is tried small."""
        done = subprocess.run(self.command(arguments), cwd=folder, env={**os.environ, **environment}, capture_output=True,
                              text=True)
        if "No space left" in done.stderr:
            raise OSError(DISK_FULL, done.stderr)

    def run_in_folder(self, scan, faults, folder=None, **extra):
        """The ending, without a judgement, and the files that were there then."""
        with tempfile.TemporaryDirectory(dir=self.inputs.parent) as made:
            folder = pathlib.Path(folder or made)
            for name in [*scan.inputs, "model.safetensors"]:
                shutil.copy2(self.inputs / name, folder / name)
            for name in scan.outputs:
                (folder / name).write_bytes(OLD)
            if scan.prepare:
                scan.prepare(self, folder)
            log = self.inputs.parent / f"log{folder.name}"
            environment = {**os.environ, "TMPDIR": str(folder), "HOME": str(folder)}
            if faults:
                environment.update(LD_PRELOAD=str(self.options.preload), FAULT_LOG=str(log), **faults)
            try:
                done = subprocess.run(self.command(scan.arguments), cwd=folder, env=environment, timeout=TIMEOUT,
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True, **extra)
                code, error = done.returncode, done.stderr
            except subprocess.TimeoutExpired:
                code, error = "hangs", ""
            files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
            text = log.read_text() if log.exists() else ""
            log.unlink(missing_ok=True)
            return Ending(code, error.strip(), text, []), files

    def run(self, scan, faults, place="", names=True, **extra):
        ending, files = self.run_in_folder(scan, faults, **extra)
        ending = ending._replace(error="\n".join(line for line in ending.error.split("\n") if not HTSLIB_SAYS.match(line)))
        if "FAULT_FILE" in faults:  # the index of a file that was cut fits what is left
            files = {name: content for name, content in files.items() if name not in scan.made}
        problems = [*self.problems_of_files(scan, ending, files), *self.problems_of_words(scan, ending, names)]
        told = f"[{ending.code}, {ending.error!r}]"
        if problems:
            told += " " + " ".join(line[6:] for line in ending.log.splitlines() if line.startswith("frame "))
        return ending._replace(problems=[f"{scan.name}, {place or faults}: {problem} {told}" for problem in problems])

    def same(self, name, content, expected):
        if name.endswith(".part"):  # it holds the folder and the time of its input: the scores come last
            return len(content) == len(expected) and content[-100:] == expected[-100:]
        if name == "page.html":  # it tells what the run took
            took = (b"<tr><td>time</td>", b"<tr><td>peak memory</td>")
            lines = lambda page: [line for line in page.split(b"\n") if not line.startswith(took)]
            return lines(content) == lines(expected)
        if name != "run.json":
            return content == expected
        try:
            return json.loads(content)["counts"] == json.loads(expected)["counts"]
        except ValueError:
            return False

    def problems_of_files(self, scan, ending, files):
        expected = self.expected[scan.name]
        for name in scan.outputs:
            whole = name in files and self.same(name, files[name], expected[name])
            if ending.code == 0 and not whole:
                yield f"success, but {name} is not what it should be"
            elif name in files and not whole and files[name] != OLD:
                yield f"{name} is half-written"
            elif name not in files and not name.endswith(".tbi"):
                yield f"{name} of the earlier run is lost"
            if name.endswith(".tbi") and name in files and (files[name] == OLD) != (files[name[:-4]] == OLD):
                yield "an index lies beside data that it does not fit"
        for name in scan.made:
            if name in files and files[name] != expected[name]:
                yield f"{name} is half-written"
        goes_on = ending.code == 1 or self.dies_in_htslib(scan, ending)
        journal = {f"{scan.outputs[0]}.journal"} if goes_on else set()
        for name in files.keys() - {*scan.inputs, *scan.outputs, *scan.made, *scan.prepared, *journal, "model.safetensors"}:
            yield f"{name} is left over"

    def dies_in_htslib(self, scan, ending):
        hit = [line.split(" ", 2)[2] for line in ending.log.splitlines() if line.startswith("hit ")]
        return ending.code == -signal.SIGSEGV and hit and (scan.name, pathlib.Path(hit[0]).name) == HTSLIB_DIES

    def problems_of_words(self, scan, ending, names):
        if self.dies_in_htslib(scan, ending):
            return
        if ending.code not in (0, 1):
            yield "ends otherwise than with 0 or 1"
        elif ending.code == 1:
            lines = ending.error.split("\n")
            if len(lines) != 1 or not lines[0].startswith("iresweep: error: "):
                yield "no error of one line"
            known = [*scan.inputs, *scan.outputs, *scan.made, *scan.prepared, "model.safetensors"]
            if names and not any(name in lines[-1] for name in known):
                yield "the error names no file"
            hit = [line.split(" ", 2)[2] for line in ending.log.splitlines() if line.startswith("hit ")]
            for name in known if names else []:
                if hit and pathlib.Path(hit[0]).name == name and name not in ending.error:
                    yield f"the error does not name {name}"


def counts(log):
    return {words[1]: int(words[2]) for words in map(str.split, log.splitlines()) if words[0] == "count"}


class Table:
    def __init__(self):
        self.rows, self.problems = [], []

    def add(self, scan, fault, endings):
        self.rows.append((scan, fault, len(endings), *(sum(ending.code == code for ending in endings) for code in (1, 0))))
        for ending in endings:
            self.problems += ending.problems

    def show(self):
        for row in [("scan", "fault", "places", "errors", "successes"), *self.rows]:
            print("{:12} {:26} {:>7} {:>7} {:>10}".format(*row))
        print(f"note: {sum(row[2] for row in self.rows)} faults, {len(self.problems)} not as they should be")


def failing_calls(bench, scan, pool, table):
    sites = counts(bench.run(scan, {"FAULT_AT": "0"}).log)
    for call in CALLS:
        plans = [{"FAULT_CALL": call, "FAULT_AT": str(at + 1)} for at in range(sites[call])]
        table.add(scan.name, f"{call} fails", list(pool.map(lambda plan: bench.run(scan, plan), plans)))
    plans = [{"FAULT_CALL": "write", "FAULT_AT": str(at + 1), "FAULT_ERRNO": str(DISK_FULL)} for at in range(sites["write"])]
    table.add(scan.name, "write finds the disk full", list(pool.map(lambda plan: bench.run(scan, plan), plans)))
    for action, words in ("halve", "comes half through"), ("interrupt", "is interrupted"):
        for call in "read", "write":
            ending = bench.run(scan, {"FAULT_CALL": call, "FAULT_ACTION": action})
            if ending.code != 0:
                ending.problems.append(f"{scan.name}: every {call} {words}, and that is no fault [{ending.error}]")
            table.add(scan.name, f"every {call} {words}", [ending])


def memory_that_fails(bench, scan, pool, table):
    with tempfile.NamedTemporaryFile("r", dir=bench.inputs.parent) as places:
        bench.run(scan, {"FAULT_CALL": "new", "FAULT_SITES": places.name})
        sites = places.read().split()
    most = bench.options.most or len(sites)
    chosen = sites[:: -(-len(sites) // most)]
    endings = pool.map(lambda site: bench.run(scan, {"FAULT_CALL": "new", "FAULT_SITE": site}, names=False), chosen)
    table.add(scan.name, f"new fails (of {len(sites)} places)", list(endings))


def spoiled_inputs(bench, scan, pool, table):
    for action, words in ("shorten", "is cut"), ("rewrite", "is rewritten"):
        endings = []
        for name in [name for name in [*scan.inputs, *scan.prepared] if not name.endswith((".bai", ".crai", ".fai"))]:
            only = {"FAULT_FILE": "/" + name}
            sites = counts(bench.run(scan, {"FAULT_AT": "0", **only}).log)
            plans = [{**only, "FAULT_CALL": call, "FAULT_AT": str(at + 1), "FAULT_ACTION": action}
                     for call in ("open", "read") for at in range(sites[call])]
            endings += pool.map(lambda plan: bench.run(scan, plan), plans)
        table.add(scan.name, f"input {words}", endings)


def full_disk(bench, scan, table):
    """Disks that just hold what is there before, and a page more each time."""
    endings = []
    sizes = [(bench.inputs / name).stat().st_size for name in [*scan.inputs, "model.safetensors"]]
    room = sum(-(-size // 4096) for size in sizes) + len(scan.outputs)
    with tempfile.TemporaryDirectory(dir=bench.inputs.parent) as place:
        for pages in range(room, room + 40):
            if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={4 * pages}k", "tmpfs", place], capture_output=True).returncode:
                print("note: full disks are not tried: may not mount a tmpfs")
                return
            try:
                endings.append(bench.run(scan, {}, place=f"a disk of {pages} pages", folder=place))
            except OSError as error:
                if error.errno != DISK_FULL:
                    raise
            finally:
                subprocess.run(["umount", place], check=True)
            if endings and endings[-1].code == 0:
                break
    table.add(scan.name, "the disk is full", endings)


def short_memory(bench, scan, pool, table):
    """Address space from what the program needs to start up to what it needs to end well."""
    megabytes = range(10, 1000, 5)
    limited = lambda size: {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_AS, (size << 20, size << 20))}
    starts = lambda size: subprocess.run([bench.options.iresweep, "--version"], capture_output=True, **limited(size)).returncode == 0
    least = next(size for size in megabytes if starts(size))
    endings = []
    for size in range(least, 1000, 5):
        endings.append(bench.run(scan, {}, place=f"{size} MB of memory", names=False, **limited(size)))
        if endings[-1].code == 0:
            break
    table.add(scan.name, "memory is short", endings)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--build", type=pathlib.Path, default="build/release")
    parser.add_argument("--most", type=int, default=0)
    options = parser.parse_intermixed_args()
    build = options.build.resolve()
    options.iresweep, options.preload = build / "tools/iresweep", build / "tests/libfaults_preload.so"
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as work, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        inputs = pathlib.Path(work) / "inputs"
        inputs.mkdir()
        make_inputs(inputs, build / "tests/seeded_model")
        bench, table = Bench(options, inputs), Table()
        for scan in SCANS:
            if options.names and scan.name not in options.names:
                continue
            failing_calls(bench, scan, pool, table)
            memory_that_fails(bench, scan, pool, table)
            spoiled_inputs(bench, scan, pool, table)
            full_disk(bench, scan, table)
            short_memory(bench, scan, pool, table)
        table.show()
        print("\n".join(table.problems))
        sys.exit(1 if table.problems else 0)


if __name__ == "__main__":
    main()
