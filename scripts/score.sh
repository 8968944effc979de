#!/bin/sh
# Repeats every quality figure under scores/. It needs the public corpora in
# ../shared; where they are absent it says so and changes nothing.
set -eu

if [ ! -d ../shared/data ]; then
	echo "score: ../shared is not here; nothing to score against" >&2
	exit 0
fi
mkdir -p build
go build -o build/kith-train ./cmd/kith-train
for what in ${*:-tag parse names coref roles relation claims consistency knowledge-net speech modality identity articles}; do
	echo "score: $what" >&2
	build/kith-train score "$what" >build/score.txt
	case $what in
	knowledge-net) name=knowledgenet ;;
	articles) name=identity-articles ;;
	*) name=$what ;;
	esac
	mv build/score.txt "scores/$name.txt"
done
