package answer

import "kith/graph"

import "kith"

// daysBetween counts the days from the first day of one date to that of
// another.
func daysBetween(from, to kith.Date) int {
	return int(graph.Day(to.First(), 0)) - int(graph.Day(from.First(), 0))
}
