#!/usr/bin/env bash
# Makes host/model/builtin/builtin.safetensors from scratch, null table and all: about ten minutes on two free cores.
# It goes on where it was stopped.
#   tools/train-builtin.sh DATA TEACHER TRANSCRIPTS WORK [PROGRAMS]
#   DATA         folder with ires_train.tsv and pool_unlabelled.tsv.gz (docs/model-card.md says what they hold)
#   TEACHER      prefix of the published DeepIRES checkpoint: .../weights/first
#   TRANSCRIPTS  FASTA of human transcripts, for the null table
#   WORK         folder for everything that is made; WORK/builtin.safetensors is the result
#   PROGRAMS     folder of iresweep and iresweep-train; default build/tools
set -euo pipefail

(($# == 4 || $# == 5)) || { sed -n '2,9s/^# //p' "$0" >&2; exit 2; }
here=$(dirname "$(readlink -f "$0")")
data=$1 teacher=$2 transcripts=$3 work=$4
programs=$(readlink -f "${5:-$here/../build/tools}")
trainer=$programs/iresweep-train
[[ -x $trainer ]] || { echo "$0: no trainer at $trainer: install the group 'train' (tools/install-packages.sh), then build" >&2; exit 1; }
mkdir -p "$work/labels" "$work/students"
export trainer data work

# A network that learns from the labels alone.
train_on_labels() {
  local model=$work/labels/$1.safetensors
  [[ -e $model ]] || "$trainer" fit "$data/ires_train.tsv" --group-column cluster --seed "$1" \
    --dropout 0.2 --batch 64 --epochs 15 --schedule constant --checkpoint "$work/labels/$1.ckpt" --resume \
    --log "$work/labels/$1.json" -o "$model" 2>>"$work/labels/$1.log"
}

# A student of the published network and of all label-only networks.
train_student() {
  local model=$work/students/$1.safetensors
  [[ -e $model ]] || "$trainer" fit "$work/targets.tsv" --seed "$1" --pad --soft-share 1 \
    --mix native=0.35,pool=0.57,short=0.08 --batch 128 --epochs 25 --epoch-steps 200 --monitor loss --keep last \
    --checkpoint "$work/students/$1.ckpt" --resume --log "$work/students/$1.json" -o "$model" \
    --note licence='MIT' \
    --note soft_labels='half the logit of the published DeepIRES weights (MIT, SongLab-at-NUAA/DeepIRES), half the scaled mean logit of 7 networks trained on labels alone' \
    --note labels='a96123155/IRES_Prediction_Design, jchou03/DeepIRES, zjupgx/DeepCIP, xiaofengsong/IRESfinder' \
    --note windows='the above and zhw-e8/LAMAR (MIT)' \
    --note citation_network='DeepIRES: a hybrid deep learning model for accurate identification of IRES, Briefings in Bioinformatics 2024' \
    --note citation_assay='Weingarten-Gabbay et al., Science 2016, 351:aad4939' \
    2>>"$work/students/$1.log"
}

# The last epoch's error on fold 0.
validation_error() { sed -n 's/.*validation loss \([0-9.]*\).*/\1/p' "$work/students/$1.log" | tail -n 1; }

export -f train_on_labels train_student
echo "== 1/5 networks on labels"
printf '%s\n' 1 2 3 4 5 6 7 | xargs -P "$(nproc)" -I {} bash -euc 'train_on_labels {}'

echo "== 2/5 soft labels"
[[ -e $work/targets.tsv ]] || "$trainer" targets "native=$data/ires_train.tsv" "pool=$data/pool_unlabelled.tsv.gz" \
  --group-column cluster --teacher "$teacher" --ensemble "$work"/labels/{1,2,3,4,5,6,7}.safetensors -o "$work/targets.tsv"

echo "== 3/5 students"
printf '%s\n' 1 2 3 | xargs -P "$(nproc)" -I {} bash -euc 'train_student {}'

echo "== 4/5 choice"
best=$(for seed in 1 2 3; do echo "$(validation_error "$seed") $seed"; done | sort -n | head -n 1)
echo "seed ${best#* }, squared error ${best% *} on fold 0"

echo "== 5/5 null table"
[[ -e $work/builtin.safetensors ]] || "$programs/iresweep" model calibrate --no-progress \
  --model "$work/students/${best#* }.safetensors" --summary "$work/null_table.json" -o "$work/builtin.safetensors" "$transcripts"
echo "$work/builtin.safetensors"
