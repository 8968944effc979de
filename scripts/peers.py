#!/usr/bin/env python3
"""Measure igraph and networkx on the graph that kith-bench wrote.

usage: peers.py EDGES NODES HEAVY

Prints "peer TAB measure TAB processor seconds" lines, under the names that
kith-bench gives its own measures. A peer that is not installed is left out.
"""
import random
import sys
import time

edges_path, nodes, heavy = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "true"
random.seed(7)


def say(peer, name, seconds):
    print(f"{peer}\t{name}\t{seconds:.9f}", flush=True)


def timed(peer, name, f):
    start = time.process_time()
    result = f()
    say(peer, name, time.process_time() - start)
    return result


def spread(peer, name, n, f):
    times = []
    for _ in range(n):
        a, b = random.randrange(nodes), random.randrange(nodes)
        start = time.perf_counter()
        f(a, b)
        times.append(time.perf_counter() - start)
    times.sort()
    say(peer, name + " p50", times[len(times) // 2])
    say(peer, name + " p95", times[len(times) * 95 // 100])


def read():
    with open(edges_path) as f:
        return [tuple(map(int, line.split())) for line in f]


def igraph(edges):
    import igraph as ig

    def load():
        g = ig.Graph(n=nodes, edges=edges)
        return g.simplify()

    g = timed("igraph", "load", load)
    spread("igraph", "path", 30 if nodes <= 200_000 else 10, lambda a, b: g.get_shortest_path(a, b))
    spread("igraph", "common", 300, lambda a, b: set(g.neighbors(a)) & set(g.neighbors(b)))
    spread("igraph", "two steps", 100, lambda a, b: g.neighborhood(a, order=2))
    timed("igraph", "pagerank", lambda: g.pagerank())
    if heavy:
        start = time.process_time()
        g.betweenness(sources=[1, 2]) if "sources" in (ig.Graph.betweenness.__doc__ or "") else None
        if time.process_time() - start > 0.01:
            say("igraph", "betweenness, one source", (time.process_time() - start) / 2)
        part = timed("igraph", "groups", lambda: g.community_leiden(objective_function="modularity", n_iterations=2))
        say("igraph", "modularity", part.modularity)


def networkx(edges):
    import networkx as nx

    def load():
        g = nx.Graph()
        g.add_nodes_from(range(nodes))
        g.add_edges_from(edges)
        return g

    g = timed("networkx", "load", load)

    def path(a, b):
        try:
            nx.bidirectional_shortest_path(g, a, b)
        except nx.NetworkXNoPath:
            pass

    spread("networkx", "path", 30, path)
    spread("networkx", "common", 300, lambda a, b: list(nx.common_neighbors(g, a, b)))
    spread("networkx", "two steps", 50, lambda a, b: nx.single_source_shortest_path_length(g, a, cutoff=2))
    if heavy:
        timed("networkx", "betweenness, one source", lambda: nx.betweenness_centrality_subset(g, [1], list(g)))


edges = read()
for peer in [igraph] + ([networkx] if len(edges) <= 2_000_000 else []):
    try:
        peer(edges)
    except ImportError:
        print(f"{peer.__name__} is not installed", file=sys.stderr)
