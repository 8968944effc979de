package exchange

import (
	"strconv"
	"strings"
)

// maxMerged bounds the merged ranges of a sheet that are looked at.
const maxMerged = 10_000

// merged is a range of cells that a sheet shows as one.
type merged struct{ column, from, to int } // the first column; rows as the sheet numbers them

// parseMerged reads a range of several rows, "B2:B4".
func parseMerged(ref string) (merged, bool) {
	first, last, ok := strings.Cut(ref, ":")
	m := merged{column: columnOf(first), from: rowOf(first), to: rowOf(last)}
	return m, ok && m.column >= 0 && m.from > 0 && m.to > m.from
}

// rowOf is the row of a cell's name, "C7" being 7; 0 for no name.
func rowOf(name string) int {
	n, err := strconv.Atoi(strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// fill writes the value of each merged range into its other rows: whoever
// looks at the sheet sees it there.
func fill(rows [][]string, numbers []int, ranges []merged) {
	at := make(map[int]int, len(numbers))
	for i, n := range numbers {
		at[n] = i
	}
	for _, m := range ranges {
		top, ok := at[m.from]
		if !ok || m.column >= len(rows[top]) || rows[top][m.column] == "" {
			continue
		}
		for n := m.from + 1; n <= min(m.to, m.from+maxMerged); n++ {
			i, ok := at[n]
			if !ok {
				continue
			}
			for len(rows[i]) <= m.column {
				rows[i] = append(rows[i], "")
			}
			if rows[i][m.column] == "" {
				rows[i][m.column] = rows[top][m.column]
			}
		}
	}
}

// belowTitle leaves out lines of one cell above a header of several.
func belowTitle(rows [][]string) [][]string {
	filled := func(row []string) (n int) {
		for _, cell := range row {
			if strings.TrimSpace(cell) != "" {
				n++
			}
		}
		return n
	}
	for top := 0; top+1 < len(rows) && top < 5 && filled(rows[top]) <= 1; top++ {
		if filled(rows[top+1]) >= 3 {
			return rows[top+1:]
		}
	}
	return rows
}
