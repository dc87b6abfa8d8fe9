"""The parts of the benchmark scripts that need no framework: workload, tables, sections of RESULTS.md."""
import gzip
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from bench.peers import contenders, table, workload  # noqa: E402
from tools import sections  # noqa: E402


def contender(title, rates, **more):
    return {"name": "x", "title": title, "one_by_one": False, "sweep": {}, "rates": rates, "median": sorted(rates)[len(rates) // 2],
            "peak_memory_bytes": 5e8, "version": "x 1.0", **more}


class Files(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.work = pathlib.Path(work.name)


class Sections(Files):
    def test_only_the_named_section_changes(self):
        file = self.work / "R.md"
        file.write_text("a\n<!-- one begins -->\nold\n<!-- one ends -->\nb\n<!-- two begins -->\nkept\n<!-- two ends -->\n")
        sections.replace(file, "one", "new\n")
        self.assertEqual(file.read_text(), "a\n<!-- one begins -->\nnew\n<!-- one ends -->\nb\n<!-- two begins -->\nkept\n<!-- two ends -->\n")

    def test_a_file_without_the_markers_stays_as_it_is(self):
        file = self.work / "R.md"
        file.write_text("<!-- one ends -->\n<!-- one begins -->\n")
        with self.assertRaises(SystemExit):
            sections.replace(file, "one", "new")
        self.assertEqual(file.read_text(), "<!-- one ends -->\n<!-- one begins -->\n")

    def test_results_have_every_section_once(self):
        text = (ROOT / "bench/RESULTS.md").read_text()
        for name in ("peers", "growth", "instructions"):
            self.assertEqual(text.count(f"<!-- {name} begins -->"), 1)
            self.assertEqual(text.count(f"<!-- {name} ends -->"), 1)

    def test_numbers_keep_three_digits(self):
        said = [sections.three_digits(x) for x in (0, 0.012345, 0.999, 1, 12.345, 234.5678, 12345.6, 9_876_543)]
        self.assertEqual(said, ["0", "0.0123", "0.999", "1.00", "12.3", "235", "12,300", "9,880,000"])


class Workload(Files):
    def test_windows_are_those_of_a_scan(self):
        counts = {length: workload.windows_of(b">r x\n" + b"A" * length + b"\n") for length in (0, 1, 174, 175, 224, 225, 1900)}
        self.assertEqual(counts, {0: 0, 1: 1, 174: 1, 175: 2, 224: 2, 225: 3, 1900: 36})

    def test_records_are_repeated_until_there_are_enough_windows(self):
        source, to = self.work / "in.fa.gz", self.work / "out.fa"
        source.write_bytes(gzip.compress(b">a\n" + b"ACGT" * 60 + b"\n>b\n" + b"A" * 10))
        self.assertEqual(workload.write_fasta(source, to, 10), 11)
        self.assertEqual(to.read_bytes().count(b">a\n"), 3)
        self.assertEqual(to.read_bytes().count(b">b\n" + b"A" * 10 + b"\n"), 2)

    def test_a_source_without_bases_ends_the_run(self):
        source = self.work / "in.fa"
        source.write_bytes(b">a\n")
        with self.assertRaises(SystemExit):
            workload.write_fasta(source, self.work / "out.fa", 1)


class Tables(unittest.TestCase):
    def test_ratios_are_to_the_best_framework_and_to_one_by_one(self):
        text = table.speed_table([
            contender("ours", [300.0, 330.0, 400.0], name="iresweep"),
            contender("slow", [5.0, 5.5, 6.0], batch=8),
            contender("fast", [10.0, 11.0, 12.0], batch=2048),
            contender("single", [1.0, 1.1, 1.2], batch=1, one_by_one=True),
        ])
        self.assertIn("| ours |  | 330 | 300 to 400 | 30.0 | 300 | 500 |", text)
        self.assertIn("| fast | 2,048 | 11.0 | 10.0 to 12.0 | 1.00 | 10.0 | 500 |", text)

    def test_without_frameworks_there_are_no_ratios(self):
        self.assertIn("| ours |  | 330 | 330 to 330 | . | . | 500 |", table.speed_table([contender("ours", [330.0], name="iresweep")]))

    def test_sweeps_of_different_sizes_share_a_table(self):
        text = table.sweep_table([contender("a", [1.0], sweep={"8": 100.0, "32": 200.0}), contender("b", [1.0], sweep={"32": 50.0})])
        self.assertIn("| a | 100 | 200 |", text)
        self.assertIn("| b |  | 50.0 |", text)

    def test_a_quick_run_says_that_it_is_no_result(self):
        facts = {"quick": True, "machine": {"processor": "p", "cpus": 2, "load": 0.1}, "date": "d", "rounds": 1, "seconds": 1,
                 "fasta": "f", "model": "m", "scan_windows": 5,
                 "contenders": [contender("a", [1.0], scores={"windows": 4096, "difference": 1.6e-6})]}
        self.assertIn("no result", table.tables(facts))
        self.assertNotIn("no result", table.tables({**facts, "quick": False}))
        self.assertIn("| a | 4,096 | 1.6e-06 |", table.tables(facts))

    def test_every_peer_can_be_swept_and_checked(self):
        for peer in contenders.PEERS.values():
            self.assertEqual(peer.batches, sorted(peer.batches))
            self.assertEqual(4096 % peer.batches[len(peer.batches) // 2], 0)


if __name__ == "__main__":
    unittest.main()
