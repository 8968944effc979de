// Package serve shows a store in a browser: pages rendered by the server, a
// map, a timeline, a reader for documents and forms for decisions. It serves
// loopback addresses only: there are no accounts.
//
// Every page is complete HTML and can be read without JavaScript. Scripts add
// the map, the time slider, live progress and the keyboard.
package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"kith"
	"kith/graph"
)

// Options are what a Server is made of. Store is required.
type Options struct {
	Store kith.Store
	// Read reads one file and stores it. A nil Read turns adding off.
	Read ReadFunc
	// Stories is the folder in which saved maps are kept; "" keeps them in
	// memory until the program ends.
	Stories string
	// Stamp names the state of the store: it gives another text after every
	// change, also by another program. What pages show is kept between
	// requests as long as it stays the same. A nil Stamp keeps only what the
	// store's counts vouch for.
	Stamp func() string
	// Graph opens the snapshot of all ties that an earlier run has left; it may
	// return nil. A nil Graph has none.
	Graph func(ctx context.Context, v kith.View) (*graph.Snapshot, error)
	// By is the name under which decisions are recorded.
	By  string
	Log *slog.Logger
	// MaxUpload limits one request's files, in bytes; 0 means 64 MiB.
	MaxUpload int64
}

// ReadFunc reads the content of one file named name, stores what was read and
// says what that was.
type ReadFunc func(ctx context.Context, name string, content []byte) (ReadResult, error)

// ReadResult is what reading one file gave.
type ReadResult struct {
	Document  kith.DocumentID
	Title     string
	Known     bool // the very same text was there already
	Sentences int
	Claims    int
	Hedged    int
	Skipped   int
}

// Server answers the requests of one store's readers.
type Server struct {
	Options
	pages   *pages
	assets  *assets
	jobs    *jobs
	stories *stories
	charts  kept[*chart]
	fronts  kept[*front]
	queues  kept[*queue]
	net     present
	titles  atomic.Pointer[titles]
	stale   atomic.Bool // what is kept is to be made anew
	warming sync.Mutex
	views   atomic.Int64 // how many were opened
	handler http.Handler
}

// New makes a server of the options.
func New(o Options) (*Server, error) {
	if o.Store == nil {
		return nil, fmt.Errorf("make server: no store given: %w", kith.ErrInvalid)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MaxUpload == 0 {
		o.MaxUpload = 64 << 20
	}
	if o.By == "" {
		o.By = "reader"
	}
	s := &Server{Options: o, jobs: newJobs(), stories: &stories{folder: o.Stories}}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if s.pages, err = parsePages(s.assets); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close stops the reading of files that is still under way.
func (s *Server) Close() { s.jobs.close() }

// Listen opens the address, which must be on a loopback interface: without
// accounts nobody else may reach the store. It returns ErrInvalid otherwise.
func Listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: want HOST:PORT, as in 127.0.0.1:8080: %w", address, kith.ErrInvalid)
	}
	if !isLoopback(host) {
		return nil, fmt.Errorf("listen on %q: only loopback addresses (127.0.0.1, ::1, localhost) are served until there are accounts: %w", address, kith.ErrInvalid)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", address, err)
	}
	return l, nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// Run counts what the start page shows, serves on the listener until the
// context ends, then lets running requests finish for up to five seconds.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	s.ready(ctx)
	s.freshen()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	s.Close()
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving on %s: %w", l.Addr(), err)
	}
	return nil
}
