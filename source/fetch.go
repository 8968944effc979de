package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"sync"
	"syscall"
	"time"

	"github.com/temoto/robotstxt"

	"kith"
)

// Limits of fetching addresses.
const (
	maxFetch     = 50 << 20 // bytes of one answer
	maxRedirects = 5
	fetchTimeout = 30 * time.Second
	politeness   = time.Second // between two requests to one host
	maxRobots    = 512 << 10
)

// UserAgent is how kith names itself to web servers.
const UserAgent = "kith/" + kith.Version + " (reads single pages on a person's request)"

// fetcher fetches addresses: politely, within limits, never from private
// networks.
type fetcher struct {
	client *http.Client
	mu     sync.Mutex
	last   map[string]time.Time
	robots map[string]*robotstxt.Group
	pause  time.Duration
}

var defaultFetcher = newFetcher(isPublic, politeness)

// newFetcher makes a fetcher. The address of each connection is checked as
// it is made, so that neither a redirect nor a name that resolves otherwise
// the second time reaches a private network.
func newFetcher(allowed func(netip.Addr) bool, pause time.Duration) *fetcher {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil || !allowed(ap.Addr().Unmap()) {
			return invalid("%s is a private or local address, which kith does not read", address)
		}
		return nil
	}}
	f := &fetcher{last: map[string]time.Time{}, robots: map[string]*robotstxt.Group{}, pause: pause}
	f.client = &http.Client{
		Timeout:   fetchTimeout,
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 20 * time.Second, MaxResponseHeaderBytes: 1 << 20, DisableKeepAlives: true},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return invalid("it redirects more than %d times", maxRedirects)
			}
			if via[0].URL.Scheme == "https" && r.URL.Scheme != "https" {
				return invalid("it redirects from https to %s", r.URL.Scheme)
			}
			return f.mayFetch(r.Context(), r.URL)
		},
	}
	return f
}

// isPublic reports whether an address lies in the public internet.
func isPublic(a netip.Addr) bool {
	if !a.IsValid() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || a.IsInterfaceLocalMulticast() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// reserved are the blocks of the IANA special-purpose registries that the
// methods of netip.Addr do not name.
var reserved = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10")}

// Fetch reads a web address. The document keeps the address, the moment of
// fetching and, in Original, the hash of the copy.
func Fetch(ctx context.Context, address string, o Options) ([]Item, error) {
	items, err := defaultFetcher.read(ctx, address, o)
	if err != nil {
		return items, named(address, err)
	}
	return items, nil
}

func (f *fetcher) read(ctx context.Context, address string, o Options) ([]Item, error) {
	data, final, kind, err := f.get(ctx, address)
	if err != nil {
		return nil, err
	}
	if format, ok := formatOfMIME(kind); ok && o.Format == "" {
		o.Format = format
	}
	o.Address = final.String()
	items, err := Items(ctx, path.Join(final.Host, final.Path), bytes.NewReader(data), o)
	for _, item := range items {
		d := item.Document
		if d.Meta == nil {
			d.Meta = map[string]string{}
		}
		d.Meta["fetched"] = time.Now().UTC().Format(time.RFC3339)
		d.Path = address
	}
	return items, err
}

// get fetches the bytes at an address and says where they came from in the
// end and of which media type they are.
func (f *fetcher) get(ctx context.Context, address string) ([]byte, *url.URL, string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return nil, nil, "", invalid("it is not an address that kith fetches (https://host/path)")
	}
	if err := f.mayFetch(ctx, u); err != nil {
		return nil, nil, "", err
	}
	response, err := f.do(ctx, u)
	if err != nil {
		return nil, nil, "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, nil, "", invalid("the server answered %s", response.Status)
	}
	data, err := readAll(ctx, response.Body, maxFetch)
	return data, response.Request.URL, response.Header.Get("Content-Type"), err
}

func (f *fetcher) do(ctx context.Context, u *url.URL) (*http.Response, error) {
	if err := f.wait(ctx, u.Host); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, invalid("%v", err)
	}
	request.Header.Set("User-Agent", UserAgent)
	request.Header.Set("Accept", "text/html,application/xhtml+xml,application/pdf,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.5")
	response, err := f.client.Do(request)
	var urlErr *url.Error
	if errors.As(err, &urlErr) {
		err = urlErr.Err
	}
	return response, err
}

// wait keeps requests to one host apart.
func (f *fetcher) wait(ctx context.Context, host string) error {
	f.mu.Lock()
	at := f.last[host].Add(f.pause)
	if now := time.Now(); at.Before(now) {
		at = now
	}
	f.last[host] = at
	f.mu.Unlock()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(at)):
		return nil
	}
}

// mayFetch asks the host's robots.txt (RFC 9309). A host without one allows
// everything; one whose server fails allows nothing.
func (f *fetcher) mayFetch(ctx context.Context, u *url.URL) error {
	site := u.Scheme + "://" + u.Host
	f.mu.Lock()
	group, known := f.robots[site]
	f.mu.Unlock()
	if !known {
		var err error
		if group, err = f.fetchRobots(ctx, site); err != nil {
			return err
		}
		f.mu.Lock()
		f.robots[site] = group
		f.mu.Unlock()
	}
	if group != nil && !group.Test(u.EscapedPath()) {
		return invalid("the robots.txt of %s asks not to read it", u.Host)
	}
	return nil
}

func (f *fetcher) fetchRobots(ctx context.Context, site string) (*robotstxt.Group, error) {
	u, err := url.Parse(site + "/robots.txt")
	if err != nil {
		return nil, invalid("%v", err)
	}
	plain := *f.client
	plain.CheckRedirect = func(_ *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return http.ErrUseLastResponse
		}
		return nil
	}
	response, err := (&fetcher{client: &plain, last: f.last, pause: 0}).do(ctx, u)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxRobots))
	data, err := robotstxt.FromStatusAndBytes(response.StatusCode, body)
	if err != nil {
		return nil, fmt.Errorf("read robots.txt: %w", err)
	}
	return data.FindGroup("kith"), nil
}

// formatOfMIME names the format of a media type.
func formatOfMIME(contentType string) (string, bool) {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", false
	}
	for _, f := range Formats() {
		for _, m := range f.MIME {
			if m == kind {
				return f.Name, true
			}
		}
	}
	return "", false
}
