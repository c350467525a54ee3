#!/usr/bin/env bash
# Runs the array of a script as LSF's bsub does: bsub < script. It knows what the scripts say, and refuses the rest.
set -euo pipefail
script=$(cat)
array='^#BSUB -J "([^"[]+)\[([0-9,-]+)\]"$'
while IFS= read -r line; do
  [[ $line == '#BSUB '* ]] || continue
  if [[ $line =~ $array ]]; then
    indices=${BASH_REMATCH[2]}
  elif ! [[ $line =~ ^'#BSUB '(-n\ 1|-x|-o\ \"[^\"]+\")$ ]]; then
    echo "bsub: $line" >&2
    exit 255
  fi
done <<<"$script"
for range in ${indices//,/ }; do
  for index in $(seq "${range%-*}" "${range#*-}"); do
    LSB_JOBINDEX=$index bash <(echo "$script")
  done
done
