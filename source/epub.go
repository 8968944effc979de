package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"kith"
)

// readEPUB reads a book: the chapters in the order of its spine, as one
// document.
func readEPUB(ctx context.Context, in input) ([]Item, error) {
	z, err := openZip(in.data)
	if err != nil {
		return nil, err
	}
	container, err := part(ctx, in, z, "META-INF/container.xml")
	if err != nil || container == nil {
		return nil, first2(err, invalid("it has no META-INF/container.xml"))
	}
	root := ""
	if err := xmlEvents(ctx, container, func(e xml.StartElement) {
		if e.Name.Local == "rootfile" && root == "" {
			root = xmlAttr(e, "full-path")
		}
	}, func(string) {}, func(string) {}); err != nil {
		return nil, err
	}
	opf, err := part(ctx, in, z, root)
	if err != nil || opf == nil {
		return nil, first2(err, invalid("its package file %s is missing", quoteName(root)))
	}
	var paras []para
	for _, href := range spine(ctx, opf) {
		if decoded, err := url.PathUnescape(href); err == nil {
			href = decoded
		}
		chapter, err := part(ctx, in, z, join(root, href))
		if err != nil {
			return nil, err
		}
		paras = append(paras, chapterText(chapter)...)
	}
	d, err := build(paras)
	if err != nil {
		return nil, err
	}
	meta := &kith.Document{}
	dublinCore(ctx, meta, opf)
	if strings.HasPrefix(meta.Title, "Unknown") {
		meta.Title = ""
	}
	meta.Authors = slices.DeleteFunc(meta.Authors, func(a string) bool { return strings.HasPrefix(a, "Unknown") })
	d.Title, d.Outlet = cmp.Or(meta.Title, d.Title), cmp.Or(meta.Outlet, d.Outlet)
	d.Date = kith.Date(cmp.Or(string(meta.Date), string(d.Date)))
	if len(meta.Authors) > 0 {
		d.Authors = meta.Authors
	}
	return []Item{{Document: d}}, nil
}

func first2(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// spine lists the files of the chapters in reading order.
func spine(ctx context.Context, opf []byte) []string {
	files := map[string]string{}
	var order []string
	_ = xmlEvents(ctx, opf, func(e xml.StartElement) {
		switch e.Name.Local {
		case "item":
			if strings.Contains(xmlAttr(e, "media-type"), "html") {
				files[xmlAttr(e, "id")] = xmlAttr(e, "href")
			}
		case "itemref":
			if file := files[xmlAttr(e, "idref")]; file != "" && len(order) < maxMembers {
				order = append(order, file)
			}
		}
	}, func(string) {}, func(string) {})
	return order
}

func chapterText(data []byte) []para {
	text, _, err := decodeHTML(data)
	if err != nil {
		return nil
	}
	root, err := html.Parse(bytes.NewReader([]byte(text)))
	if err != nil {
		return nil
	}
	dropNoteRefs(root)
	return render(body(root))
}
