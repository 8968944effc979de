#!/bin/sh
# Repeats the speed figures: each part in scripts/bench.d measures one thing
# beside its peers, those that are installed, in the same run.
set -eu
for part in scripts/bench.d/*.sh; do
	echo "== $part"
	sh "$part"
done
