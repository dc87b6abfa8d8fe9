"""What the network reads: the best 10-mers of the positives it is surest of, clustered and drawn as logos, and where windows lie
by sequence and by attention output: the paper's Fig. 6. Two minutes.

The 10-mers come from `iresweep motifs`, which holds the paper's numbers as defaults.
"""
import collections
import csv
import dataclasses
import pathlib
import subprocess
import warnings

import logomaker
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.cluster import DBSCAN
from sklearn.manifold import TSNE
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

from tools import sections
from tools.paper import figures, frame

LETTERS = "ACGU"
KNOWN = {"PTBP1": "UCUU", "PCBP2": "CCCU", "hnRNP C": "UUUUU"}
# The radius gives both models the most clusters: at a smaller one most k-mers are of none, at a larger one clusters run together.
UMAP_NEIGHBOURS, CLUSTER_RADIUS, CLUSTER_LEAST = 15, 0.25, 10
COLOURED = 6  # of the largest clusters
LOGOS_A_ROW = 5
NEIGHBOURS = 10


@dataclasses.dataclass
class Windows:
    sequences: list  # of ACGUN, 174 letters each
    attention: np.ndarray  # [window][16], the output of the attention layer
    labels: np.ndarray  # [window], 1 or 0


def run_program(setup, model):
    """(table of motifs, arrays of all best windows)."""
    table, arrays = setup.work / "motifs.tsv", setup.work / "motifs.npz"
    # The made table has few positives: all are taken.
    more = ["--top", "0.99", "--threshold", "0.1"] if setup.smoke else []
    command = [setup.program("iresweep"), "motifs", "--no-progress", "--model", model, "--skip-unlabelled", *more]
    subprocess.run([*command, "--arrays", arrays, "-o", table, setup.table], check=True)
    return table, arrays


def read_kmers(path):
    """As RNA, in the table's order; all of one length."""
    with open(path, encoding="utf-8") as file:
        found = [row["motif"].replace("T", "U") for row in csv.DictReader(file, delimiter="\t")]
    if not found or len({len(kmer) for kmer in found}) > 1 or set("".join(found)) - set(LETTERS):
        raise SystemExit(f"{path}: needs k-mers of known bases, all of one length, in a column 'motif'")
    return found


def read_windows(path):
    with np.load(path) as file:
        sequences = [sequence.decode("ascii").replace("T", "U") for sequence in file["sequence"]]
        return Windows(sequences, file["attention"], file["label"])


def balanced(windows):
    """As many of each class, drawn by chance: t-SNE of all takes long, and the many negatives would hide the rest."""
    generator = np.random.default_rng(1)
    by_class = [np.flatnonzero(windows.labels == label) for label in (0, 1)]
    count = min(map(len, by_class))
    chosen = np.sort(np.concatenate([generator.choice(rows, count, replace=False) for rows in by_class]))
    return Windows([windows.sequences[i] for i in chosen], windows.attention[chosen], windows.labels[chosen])


def one_hot(kmers):
    """[kmer][4 * length]"""
    return np.array([[letter == base for letter in kmer for base in LETTERS] for kmer in kmers], dtype=np.float32)


def embedded(kmers):
    """[kmer][2], the same in every run."""
    with warnings.catch_warnings():
        # It says that one seed means one thread, and that Hamming distances have no gradient to invert.
        warnings.simplefilter("ignore")
        from umap import UMAP  # takes seconds to load

        neighbours = min(UMAP_NEIGHBOURS, len(kmers) - 1)
        return UMAP(n_neighbors=neighbours, min_dist=0, metric="hamming", random_state=1, n_jobs=1).fit_transform(one_hot(kmers))


def clusters(kmers, places):
    """[[k-mers of a cluster]], the largest first, and those of none."""
    by_number = collections.defaultdict(list)
    for kmer, number in zip(kmers, DBSCAN(eps=CLUSTER_RADIUS, min_samples=CLUSTER_LEAST).fit_predict(places)):
        by_number[number].append(kmer)
    alone = by_number.pop(-1, [])
    return sorted(by_number.values(), key=len, reverse=True), alone


def consensus(kmers):
    """The commonest base at each position; lower case where it is not in most k-mers."""
    commonest = [collections.Counter(column).most_common(1)[0] for column in zip(*kmers)]
    return "".join(base if 2 * count > len(kmers) else base.lower() for base, count in commonest)


def share_with(motif, kmers):
    return np.mean([motif in kmer for kmer in kmers])


def all_kmers(windows, length):
    """Every k-mer without missing bases of the active windows: what the best ones are compared with."""
    active = [sequence for sequence, label in zip(windows.sequences, windows.labels) if label == 1]
    found = [sequence[i : i + length] for sequence in active for i in range(len(sequence) - length + 1)]
    return [kmer for kmer in found if "N" not in kmer]


def neighbours_auroc(places, labels):
    """How well the labels of a window's ten neighbours tell its own."""
    _, near = NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(places).kneighbors(places)
    return roc_auc_score(labels, labels[near[:, 1:]].mean(axis=1))


def cluster_figure(places, kmers, found):
    number = {kmer: i for i, group in enumerate(found) for kmer in group}
    shown = min(len(found), COLOURED)
    figure, axes = plt.subplots(figsize=(6, 4.5))
    for i in range(-1, shown):
        mine = np.array([number.get(kmer, -1) == i if i >= 0 else number.get(kmer, -1) not in range(shown) for kmer in kmers])
        axes.scatter(*places[mine].T, s=8, color=figures.COLOURS[i] if i >= 0 else "#dddddd", linewidths=0,
                     label=f"cluster {i + 1}" if i >= 0 else "smaller or none")
    axes.set_xlabel("UMAP 1")
    axes.set_ylabel("UMAP 2")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=7)
    return figure


def logo_figure(found):
    """A logo for each cluster; 2 bits high, bases upwards from the rarest."""
    rows = max(-(-len(found) // LOGOS_A_ROW), 1)
    figure, grid = plt.subplots(rows, LOGOS_A_ROW, figsize=(9, 1.2 * rows), squeeze=False,
                                gridspec_kw={"hspace": 0.5})
    for axes in grid.flat:
        axes.set_axis_off()
    for i, (group, axes) in enumerate(zip(found, grid.flat), 1):
        counts = pd.DataFrame([[column.count(base) for base in LETTERS] for column in zip(*group)], columns=list(LETTERS))
        logomaker.Logo(logomaker.transform_matrix(counts, from_type="counts", to_type="information"), ax=axes,
                       color_scheme=dict(zip(LETTERS, figures.COLOURS)))
        axes.set_ylim(0, 2)
        axes.set_axis_off()
        # Letters as a picture: hundreds of outlines would make the file large.
        axes.set_rasterization_zorder(3)
        axes.set_title(f"{i}: {len(group)} k-mers", fontsize=7, pad=2)
    return figure


def tsne_figure(by_space, labels):
    """`by_space`: {what was embedded: [window][2]}."""
    figure, both = plt.subplots(1, len(by_space), figsize=(4.5 * len(by_space), 4))
    for axes, (title, places) in zip(both, by_space.items()):
        for label, name in ((0, "inactive"), (1, "active")):
            # Points as a picture: thousands of them would make the file large.
            axes.scatter(*places[labels == label].T, s=5, color=figures.COLOURS[1 - label], linewidths=0, label=name, rasterized=True)
        axes.set_title(title, fontsize=9)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.legend(frameon=False, fontsize=7, ncols=2, loc="upper center", bbox_to_anchor=(0.5, 0))
    return figure


def cluster_rows(found, alone, background):
    every = [kmer for group in found for kmer in group] + alone
    groups = [(f"{i}: {consensus(group)}", group) for i, group in enumerate(found, 1)]
    groups += [("of no cluster", alone)] if alone else []
    groups += [("all best k-mers", every), ("every k-mer of the active windows", background)]
    rows = []
    for title, group in groups:
        bases = "".join(group)
        content = [f"{bases.count(base) / len(bases):.0%}" for base in "UC"]
        rows.append([title, f"{len(group):,}", *content, *[f"{share_with(motif, group):.0%}" for motif in KNOWN.values()]])
    return rows


def rich_in_cu(group):
    """A cluster's commonest bases are C and U, both of them."""
    word = consensus(group).upper()
    return set(word) == {"C", "U"}


def main():
    def add_options(parser):
        parser.add_argument("--model", default="built-in", help="as `iresweep motifs` takes it (default: %(default)s)")

    setup, options = frame.set_up("motifs", __doc__, add_options)
    table, arrays = run_program(setup, options.model)
    kmers, windows = read_kmers(table), read_windows(arrays)
    places = embedded(kmers)
    found, alone = clusters(kmers, places)
    some = balanced(windows)
    spaces = {"sequence": one_hot(some.sequences), "attention output": some.attention}
    by_space = {title: TSNE(random_state=1, n_jobs=1).fit_transform(space) for title, space in spaces.items()}
    poly_u = sum(set(consensus(group).upper()) == {"U"} for group in found)
    head = ["cluster: commonest bases", "k-mers", "U", "C", *[f"{name}: {motif}" for name, motif in KNOWN.items()]]
    setup.publish(
        f"Model `{pathlib.Path(options.model).name}`: {len(kmers):,} best k-mers in {len(found)} clusters (UMAP of Hamming distances, {UMAP_NEIGHBOURS} "
        f"neighbours; DBSCAN, radius {CLUSTER_RADIUS}, {CLUSTER_LEAST} k-mers or more); the commonest bases are U alone in {poly_u} of them, C and U "
        f"in {sum(map(rich_in_cu, found))}. A protein's column is the share of k-mers that hold its consensus.",
        sections.table(head, cluster_rows(found, alone, all_kmers(windows, len(kmers[0])))),
        setup.figure(cluster_figure(places, kmers, found)),
        setup.figure(logo_figure(found), "-logos"),
        f"t-SNE of {len(some.labels):,} windows, half of them active. AUROC of the share of active ones among a window's ten neighbours in the "
        "picture: " + ", ".join(f"{title} {neighbours_auroc(space, some.labels):.3f}" for title, space in by_space.items()) + ".",
        setup.figure(tsne_figure(by_space, some.labels), "-tsne"),
    )


if __name__ == "__main__":
    main()
