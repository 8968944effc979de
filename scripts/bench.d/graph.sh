#!/bin/sh
# The graph engine beside igraph, networkx and SQLite's recursive queries; the
# peers are installed where pip can (python3 -m pip install igraph networkx).
# BENCH_LARGE=1 adds the graph of 1M nodes and 10M ties: about 6 GB of memory.
set -eu
python3 -c "import igraph, networkx" 2>/dev/null || python3 -m pip install -q igraph networkx || echo "igraph and networkx are not to be had: measured without them"
${GO:-go} build -o build/kith-bench ./cmd/kith-bench
build/kith-bench
if [ -d ../shared/data ]; then build/kith-bench -real ../shared/data; fi
if [ -n "${BENCH_LARGE:-}" ]; then build/kith-bench -nodes 1000000 -rows 10000000 -heavy=false; fi
