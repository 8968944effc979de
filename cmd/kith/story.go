package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"kith"
	"kith/serve"
	"kith/store"
)

// storyCmd writes a page that opens anywhere, without network.
type storyCmd struct {
	About []string `help:"People or organisations in the middle of the map; none shows the busiest." placeholder:"NAME" sep:"none"`
	Saved string   `help:"A map saved in the pages, by its id." placeholder:"ID"`
	List  bool     `help:"List the saved maps."`
	Title string   `help:"Title of the page." placeholder:"TEXT"`
	Intro string   `help:"A few words below the title." placeholder:"TEXT"`
	Ask   []string `help:"Questions that the page answers." placeholder:"QUESTION" sep:"none"`
	Limit int      `help:"Most people and organisations on the map." default:"40"`
	Out   string   `short:"o" help:"File to write." default:"story.html" placeholder:"FILE" type:"path"`

	clocks
}

func (c *storyCmd) Run(e *env) error {
	path, err := e.path()
	if err != nil {
		return err
	}
	if c.List {
		return c.list(e, path)
	}
	at, err := c.parse()
	if err != nil {
		return err
	}
	s, err := store.Open(path, store.Options{MustExist: true})
	if errors.Is(err, kith.ErrNotFound) {
		return fmt.Errorf("open store %s: there is none yet; make one with: kith add FILE", path)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	st, err := c.story(e, s, path, at)
	if err != nil {
		return err
	}
	server, err := serve.New(serve.Options{Store: s})
	if err != nil {
		return err
	}
	return c.write(e, server, at, st)
}

func (c *storyCmd) list(e *env, path string) error {
	all, err := serve.Stories(storiesOf(path))
	if err != nil {
		return err
	}
	for _, st := range all {
		fmt.Fprintf(e.out, "%s  %s  %s\n", st.ID, st.Made.Format(time.DateOnly), st.Title)
	}
	return nil
}

// story is the saved map, or one made of the flags.
func (c *storyCmd) story(e *env, s kith.Store, path string, at kith.AsOf) (serve.Story, error) {
	if c.Saved != "" {
		all, err := serve.Stories(storiesOf(path))
		if err != nil {
			return serve.Story{}, err
		}
		for _, st := range all {
			if st.ID == c.Saved {
				st.Title, st.Intro = cmp.Or(c.Title, st.Title), cmp.Or(c.Intro, st.Intro)
				return st, nil
			}
		}
		return serve.Story{}, fmt.Errorf("find saved map %q: there is none of that id (try: kith story --list)", c.Saved)
	}
	query := url.Values{"limit": {fmt.Sprint(c.Limit)}}
	title := c.Title
	v, err := s.View(e.ctx, at)
	if err != nil {
		return serve.Story{}, err
	}
	defer v.Close()
	for _, name := range c.About {
		entity, err := v.Find(e.ctx, name)
		if err != nil {
			return serve.Story{}, err
		}
		query.Add("around", string(entity.ID))
		title = cmp.Or(title, entity.Name)
	}
	return serve.Story{Title: cmp.Or(title, "Who stands behind whom"), Intro: c.Intro, Map: query.Encode(), Made: time.Now()}, nil
}

// write writes the page beside its place and moves it there once it is whole.
func (c *storyCmd) write(e *env, server *serve.Server, at kith.AsOf, st serve.Story) error {
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".story-*.html")
	if err != nil {
		return fmt.Errorf("write story: %w", err)
	}
	defer os.Remove(f.Name())
	out := bufio.NewWriter(f)
	err = server.WriteTakeAway(e.ctx, out, at, st, c.Ask)
	if err = errors.Join(err, out.Flush(), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("write story %s: %w", c.Out, err)
	}
	if err := os.Rename(f.Name(), c.Out); err != nil {
		return fmt.Errorf("write story: %w", err)
	}
	e.note("kith: wrote %s; it opens in any browser, without network", c.Out)
	return nil
}
