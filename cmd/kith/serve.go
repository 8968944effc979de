package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"kith"
	"kith/pipeline"
	"kith/resolve"
	"kith/serve"
	"kith/source"
	"kith/store"
)

// serveCmd opens the store in a browser.
type serveCmd struct {
	Listen string `help:"Loopback address to listen on; port 0 takes a free one." default:"127.0.0.1:7733" placeholder:"HOST:PORT"`
	Open   bool   `help:"Open the page in the browser."`
	By     string `help:"Name under which decisions are recorded." placeholder:"NAME"`
}

// memoryAim is the memory, in bytes, at which the collector begins to work
// harder rather than take more.
const memoryAim = 120 << 20

// pageCache is the memory in KiB in which each connection to the store holds
// pages: the system holds the file besides.
const pageCache = 8000

func (c *serveCmd) Run(e *env) error {
	debug.SetGCPercent(50)
	debug.SetMemoryLimit(memoryAim)
	listener, err := serve.Listen(c.Listen)
	if err != nil {
		return usage{err}
	}
	defer listener.Close()
	path, err := e.path()
	if err != nil {
		return err
	}
	s, err := store.Open(path, store.Options{Cache: pageCache})
	if err != nil {
		return err
	}
	defer s.Close()
	server, err := e.server(s, c.By)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	e.note("kith: open %s in a browser; Ctrl-C ends it", address)
	if c.Open {
		if err := browse(address); err != nil {
			e.note("kith: %v", err)
		}
	}
	return server.Run(e.ctx, listener)
}

// server makes the pages of a store.
func (e *env) server(s kith.Store, by string) (*serve.Server, error) {
	path, err := e.path()
	if err != nil {
		return nil, err
	}
	u := &uploads{store: s, tools: sync.OnceValues(e.tools)}
	return serve.New(serve.Options{Store: s, Read: u.read, Stamp: stampOf(path), Graph: e.largeGraph, Stories: storiesOf(path), By: whoDecides(by),
		Log: slog.New(slog.NewTextHandler(e.err, nil))})
}

// storiesOf is the folder of saved maps beside a store.
func storiesOf(path string) string { return strings.TrimSuffix(path, ".kith") + ".stories" }

// whoDecides is the name given, else the user's.
func whoDecides(by string) string {
	if by != "" {
		return by
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "somebody"
}

// stampOf names the state of a store by the sizes and times of its files.
func stampOf(path string) func() string {
	return func() string {
		var b strings.Builder
		for _, name := range []string{path, path + "-wal"} {
			if info, err := os.Stat(name); err == nil {
				fmt.Fprintf(&b, "%d %d ", info.Size(), info.ModTime().UnixNano())
			}
		}
		return b.String()
	}
}

// tools are what reading takes. They are made when the first file comes: who
// only looks does not wait for them, nor holds their memory.
type tools struct {
	reader   *pipeline.Reader
	resolver pipeline.Resolver
}

func (e *env) tools() (*tools, error) {
	reader, err := e.reader()
	if err != nil {
		return nil, err
	}
	model, err := resolve.Load(e.knowledge())
	if err != nil {
		return nil, err
	}
	return &tools{reader, &resolve.Resolver{Model: model}}, nil
}

// uploads reads what comes in over the pages.
type uploads struct {
	store kith.Store
	tools func() (*tools, error)
}

// read reads one file, which may hold several documents (an archive, a
// mailbox), and stores them. The last document stands for all.
func (u *uploads) read(ctx context.Context, name string, content []byte) (serve.ReadResult, error) {
	t, err := u.tools()
	if err != nil {
		return serve.ReadResult{}, err
	}
	items, err := source.Items(ctx, name, bytes.NewReader(content), source.Options{})
	if err != nil {
		return serve.ReadResult{}, err
	}
	var result serve.ReadResult
	var failures []error
	err = pipeline.Ingest(ctx, u.store, t.reader, t.resolver, inputsOf(items, name), func(r pipeline.Report) {
		if r.Err != nil {
			failures = append(failures, r.Err)
			return
		}
		result.Document, result.Title = r.Document, r.Title
		result.Known = !r.Added.New && !r.Added.NewReading
		result.Sentences += r.Sentences
		result.Claims += r.Claims
		result.Hedged += r.Hedged
		result.Skipped += len(r.Skips)
	})
	if err == nil && result.Document == "" && len(failures) == 0 {
		err = fmt.Errorf("read %s: it holds no document: %w", name, kith.ErrInvalid)
	}
	return result, errors.Join(append(failures, err)...)
}

func inputsOf(items []source.Item, name string) iter.Seq[pipeline.Input] {
	return func(yield func(pipeline.Input) bool) {
		for _, item := range items {
			if !yield(pipeline.Input{Document: item.Document, Original: item.Bytes, Name: name}) {
				return
			}
		}
	}
}

// browse opens an address in the user's browser.
func browse(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open the browser: %w; open %s yourself", err, address)
	}
	go func() { _ = cmd.Wait() }()
	return nil
}
