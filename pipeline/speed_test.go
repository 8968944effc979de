//go:build linux

package pipeline

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"kith"
	"kith/data"
)

var speedFile = flag.String("speed", "", "file that TestSpeedOfReading writes its figures to")

var (
	addingFile = flag.String("adding", "", "file that TestSpeedOfAdding writes its figures to")
	addingInto = flag.String("into", "", "a large store, to which TestSpeedOfAdding adds articles")
)

// used is the processor time of this process.
func used() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// TestSpeedOfReading measures, in processor time of one core, from text to
// claims: the first document, then the example documents over and over, and
// beside them the plainest reading there is, strings.Fields.
func TestSpeedOfReading(t *testing.T) {
	if *speedFile == "" {
		t.Skip("measures only where -speed names a file to write")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	began, before := time.Now(), used()
	r, err := Standard(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) int {
		a, err := r.Read(context.Background(), &kith.Document{ID: kith.NewDocumentID(text), Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return len(a.Tokens)
	}
	read("Ann Lee endorsed Bob Ray on Monday.")
	first, firstWall := used()-before, time.Since(began)
	docs := strings.Split(demoText(t), "\n# ")
	reading := rate(3*time.Second, docs, read)
	fields := rate(time.Second/2, docs, func(text string) int { return len(strings.Fields(text)) })
	out := fmt.Sprintf(`# go test ./pipeline -run SpeedOfReading -count 1 -speed ../scores/speed.txt

Reading from text to claims, on one core, over the bundled example documents.
Seconds are of processor time, since the machine may be shared.

words a second                              %8.0f   (floor 60000, goal 150000)
strings.Fields, fields a second, same run   %8.0f
ratio                                       %8.0f
start to the first claim, ms of processor   %8d   (at most 300, goal 50)
start to the first claim, ms on the clock   %8d
peak memory, MB                             %8d   (at most 250)
`, reading, fields, fields/reading, first.Milliseconds(), firstWall.Milliseconds(), peak(t))
	out += "\nstage        ns a word      words/s   (the example documents)\n" + stageTable(stageTimes(t, r, demoDocuments(t), 3*time.Second))
	if news := newsDocuments(t); len(news) > 0 {
		out += "\nstage        ns a word      words/s   (articles of ../shared/gold/dev)\n" + stageTable(stageTimes(t, r, news, 3*time.Second))
	}
	if err := os.WriteFile(*speedFile, []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + out)
}

// rate reads the texts over and over for that long; it returns words a second
// of processor time.
func rate(long time.Duration, texts []string, read func(string) int) float64 {
	words := 0
	start := used()
	for used()-start < long {
		for _, text := range texts {
			words += read(text)
		}
	}
	return float64(words) / (used() - start).Seconds()
}

// peak is the greatest resident size of the process so far, in MB.
func peak(t *testing.T) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here to read the peak of memory from")
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		t.Fatal(err)
	}
	return kb >> 10
}
