#!/usr/bin/env bash
# Makes one of the DeepIRES paper's comparisons again and fills its section of docs/results.md; goes on where it was stopped.
#   tools/paper/run.sh EXPERIMENT [OPTION...]     EXPERIMENT --help lists its options
#   conventional   LR, RF, SVM, LightGBM, XGBoost on k-mer frequencies       (the paper's Fig. 2)
#   ablations      the network without its parts                             (Fig. 4, Tables 1 and 2)
#   origins        trained on human, virus, both; tested on each             (Fig. 3)
#   search         hyperparameters by Bayesian search
#   published      IRESfinder's, IRESpy's and IRSS's methods, re-made        (Fig. 5)
#   motifs         best k-mers in clusters, logos, t-SNE                    (Fig. 6)
#   dataset TABLE  training and test tables from the 55,000 oligos
# Common options: --smoke (a moment, on a made table), --models N (so many of the ten fold models).
# Needs PyPI the first time (830 MB go into build/paper/venv); the programs are those of build/release unless --programs says
# otherwise, the data those of ../shared unless --data does.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
root=$(readlink -f "$here/../..")
experiment=${1-}
if [[ $experiment == -h || $experiment == --help ]]; then
  sed -n '2,14s/^# //p' "$0"
  exit
elif [[ ! " conventional ablations origins search published motifs dataset install " == *" $experiment "* || ! $experiment ]]; then
  sed -n '2,14s/^# //p' "$0" >&2
  exit 2
fi
shift

venv=$root/build/paper/venv
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
  echo "== the libraries, from PyPI" >&2
  mkdir -p "$root/build/paper"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/installed.txt"
fi
[[ $experiment != install ]] || exit 0

# One thread: the same sums in the same order, and a fair processor time.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=$root PYTHONDONTWRITEBYTECODE=1 MPLBACKEND=agg
# In this process's place: a signal that ends it reaches the experiment, which ends what it started.
exec "$venv/bin/python" -m "tools.paper.$experiment" "$@"
