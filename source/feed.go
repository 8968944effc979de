package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"kith"
)

// maxEntries is how many entries of one feed are read.
const maxEntries = 5000

// readFeed reads an RSS, Atom or JSON feed: each entry with text is a
// document.
func readFeed(ctx context.Context, in input) ([]Item, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(in.data))
	if err != nil {
		return nil, invalid("its feed is damaged: %v", err)
	}
	if len(feed.Items) > maxEntries {
		feed.Items = feed.Items[:maxEntries]
	}
	var items []Item
	var errs []error
	for i, entry := range feed.Items {
		if ctx.Err() != nil {
			return items, ctx.Err()
		}
		name := fmt.Sprintf("%s#%d", in.name, i+1)
		d, err := feedEntry(feed, entry)
		if err != nil {
			errs = append(errs, &Error{name, err})
			continue
		}
		d.Path = name
		items = append(items, Item{Document: d, Bytes: []byte(cmp.Or(entry.Content, entry.Description))})
	}
	return items, errors.Join(errs...)
}

func feedEntry(feed *gofeed.Feed, entry *gofeed.Item) (*kith.Document, error) {
	root, err := html.Parse(strings.NewReader(cmp.Or(entry.Content, entry.Description)))
	if err != nil {
		return nil, invalid("its markup cannot be parsed: %v", err)
	}
	paras := render(body(root))
	if len(paras) == 0 {
		return nil, invalid("the entry holds no text")
	}
	title := squash(cleanText(entry.Title))
	d, err := build(append([]para{{title, kith.Heading}}, paras...))
	if err != nil {
		return nil, err
	}
	d.Title, d.Outlet = cmp.Or(title, d.Title), cmp.Or(squash(cleanText(feed.Title)), d.Outlet)
	for _, author := range entry.Authors {
		if author != nil && author.Name != "" && len(d.Authors) == 0 {
			d.Authors = splitNames(squash(cleanText(author.Name)))
		}
	}
	for _, t := range []*time.Time{entry.PublishedParsed, entry.UpdatedParsed} {
		if t != nil && d.Date == "" {
			d.Date = dateOf(*t)
		}
	}
	if IsAddress(entry.Link) {
		d.Address = entry.Link
	}
	if entry.GUID != "" {
		d.Meta = map[string]string{"guid": cleanText(entry.GUID)}
	}
	return d, nil
}
