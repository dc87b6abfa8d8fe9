#!/usr/bin/env bash
# What became of a job of Slurm, in Snakemake's words: status.sh JOB prints running, success or failed.
# The controller forgets a job after some minutes; where there is accounting, it does not.
set -euo pipefail
job=${1%%;*}

state=$(scontrol --oneliner show job "$job" 2>/dev/null | sed -n 's/.* JobState=\([A-Z_]*\).*/\1/p') || true
[[ $state ]] || state=$(sacct --allocations --noheader --parsable2 --format=State --jobs="$job" 2>/dev/null | head -n 1) || true
case $state in
  COMPLETED) echo success ;;
  # A controller that does not answer says nothing of the job.
  PENDING | CONFIGURING | RUNNING | COMPLETING | SUSPENDED | REQUEUED | REQUEUE* | RESIZING | STOPPED | SIGNALING | STAGE_OUT) echo running ;;
  "") if scontrol ping >/dev/null 2>&1; then echo failed; else echo running; fi ;;
  *) echo failed ;;
esac
