"""The paper's data preparation, for whoever has the table of the 55,000 oligos (Weingarten-Gabbay et al. 2016).

Native oligos of 174 bases, without promoter (activity <= 0.2) and without splicing (score >= -2.5), all three values
measured; one of each cluster of 80% identity (CD-HIT-EST); eGFP above 600 is active; a tenth of each class is set aside.
Writes train.tsv and test.tsv, as `iresweep train` and `iresweep evaluate` read them.
"""
import argparse
import collections
import csv
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from tools import sections

NATIVE = [
    "CDS_screen", "Genome_Wide_Sceen_Elements", "High_Priority_Genes_Blocks", "High_Priority_Viruses_Blocks",
    "Human_5UTR_Screen", "IRESite_blocks", "Viral_genomes", "rRNA_Matching_5UTRs",
]
WINDOW = 174
MOST_PROMOTER, LEAST_SPLICING, ACTIVE = 0.2, -2.5, 600
TEST_SHARE = 0.1
IDENTITY, WORD = 0.8, 5
COLUMNS = {"id": "Oligo_Index", "sequence": "Oligo_sequence", "class": "Reporter_type", "activity": "eGFP_expression",
           "promoter": "Promoter_activity", "splicing": "Splicing_score"}


def number(text):
    """None where nothing was measured."""
    text = text.strip()
    return float(text) if text and text.lower() not in ("nan", "na") else None


def why_not(row, columns):
    """The first reason to leave an oligo out; None to keep it."""
    if row[columns["class"]].strip() not in NATIVE:
        return "not native"
    sequence = row[columns["sequence"]].strip().upper()
    if len(sequence) != WINDOW or set(sequence) - set("ACGTU"):
        return f"not {WINDOW} known bases"
    activity, promoter, splicing = (number(row[columns[name]]) for name in ("activity", "promoter", "splicing"))
    if activity is None or promoter is None or splicing is None:
        return "a value was not measured"
    if promoter > MOST_PROMOTER:
        return "promoter"
    if splicing < LEAST_SPLICING:
        return "splicing"
    return None


def read(path, columns):
    """(oligos kept, how many were left out and why)."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.DictReader(file, delimiter="\t" if "\t" in head else ",")
        missing = [name for name in columns.values() if name not in (reader.fieldnames or [])]
        if missing:
            sys.exit(f"{path}: no column {', '.join(missing)}; name the columns by --NAME-column; there are: {', '.join(reader.fieldnames or [])}")
        kept, left_out = [], collections.Counter()
        for row in reader:
            reason = why_not(row, columns)
            if reason:
                left_out[reason] += 1
                continue
            activity = number(row[columns["activity"]])
            kept.append({"id": row[columns["id"]].strip(), "sequence": row[columns["sequence"]].strip().upper().replace("U", "T"),
                         "label": int(activity > ACTIVE), "activity": activity, "class": row[columns["class"]].strip()})
    return kept, left_out


def representatives(oligos):
    """One oligo of each cluster, in the table's order."""
    if not shutil.which("cd-hit-est"):
        sys.exit("cd-hit-est: not there; install the Debian package cd-hit")
    with tempfile.TemporaryDirectory() as folder:
        to, result = pathlib.Path(folder, "all.fa"), pathlib.Path(folder, "one-each.fa")
        to.write_text("".join(f">{i}\n{oligo['sequence']}\n" for i, oligo in enumerate(oligos)), encoding="ascii")
        # -r 0: the strand as it is. One thread, all the memory it wants.
        command = ["cd-hit-est", "-i", to, "-o", result, "-c", str(IDENTITY), "-n", str(WORD), "-r", "0", "-d", "0", "-T", "1", "-M", "0"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"cd-hit-est failed:\n{done.stdout[-2000:]}{done.stderr}")
        chosen = [int(line[1:]) for line in result.read_text(encoding="ascii").splitlines() if line.startswith(">")]
    return [oligos[i] for i in sorted(chosen)]


def set_apart(oligos, seed):
    """(to train on, to test on): a tenth of each class, at random."""
    generator, test = random.Random(seed), set()
    for label in (0, 1):
        of_class = [oligo["id"] for oligo in oligos if oligo["label"] == label]
        test.update(generator.sample(of_class, round(TEST_SHARE * len(of_class))))
    return [oligo for oligo in oligos if oligo["id"] not in test], [oligo for oligo in oligos if oligo["id"] in test]


def write(path, oligos):
    columns = ["id", "sequence", "label", "activity", "class"]
    sections.write_whole(path, "\n".join(["\t".join(columns), *("\t".join(str(oligo[name]) for name in columns) for oligo in oligos)]) + "\n")


def main():
    parser = argparse.ArgumentParser(prog="tools/paper/run.sh dataset", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path, help="comma- or tab-separated, with a header line")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, metavar="FOLDER", help="for train.tsv and test.tsv")
    parser.add_argument("--seed", type=int, default=1, help="another number sets other oligos aside (default: 1)")
    for name, column in COLUMNS.items():
        parser.add_argument(f"--{name}-column", default=column, metavar="NAME", help=f"column of the {name} (default: {column})")
    options = parser.parse_args()
    kept, left_out = read(options.table, {name: getattr(options, f"{name}_column") for name in COLUMNS})
    for reason, count in left_out.most_common():
        print(f"{count:>7,} left out: {reason}")
    if not kept:
        sys.exit(f"{options.table}: no oligo is left; do the columns hold what their names say?")
    chosen = representatives(kept)
    train, test = set_apart(chosen, options.seed)
    options.output.mkdir(parents=True, exist_ok=True)
    for name, oligos in (("train", train), ("test", test)):
        write(options.output / f"{name}.tsv", oligos)
        print(f"{len(oligos):>7,} in {name}.tsv, {sum(oligo['label'] for oligo in oligos):,} of them active")
    print(f"{len(kept) - len(chosen):>7,} left out: {IDENTITY:.0%} identical to another")


if __name__ == "__main__":
    main()
