package serve

import (
	"math"
	"strconv"
	"time"

	"kith"
)

// axis is a run of years that times are drawn on.
type axis struct {
	First, Last float64 // years with fractions
	Ticks       []tick
}

type tick struct {
	X    float64 // percent of the axis
	Year int
}

// bar is a time drawn on an axis. Left and Right say that the time has no
// known beginning or end: it is drawn fading there, not as a date. Places and
// widths are in percent of the axis.
type bar struct {
	X, Width    float64
	Left, Right bool
}

// End is where the bar ends, Before and After where its fading parts end.
func (b bar) End() float64    { return round(b.X + b.Width) }
func (b bar) Before() float64 { return max(0, round(b.X-6)) }
func (b bar) After() float64  { return min(100, round(b.X+b.Width+6)) }

// newAxis spans all known times; ok is false where none is known.
func newAxis(times []kith.Time) (a axis, ok bool) {
	a.First, a.Last = math.Inf(1), math.Inf(-1)
	for _, t := range times {
		for _, d := range []kith.Date{t.From, t.To} {
			if from, to, known := years(d); known {
				a.First, a.Last = min(a.First, from), max(a.Last, to)
			}
		}
	}
	if math.IsInf(a.First, 1) {
		return axis{}, false
	}
	a.First, a.Last = math.Floor(a.First)-.5, math.Ceil(a.Last)+.5
	step := tickStep(a.Last - a.First)
	for year := int(math.Ceil(a.First)); year <= int(a.Last); year++ {
		if year%step == 0 {
			a.Ticks = append(a.Ticks, tick{a.x(float64(year)), year})
		}
	}
	return a, true
}

func tickStep(years float64) int {
	for _, step := range []int{1, 2, 5, 10, 20, 50} {
		if years/float64(step) <= 8 {
			return step
		}
	}
	return 100
}

func (a axis) x(year float64) float64 { return round((year - a.First) / (a.Last - a.First) * 100) }

// bar draws a time, or returns nil where neither end is known.
func (a axis) bar(t kith.Time) *bar {
	from, fromEnd, fromKnown := years(t.From)
	toStart, to, toKnown := years(t.To)
	switch {
	case fromKnown && toKnown:
		return a.between(from, to)
	case fromKnown:
		b := a.between(from, fromEnd)
		b.Right = true
		return b
	case toKnown:
		b := a.between(toStart, to)
		b.Left = true
		return b
	}
	return nil
}

// bars draws the times of a row, each by itself.
func (a axis) bars(times []kith.Time) (out []bar) {
	for _, t := range times {
		if b := a.bar(t); b != nil {
			out = append(out, *b)
		}
	}
	return out
}

func (a axis) between(from, to float64) *bar {
	x := a.x(from)
	return &bar{X: x, Width: max(.7, round(a.x(to)-x))}
}

// years turns a date into the span of years that it can mean.
func years(d kith.Date) (from, to float64, known bool) {
	first, err := time.Parse(time.DateOnly, d.First())
	if err != nil {
		return 0, 0, false
	}
	last, err := time.Parse(time.DateOnly, d.Last())
	if err != nil {
		return 0, 0, false
	}
	return yearOf(first), yearOf(last.AddDate(0, 0, 1)), true
}

func yearOf(t time.Time) float64 { return float64(t.Year()) + float64(t.YearDay()-1)/366 }

// year reads a number of a year from a form; 0 where there is none.
func year(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 9999 {
		return 0
	}
	return n
}
