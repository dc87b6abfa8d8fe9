"""What the paper's comparisons stand on: features, splits, metrics, parts that are kept, data preparation."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tools.paper import apart, data, dataset, figures, frame, kmers, made_table, metrics, motifs, remade, structures, trainer  # noqa: E402


def read_tsv(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


class Files(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.work = pathlib.Path(work.name)


class Kmers(unittest.TestCase):
    def test_whole(self):
        found = kmers.whole("ACGTA")
        self.assertEqual(len(found), kmers.COUNT)
        np.testing.assert_allclose(found[:4], [0.4, 0.2, 0.2, 0.2])
        self.assertEqual([found[4 + word] for word in (1, 6, 11, 12, 0)], [0.25] * 4 + [0])  # AC CG GT TA AA

    def test_missing_bases_are_passed_over(self):
        found = kmers.whole("ANAA")
        self.assertEqual((found[0], found[4]), (1, 1))
        self.assertEqual(found[20:].sum(), 0)

    def test_framed_is_by_where_a_kmer_begins(self):
        found = kmers.framed("ACGACG")
        np.testing.assert_allclose(found[:12], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
        self.assertEqual(len(found), 3 * kmers.COUNT)

    def test_windowed_counts_stay_inside_their_stretch(self):
        found = kmers.windowed("A" * 20 + "C" * 154).reshape(kmers.SPANS, kmers.COUNT)
        self.assertEqual((found[0, 0], found[0, 1], found[0, 4]), (20, 0, 19))
        self.assertEqual((found[1, 0], found[1, 1], found[1, 4 + 1]), (10, 10, 1))
        self.assertEqual(found[16].sum(), 14 + 13 + 12 + 11)
        self.assertEqual(kmers.windowed("ACGT").sum(), 10)
        self.assertEqual(kmers.windowed("AC").sum(), 3)


class Split(Files):
    def test_clusters_are_never_on_two_sides_and_every_row_is_somewhere(self):
        windows = data.read(made_table.write(self.work))
        learn, folds, test = data.split(windows)
        self.assertEqual(len(learn) + len(test), len(windows))
        self.assertFalse(set(learn.groups) & set(test.groups))
        for group in set(learn.groups):
            self.assertEqual(len(set(folds[learn.groups == group])), 1)
        self.assertEqual(set(folds), set(range(frame.FOLDS)))
        again = data.split(windows)[1]
        np.testing.assert_array_equal(folds, again)


class Trainer(Files):
    def test_it_gets_the_test_rows_in_a_fold_of_their_own(self):
        learn, folds, test = data.split(data.read(made_table.write(self.work)))
        trainer.write_table(self.work / "t.tsv", learn, folds, test)
        rows = read_tsv(self.work / "t.tsv")
        self.assertEqual({row["id"] for row in rows if row["fold"] == str(trainer.HELD_OUT)}, set(test.ids))
        self.assertEqual(len(rows), len(learn) + len(test))


class Metrics(unittest.TestCase):
    def test_by_hand(self):
        found = metrics.quality([1, 1, 1, 0, 0], [0.9, 0.6, 0.2, 0.7, 0.1])
        self.assertAlmostEqual(found["sensitivity"], 2 / 3)
        self.assertAlmostEqual(found["specificity"], 1 / 2)
        self.assertAlmostEqual(found["balanced_accuracy"], 7 / 12)
        self.assertAlmostEqual(found["mcc"], (2 * 1 - 1 * 1) / 6)
        self.assertAlmostEqual(found["f1"], 2 / 3)
        self.assertAlmostEqual(found["auroc"], 4 / 6)

    def test_a_score_at_the_threshold_is_not_called(self):
        self.assertEqual(metrics.quality([1, 0], [0.5, 0.4])["sensitivity"], 0)

    def test_sampling_error(self):
        self.assertEqual(metrics.sampling_error(1, [0, 1]), 0)
        # One row of each class: a pair is in order or is not.
        self.assertAlmostEqual(metrics.sampling_error(0.8, [0, 1]), (0.8 * 0.2) ** 0.5)
        # More rows, less error; a hundred of each class: Q1 = .8 / 1.2, Q2 = 1.28 / 1.8.
        self.assertAlmostEqual(metrics.sampling_error(0.8, [0, 1] * 100) ** 2, (0.16 + 99 * (0.8 / 1.2 - 0.64 + 1.28 / 1.8 - 0.64)) / 10000)

    def test_words(self):
        self.assertEqual(metrics.words([0.5, 0.7]), ".600 ± .141")
        self.assertEqual(metrics.words([0.5]), ".500")


class Parts(Files):
    def test_a_part_is_made_once_and_again_when_it_is_of_something_else(self):
        made = []

        def make():
            made.append(1)
            return {"x": len(made)}

        path = self.work / "sub" / "p.json"
        said = [frame.part(path, of, make)["x"] for of in ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2})]
        self.assertEqual(said, [1, 1, 2, 2])
        self.assertEqual(json.loads(path.read_text())["of"], {"a": 2})

    def test_a_part_that_fails_leaves_nothing(self):
        with self.assertRaises(ZeroDivisionError):
            frame.part(self.work / "p.json", {}, lambda: 1 / 0)
        self.assertEqual(list(self.work.iterdir()), [])


class Apart(unittest.TestCase):
    def test_gives_the_result_of_a_process_of_its_own(self):
        self.assertNotEqual(apart.run(os.getpid), os.getpid())

    def test_a_process_that_dies_ends_the_run(self):
        with self.assertRaises(SystemExit):
            apart.run(os._exit, 3)


class Figures(Files):
    def test_the_same_figure_gives_the_same_bytes_and_words_stay_words(self):
        good = {name: 0.5 for name in metrics.NAMES}
        for name in ("a", "b"):
            frame.save_figure(figures.bars({"RF": [good, good], "LR": [good]}, ["auroc", "mcc"]), self.work / f"{name}.svg")
        text = (self.work / "a.svg").read_text()
        self.assertEqual(text, (self.work / "b.svg").read_text())
        self.assertIn(">AUROC<", text)


class Motifs(Files):
    def test_planted_families_are_clusters(self):
        generator = np.random.default_rng(3)
        families = ["UUUUUUUUUU"] * 30 + ["CUUCCUCUUC"] * 20
        kmers = families + ["".join(generator.choice(list("ACGU"), 10)) for _ in range(5)]
        # Where UMAP would put them: families together, the others apart.
        places = np.array([[0, 0]] * 30 + [[9, 9]] * 20 + [[30 + 3 * i, 0] for i in range(5)])
        found, alone = motifs.clusters(kmers, places)
        self.assertEqual([motifs.consensus(group) for group in found], ["UUUUUUUUUU", "CUUCCUCUUC"])
        self.assertEqual(alone, kmers[50:])
        self.assertEqual([motifs.rich_in_cu(group) for group in found], [False, True])

    def test_consensus_is_small_where_no_base_has_the_most(self):
        self.assertEqual(motifs.consensus(["UA", "UC", "UG"])[0], "U")
        self.assertTrue(motifs.consensus(["UA", "UC", "UG"])[1].islower())

    def test_kmers_with_missing_bases_are_not_counted(self):
        windows = motifs.Windows(["U" * 12 + "N" * 162, "A" * 174], None, np.array([1, 0]))
        self.assertEqual(motifs.all_kmers(windows, 10), ["U" * 10] * 3)

    def test_classes_are_balanced(self):
        windows = motifs.Windows([str(i) for i in range(30)], np.arange(30), np.array([1] * 4 + [0] * 26))
        some = motifs.balanced(windows)
        self.assertEqual((list(some.labels), some.sequences[:4]), ([1] * 4 + [0] * 4, ["0", "1", "2", "3"]))
        self.assertEqual([int(name) for name in some.sequences], list(some.attention))

    def test_a_table_of_unequal_kmers_ends_the_run(self):
        path = self.work / "bad.tsv"
        path.write_text("motif\nACG\nAC\n")
        with self.assertRaises(SystemExit):
            motifs.read_kmers(path)


class Structures(unittest.TestCase):
    def test_a_structure_is_like_itself_and_less_like_another(self):
        hairpin, other = structures.Tree("((((((((....))))))))"), structures.Tree("((..((....))..((....))))")
        self.assertEqual(hairpin.likeness(hairpin), 1)
        self.assertLess(hairpin.likeness(other), 1)

    def test_a_hairpin_folds_and_a_homopolymer_does_not(self):
        hairpin = "GGGGGGCCCC" + "AAAA" + "GGGGCCCCCC"
        self.assertLess(structures.free_energy(hairpin), -0.5)
        self.assertEqual(structures.free_energy("A" * 30), 0)
        self.assertTrue(structures.local_structures(hairpin))
        self.assertEqual(structures.local_structures("A" * 30), [])
        self.assertEqual(structures.likeness("A" * 30, structures.library([hairpin])), 0)

    def test_windows_are_those_of_a_scan(self):
        starts = {length: len(remade.windows_of("A" * length)) for length in (40, 174, 175, 224, 225)}
        self.assertEqual(starts, {40: 1, 174: 1, 175: 2, 224: 2, 225: 3})


class Dataset(Files):
    def row(self, name, **changes):
        generator = np.random.default_rng(name)
        row = {"id": name, "sequence": "".join(generator.choice(list("ACGT"), 174)), "class": "Viral_genomes", "activity": "700",
               "promoter": "0.1", "splicing": "-1", **changes}
        return {dataset.COLUMNS[key]: value for key, value in row.items()}

    def table(self, rows):
        path = self.work / "oligos.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dataset.COLUMNS.values()))
            writer.writeheader()
            writer.writerows(rows)
        return path

    def test_what_is_left_out_and_why(self):
        edges = [self.row(1), self.row(2, promoter="0.2", splicing="-2.5", activity="600"), self.row(3, activity="600.1")]
        out = [self.row(4, promoter="0.21"), self.row(5, splicing="-2.51"), self.row(6, **{"class": "Synthetic"}),
               self.row(7, activity="NaN"), self.row(8, promoter=""), self.row(9, sequence="ACGT")]
        kept, left_out = dataset.read(self.table(edges + out), dataset.COLUMNS)
        self.assertEqual([(oligo["id"], oligo["label"]) for oligo in kept], [("1", 1), ("2", 0), ("3", 1)])
        self.assertEqual(dict(left_out), {"promoter": 1, "splicing": 1, "not native": 1, "a value was not measured": 2, "not 174 known bases": 1})

    def test_a_table_without_a_column_ends_the_run(self):
        path = self.work / "bad.csv"
        path.write_text("a,b\n1,2\n")
        with self.assertRaises(SystemExit) as fault:
            dataset.read(path, dataset.COLUMNS)
        self.assertIn("Oligo_sequence", str(fault.exception))

    @unittest.skipUnless(shutil.which("cd-hit-est"), "needs the Debian package cd-hit")
    def test_from_the_table_to_both_files(self):
        rows = [self.row(i, activity="206" if i % 2 else "900") for i in range(100)]
        # Nine bases of 174 changed: the same cluster.
        near = rows[0][dataset.COLUMNS["sequence"]]
        rows.append(self.row(200, sequence="TTTTTTTTT" + near[9:], activity="900"))
        done = subprocess.run([sys.executable, "-m", "tools.paper.dataset", self.table(rows), "-o", self.work / "out"], cwd=ROOT, text=True,
                              capture_output=True, check=True)
        self.assertIn("1 left out: 80% identical", done.stdout)
        sets = {name: read_tsv(self.work / "out" / f"{name}.tsv") for name in ("train", "test")}
        self.assertEqual({name: len(rows) for name, rows in sets.items()}, {"train": 90, "test": 10})
        self.assertEqual(sum(row["label"] == "1" for row in sets["test"]), 5)
        self.assertFalse({row["id"] for row in sets["train"]} & {row["id"] for row in sets["test"]})


if __name__ == "__main__":
    unittest.main()
