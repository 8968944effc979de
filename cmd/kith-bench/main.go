// Command kith-bench measures the graph engine beside its peers on the same
// graphs in the same run: igraph and networkx where Python has them, and
// recursive queries of SQLite. It is not part of the main program.
//
// Times are processor time of one process, since machines on which this runs
// are often shared; "real" is what the clock said.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"kith/graph"
	"kith/internal/processor"
)

func main() {
	nodes := flag.Int("nodes", 100_000, "nodes of the generated graph")
	rows := flag.Int("rows", 1_000_000, "ties of the generated graph")
	peers := flag.String("peers", "scripts/peers.py", "the peers' script, or \"\" for none")
	roster := flag.String("real", "", "folder of public rosters: measure on the real graph that they give")
	heavy := flag.Bool("heavy", true, "measure betweenness and groups too")
	answers := flag.Int("answers", 0, "measure answers over a store of so many generated documents instead")
	at := flag.String("store", "", "for -answers: the store to use, made where it is missing, and kept")
	flag.Parse()
	if *answers > 0 {
		if err := measureAnswers(*answers, *at); err != nil {
			fmt.Fprintln(os.Stderr, "kith-bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*nodes, *rows, *peers, *roster, *heavy); err != nil {
		fmt.Fprintln(os.Stderr, "kith-bench:", err)
		os.Exit(1)
	}
}

func run(nodes, rows int, peers, roster string, heavy bool) error {
	list := graph.Generate(nodes, rows, 1)
	name := fmt.Sprintf("generated, %d nodes, %d ties", nodes, rows)
	if roster != "" {
		var err error
		if list, nodes, err = rosterRows(roster); err != nil {
			return err
		}
		name = fmt.Sprintf("legislators, states and committees, %d nodes, %d ties", nodes, len(list))
	}
	fmt.Printf("%s\n%s %s, %d processors\n", name, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	dir, err := os.MkdirTemp("", "kith-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ours := measure(nodes, list, dir, heavy)
	edges := filepath.Join(dir, "edges")
	if err := writeEdges(edges, list); err != nil {
		return err
	}
	theirs := map[string]map[string]float64{}
	if peers != "" {
		theirs = askPeers(peers, edges, nodes, heavy)
	}
	if len(list) <= 2_000_000 {
		theirs["sqlite"] = recursive(list, nodes)
	}
	print(ours, theirs)
	return nil
}

// figure is one measured thing: processor seconds of one operation, and what
// the clock said.
type figure struct {
	name      string
	cpu, real float64
	note      string
}

// timed runs f once and measures it.
func timed(name string, f func()) figure {
	runtime.GC()
	cpu, real := processor.Time(), time.Now()
	f()
	return figure{name: name, cpu: (processor.Time() - cpu).Seconds(), real: time.Since(real).Seconds()}
}

func measure(nodes int, rows []graph.Row, dir string, heavy bool) []figure {
	var s *graph.Snapshot
	list := []figure{timed("load", func() { s = graph.Pack(nodes, rows) })}
	path := filepath.Join(dir, "net")
	list = append(list, timed("save", func() {
		if err := s.Save(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}), timed("open mapped", func() {
		if m, err := graph.Open(path); err == nil {
			m.Close()
		}
	}))
	list = append(list, queries(s, nodes)...)
	var g *graph.Net
	list = append(list, timed("network", func() { g = s.Net(nil) }), timed("pagerank", func() { g.PageRank(1e-6) }))
	if heavy {
		list = append(list, oneSource(g, nodes))
		var part []uint32
		leiden := timed("groups", func() { part = g.Leiden(1, 1) })
		leiden.note = fmt.Sprintf("modularity %.4f", g.Modularity(part, 1))
		list = append(list, leiden)
	}
	return list
}

// queries measures many small questions and gives their middle and their
// 95th of a hundred.
func queries(s *graph.Snapshot, nodes int) []figure {
	draw := rand.New(rand.NewPCG(7, 7))
	pair := func() (uint32, uint32) { return uint32(draw.IntN(nodes)), uint32(draw.IntN(nodes)) }
	f := &graph.Filter{}
	var out []figure
	spread := func(name string, n, repeat int, ask func(a, b uint32)) {
		for range n / 10 {
			a, b := pair()
			ask(a, b)
		}
		times := make([]float64, n)
		for i := range times {
			a, b := pair()
			start := time.Now()
			for range repeat {
				ask(a, b)
			}
			times[i] = time.Since(start).Seconds() / float64(repeat)
		}
		slices.Sort(times)
		out = append(out, figure{name: name + " p50", cpu: times[n/2], real: times[n/2]}, figure{name: name + " p95", cpu: times[n*95/100], real: times[n*95/100]})
	}
	spread("path", 2000, 1, func(a, b uint32) { s.Shortest(a, b, f) })
	var common []uint32
	spread("common", 2000, 20, func(a, b uint32) { common = s.Common(a, b, f, common[:0]) })
	spread("two steps", 2000, 1, func(a, _ uint32) { s.Around(a, f) })
	spread("strongest path", 300, 1, func(a, b uint32) { s.Strongest(a, b, f) })
	spread("three paths", 300, 1, func(a, b uint32) { s.Alternatives(a, b, 3, f) })
	return out
}

func oneSource(g *graph.Net, nodes int) figure {
	const sources = 4
	f := timed("betweenness, one source", func() { g.SampleBetweenness(sources, 1) })
	f.cpu /= sources
	f.real /= sources
	return f
}

func writeEdges(path string, rows []graph.Row) error {
	var b strings.Builder
	b.Grow(len(rows) * 14)
	for i := range rows {
		fmt.Fprintf(&b, "%d %d\n", rows[i].From, rows[i].To)
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// askPeers runs the peers' script, which prints "peer measure seconds" lines.
func askPeers(script, edges string, nodes int, heavy bool) map[string]map[string]float64 {
	found := map[string]map[string]float64{}
	out, err := exec.Command("python3", script, edges, fmt.Sprint(nodes), fmt.Sprint(heavy)).Output()
	if err != nil {
		fmt.Fprintf(os.Stderr, "the peers did not run to their end: %v\n", err)
	}
	for _, line := range strings.Split(string(out), "\n") {
		var peer, name string
		var seconds float64
		parts := strings.Split(line, "\t")
		if len(parts) != 3 {
			continue
		}
		peer, name = parts[0], parts[1]
		if _, err := fmt.Sscan(parts[2], &seconds); err != nil {
			continue
		}
		if found[peer] == nil {
			found[peer] = map[string]float64{}
		}
		found[peer][name] = seconds
	}
	return found
}

func print(ours []figure, theirs map[string]map[string]float64) {
	fmt.Printf("%-26s %10s %10s", "", "kith cpu", "real")
	names := []string{"igraph", "networkx", "sqlite"}
	for _, n := range names {
		fmt.Printf(" %18s", n)
	}
	fmt.Println()
	for _, f := range ours {
		fmt.Printf("%-26s %10s %10s", f.name, unit(f.cpu), unit(f.real))
		for _, n := range names {
			cell := "–"
			if t, ok := theirs[n][f.name]; ok {
				cell = fmt.Sprintf("%s (%.4g×)", unit(t), t/f.cpu)
			}
			fmt.Printf(" %18s", cell)
		}
		fmt.Println("", f.note)
	}
	for _, n := range names {
		if q, ok := theirs[n]["modularity"]; ok {
			fmt.Printf("%s's groups: modularity %.4f\n", n, q)
		}
	}
}

func unit(seconds float64) string {
	switch {
	case seconds < 1e-3:
		return fmt.Sprintf("%.3g µs", seconds*1e6)
	case seconds < 1:
		return fmt.Sprintf("%.3g ms", seconds*1e3)
	}
	return fmt.Sprintf("%.3g s", seconds)
}
