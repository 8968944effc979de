package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"kith"
)

// jobs are the uploads of this run of the program, the last ones kept for
// their pages.
type jobs struct {
	mu     sync.Mutex
	all    map[string]*job
	order  []string
	next   int
	cancel context.CancelFunc
	ctx    context.Context
	turn   sync.Mutex // one upload is read at a time
	work   sync.WaitGroup
}

const keptJobs = 50

func newJobs() *jobs {
	ctx, cancel := context.WithCancel(context.Background())
	return &jobs{all: map[string]*job{}, ctx: ctx, cancel: cancel}
}

func (j *jobs) close() {
	j.mu.Lock()
	j.cancel()
	j.mu.Unlock()
	j.work.Wait()
}

// job is one upload: its files and what became of each.
type job struct {
	ID      string
	mu      sync.Mutex
	items   []item
	done    bool
	changed chan struct{} // closed and renewed at each change
}

// item is one file of an upload.
type item struct {
	Name    string `json:"name"`
	State   string `json:"state"` // waiting, reading, done, known or failed
	Title   string `json:"title,omitempty"`
	Error   string `json:"error,omitempty"`
	Summary string `json:"summary,omitempty"`
	Href    string `json:"href,omitempty"`
	content []byte
}

func (j *jobs) start(s *Server, items []item) *job {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.next++
	one := &job{ID: strconv.Itoa(j.next), items: items, changed: make(chan struct{})}
	j.all[one.ID] = one
	if j.order = append(j.order, one.ID); len(j.order) > keptJobs {
		delete(j.all, j.order[0])
		j.order = j.order[1:]
	}
	j.work.Go(func() {
		j.turn.Lock()
		defer j.turn.Unlock()
		one.run(j.ctx, s)
		s.freshen()
	})
	return one
}

// run does something beside the requests, unless the program is stopping.
func (j *jobs) run(do func(ctx context.Context)) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ctx.Err() != nil {
		return false
	}
	j.work.Go(func() { do(j.ctx) })
	return true
}

func (j *jobs) find(id string) (*job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	one, ok := j.all[id]
	if !ok {
		return nil, fmt.Errorf("find upload %q: %w", id, kith.ErrNotFound)
	}
	return one, nil
}

// run reads the files one after the other. One that fails does not stop the
// others.
func (j *job) run(ctx context.Context, s *Server) {
	for i := range j.items {
		j.set(i, func(it *item) { it.State = "reading" })
		result, err := s.readSafely(ctx, j.items[i].Name, j.items[i].content)
		j.set(i, func(it *item) {
			it.content = nil
			if err != nil {
				it.State, it.Error = "failed", strings.ReplaceAll(err.Error(), "read "+it.Name+": ", "") // its name stands beside
				return
			}
			it.State, it.Title = "done", result.Title
			if result.Known {
				it.State = "known"
			}
			it.Href = "/documents/" + string(result.Document)
			it.Summary = s.pages.text("add.summary", s.pages.count("sentences", result.Sentences), s.pages.count("claims", result.Claims),
				result.Hedged, result.Skipped)
		})
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done = true
	close(j.changed)
	j.changed = make(chan struct{})
}

var errPanicked = errors.New("reading it failed inside kith; please report the document")

func (s *Server) readSafely(ctx context.Context, name string, content []byte) (result ReadResult, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("read upload", "name", name, "panic", p)
			err = fmt.Errorf("read %s: %w", name, errPanicked)
		}
	}()
	if err := ctx.Err(); err != nil {
		return result, fmt.Errorf("read %s: kith is stopping: %w", name, err)
	}
	return s.Read(ctx, name, content)
}

func (j *job) set(i int, change func(*item)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change(&j.items[i])
	close(j.changed)
	j.changed = make(chan struct{})
}

// state is how far the job is, and what will be closed when that changes.
func (j *job) state() (items []item, done bool, changed <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]item(nil), j.items...), j.done, j.changed
}

// add takes files or pasted text. Scripts get the job to follow; without
// script the answer is the job's page, once all is read.
func (s *Server) add(w http.ResponseWriter, r *http.Request) error {
	if s.Read == nil {
		return fmt.Errorf("add documents: this kith only shows its store: %w", kith.ErrInvalid)
	}
	items, err := uploaded(r)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return fmt.Errorf("%s: %w", s.pages.text("add.nothing"), kith.ErrInvalid)
	}
	one := s.jobs.start(s, items)
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		writeJSON(w, http.StatusAccepted, map[string]string{"job": one.ID})
		return nil
	}
	one.wait(r.Context())
	http.Redirect(w, r, "/jobs/"+one.ID, http.StatusSeeOther)
	return nil
}

func (j *job) wait(ctx context.Context) {
	for {
		_, done, changed := j.state()
		if done {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// uploaded reads the files and the pasted text of a form, part by part.
func uploaded(r *http.Request) ([]item, error) {
	form, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("read the upload: want a form with files: %w", kith.ErrInvalid)
	}
	var items []item
	fields := map[string]string{}
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return withPasted(items, fields), nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the upload: %w", err)
		}
		if err := takePart(part, &items, fields); err != nil {
			return nil, err
		}
	}
}

func takePart(part *multipart.Part, items *[]item, fields map[string]string) error {
	content, err := io.ReadAll(part)
	if err != nil {
		return fmt.Errorf("read the upload: %w", err)
	}
	switch {
	case part.FileName() != "":
		*items = append(*items, item{Name: part.FileName(), State: "waiting", content: content})
	case part.FormName() != "files":
		fields[part.FormName()] = string(content)
	}
	return nil
}

// withPasted adds the pasted text, under the name that the reader gave it.
func withPasted(items []item, fields map[string]string) []item {
	text := strings.TrimSpace(strings.ReplaceAll(fields["text"], "\r\n", "\n"))
	if text == "" {
		return items
	}
	name := strings.TrimSpace(fields["name"])
	if name == "" {
		name, _, _ = strings.Cut(text, "\n")
		name = string([]rune(name)[:min(60, len([]rune(name)))])
	}
	return append(items, item{Name: name + ".txt", State: "waiting", content: []byte(text)})
}

// job is the page of one upload.
func (s *Server) job(w http.ResponseWriter, r *http.Request) error {
	one, err := s.jobs.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	items, done, _ := one.state()
	s.render(w, r, http.StatusOK, "job", struct {
		Frame
		ID    string
		Items []item
		Done  bool
	}{s.frame(r, "job.title"), one.ID, items, done})
	return nil
}

// jobEvents sends a job's state at each change, as server-sent events.
func (s *Server) jobEvents(w http.ResponseWriter, r *http.Request) {
	one, err := s.jobs.find(r.PathValue("id"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flow := http.NewResponseController(w)
	beat := time.NewTicker(15 * time.Second)
	defer beat.Stop()
	for {
		items, done, changed := one.state()
		out, _ := json.Marshal(map[string]any{"items": items, "done": done})
		if _, err := fmt.Fprintf(w, "data: %s\n\n", out); err != nil || flow.Flush() != nil || done {
			return
		}
		select {
		case <-changed:
		case <-beat.C:
		case <-r.Context().Done():
			return
		case <-s.jobs.ctx.Done():
			return
		}
	}
}
