package source

import (
	"strings"

	"kith"
)

// para is one block of a marked-up format: its text and what it is.
type para struct {
	text string
	kind kith.BlockKind
}

// build makes a document of paragraphs, a blank line between them: the same
// text and the same marks as if they had stood in a plain text file, and the
// kinds that the format knows besides.
func build(paras []para) (*kith.Document, error) {
	var b strings.Builder
	var known []kith.Block
	for _, p := range paras {
		text := strings.Trim(cleanText(p.text), " \t\n")
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if p.kind != "" {
			known = append(known, kith.Block{Span: kith.Span{Start: b.Len(), End: b.Len() + len(text)}, Kind: p.kind})
		}
		b.WriteString(text)
	}
	if b.Len() == 0 {
		return nil, invalid("it holds no text")
	}
	b.WriteString("\n")
	d, err := plain(b.String())
	if err != nil {
		return nil, err
	}
	overlay(d, known)
	return d, nil
}

// overlay adds the blocks that a format knows; a byline or a caption found in
// the text is kept.
func overlay(d *kith.Document, known []kith.Block) {
	var out []kith.Block
	i := 0
	for _, k := range known {
		for ; i < len(d.Blocks) && d.Blocks[i].End <= k.Start; i++ {
			out = append(out, d.Blocks[i])
		}
		if i < len(d.Blocks) && d.Blocks[i].Overlaps(k.Span) {
			if d.Blocks[i].Span == k.Span && d.Blocks[i].Kind != kith.Byline && d.Blocks[i].Kind != kith.Foreign {
				d.Blocks[i].Kind = k.Kind
			}
			continue
		}
		out = append(out, k)
	}
	d.Blocks = append(out, d.Blocks[i:]...)
}

// cleanText drops what cannot stand in stored text: NUL, carriage returns,
// soft hyphens and bytes that are not UTF-8. Ligatures become their letters.
func cleanText(text string) string {
	text = strings.ToValidUTF8(newlines(text), "�")
	return strings.NewReplacer("\x00", "", "\u00ad", "", "\ufeff", "", "\u00a0", " ",
		"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st").Replace(text)
}
