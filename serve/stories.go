package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"kith"
)

// Story is a saved map with captions: steps that lead a reader through it.
type Story struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Intro string    `json:"intro,omitempty"`
	Map   string    `json:"map"` // the map's address after "?": centres, filters, pins
	Made  time.Time `json:"made"`
	By    string    `json:"by,omitempty"`
	Steps []Step    `json:"steps,omitempty"`
}

// Step is one caption and the entities that it is about.
type Step struct {
	Caption string          `json:"caption"`
	Focus   []kith.EntityID `json:"focus,omitempty"`
	From    int             `json:"from,omitempty"` // years that the step looks at, 0 for open
	To      int             `json:"to,omitempty"`
}

// maxSteps limits a story, which comes from a browser.
const maxSteps = 100

// stories keeps saved maps, as one JSON file each or in memory.
type stories struct {
	mu     sync.Mutex
	folder string
	memory map[string]Story
}

// save gives a story its id and keeps it. A file is written beside its place
// and moved there, so that it is never half there.
func (s *stories) save(st Story) (Story, error) {
	if st.Title = strings.TrimSpace(st.Title); st.Title == "" || len(st.Steps) > maxSteps {
		return st, fmt.Errorf("save story: it needs a title and at most %d steps: %w", maxSteps, kith.ErrInvalid)
	}
	st.ID = strings.ToLower(kith.Hash(st.Title, st.Map, st.Made.Format(time.RFC3339Nano))[:10])
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folder == "" {
		if s.memory == nil {
			s.memory = map[string]Story{}
		}
		s.memory[st.ID] = st
		return st, nil
	}
	out, err := json.MarshalIndent(st, "", "  ")
	if err != nil {
		return st, fmt.Errorf("save story: %w", err)
	}
	if err := os.MkdirAll(s.folder, 0o755); err != nil {
		return st, fmt.Errorf("save story: %w", err)
	}
	if err := os.WriteFile(s.path(st.ID)+".part", out, 0o644); err != nil {
		return st, fmt.Errorf("save story: %w", err)
	}
	return st, os.Rename(s.path(st.ID)+".part", s.path(st.ID))
}

func (s *stories) path(id string) string { return filepath.Join(s.folder, id+".json") }

func (s *stories) find(id string) (Story, error) {
	missing := fmt.Errorf("find story %q: %w", id, kith.ErrNotFound)
	if id == "" || strings.Trim(id, "0123456789abcdefghjkmnpqrstvwxyz") != "" {
		return Story{}, missing
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folder == "" {
		st, ok := s.memory[id]
		if !ok {
			return st, missing
		}
		return st, nil
	}
	return readStory(s.path(id))
}

func readStory(path string) (st Story, err error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return st, fmt.Errorf("find story %s: %w", filepath.Base(path), kith.ErrNotFound)
	}
	if err != nil {
		return st, fmt.Errorf("read story: %w", err)
	}
	if err := json.Unmarshal(content, &st); err != nil {
		return st, fmt.Errorf("read story %s: %w", path, err)
	}
	return st, nil
}

// list returns all stories, the newest first. Files that are not stories are
// passed over.
func (s *stories) list() (all []Story, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.memory {
		all = append(all, st)
	}
	if s.folder != "" {
		names, err := filepath.Glob(filepath.Join(s.folder, "*.json"))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if st, err := readStory(name); err == nil {
				all = append(all, st)
			}
		}
	}
	slices.SortFunc(all, func(a, b Story) int { return b.Made.Compare(a.Made) })
	return all, nil
}

func (s *stories) delete(id string) error {
	if _, err := s.find(id); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.memory, id)
	if s.folder == "" {
		return nil
	}
	return os.Remove(s.path(id))
}

// Stories lists the saved maps of a folder, the newest first.
func Stories(folder string) ([]Story, error) { return (&stories{folder: folder}).list() }

func (s *Server) listStories(w http.ResponseWriter, r *http.Request) error {
	all, err := s.stories.list()
	if err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "stories", struct {
		Frame
		List []Story
	}{s.frame(r, "stories.title"), all})
	return nil
}

func (s *Server) saveStory(w http.ResponseWriter, r *http.Request) error {
	st := Story{Title: r.PostForm.Get("title"), Intro: r.PostForm.Get("intro"), Map: r.PostForm.Get("map"), Made: time.Now().UTC(), By: s.By}
	if _, err := url.ParseQuery(st.Map); err != nil {
		return fmt.Errorf("save story: its map is not an address: %w", kith.ErrInvalid)
	}
	if steps := r.PostForm.Get("steps"); steps != "" {
		if err := json.Unmarshal([]byte(steps), &st.Steps); err != nil {
			return fmt.Errorf("save story: its steps cannot be read: %w", kith.ErrInvalid)
		}
	}
	st, err := s.stories.save(st)
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/stories/"+st.ID, http.StatusSeeOther)
	return nil
}

func (s *Server) deleteStory(w http.ResponseWriter, r *http.Request) error {
	if err := s.stories.delete(r.PathValue("id")); err != nil {
		return err
	}
	http.Redirect(w, r, "/stories", http.StatusSeeOther)
	return nil
}

func (s *Server) story(w http.ResponseWriter, r *http.Request, v kith.View) error {
	st, err := s.stories.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	t, err := s.takeAwayOf(r.Context(), v, st, nil)
	if err != nil {
		return err
	}
	frame := s.frame(r, "story.title", st.Title)
	frame.Wide = true
	s.render(w, r, http.StatusOK, "story", struct {
		Frame
		Take *TakeAway
		Map  string
	}{frame, t, "/map?" + st.Map})
	return nil
}
