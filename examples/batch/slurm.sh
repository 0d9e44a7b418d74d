#!/usr/bin/env bash
#SBATCH --job-name=dectprov
#SBATCH --array=1-8
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time=00:10:00
# A Slurm array: sbatch slurm.sh SITES OUTPUT. Every task renders its part of the servers; OUTPUT is a folder that all
# nodes see. Tasks count from 1, as shards do.
set -euo pipefail

sites=$1
output=$2
dectprov=${DECTPROV:-dectprov}

exec "$dectprov" render -q -j "${SLURM_CPUS_PER_TASK:-1}" \
    --shard "${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}" -o "$output" "$sites"
