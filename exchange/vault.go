package exchange

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"kith"
)

func vaultExporter() Exporter {
	return Exporter{Format: format("vault", "Markdown vault (Obsidian)", ".zip", "application/zip", "ids of claims stand in footnotes only", "judgements and decisions"), Files: writeVault}
}

// vault writes a page for each entity and each document, with links between.
type vault struct {
	s     *Selection
	pages map[kith.EntityID]string // page by entity
	docs  map[kith.DocumentID]string
	taken map[string]bool
}

func writeVault(_ context.Context, s *Selection) ([]OutFile, error) {
	v := &vault{s: s, pages: map[kith.EntityID]string{}, docs: map[kith.DocumentID]string{}, taken: map[string]bool{}}
	for i := range s.Entities {
		v.pages[s.Entities[i].ID] = v.page(s.Entities[i].Name, string(s.Entities[i].ID))
	}
	for i := range s.Documents {
		v.docs[s.Documents[i].ID] = v.page(cmp.Or(s.Documents[i].Title, string(s.Documents[i].ID)), string(s.Documents[i].ID))
	}
	byEntity := map[kith.EntityID][]*kith.Claim{}
	for i := range s.Claims {
		for _, ref := range ends(&s.Claims[i]) {
			if list := byEntity[ref.ID]; len(list) == 0 || list[len(list)-1] != &s.Claims[i] {
				byEntity[ref.ID] = append(list, &s.Claims[i])
			}
		}
	}
	files := []OutFile{{"Index.md", v.index()}}
	for i := range s.Entities {
		e := &s.Entities[i]
		files = append(files, OutFile{folderOf(e.Type) + "/" + v.pages[e.ID] + ".md", v.entity(e, byEntity[e.ID])})
	}
	for i := range s.Documents {
		d := &s.Documents[i]
		files = append(files, OutFile{"Documents/" + v.docs[d.ID] + ".md", v.document(d)})
	}
	return files, nil
}

func folderOf(t kith.EntityType) string {
	switch t {
	case kith.Person:
		return "People"
	case kith.Organization:
		return "Organizations"
	case kith.Place:
		return "Places"
	case kith.EventType:
		return "Events"
	}
	return "Groups"
}

// page makes a file name that is safe everywhere and not yet taken.
func (v *vault) page(name, id string) string {
	safe := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|#^[]%`, r) || r == 0x7f || r == '\u202e' {
			return ' '
		}
		return r
	}, name))
	safe = strings.Trim(strings.Join(strings.Fields(safe), " "), ". ")
	if runes := []rune(safe); len(runes) > 80 {
		safe = strings.TrimSpace(string(runes[:80]))
	}
	if safe == "" {
		safe = id
	}
	if v.taken[strings.ToLower(safe)] {
		safe += " (" + id + ")"
	}
	v.taken[strings.ToLower(safe)] = true
	return safe
}

// md escapes what Markdown or HTML would take for markup.
func md(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", ">", "&gt;", "#", `\#`, "|", `\|`, "\n", " ", "$", `\$`, "~", `\~`, "=", `\=`, "%", `\%`).Replace(s)
}

func (v *vault) link(ref kith.EntityRef) string {
	if page := v.pages[ref.ID]; page != "" {
		if name := v.s.nameOf(ref); page != name {
			return fmt.Sprintf("[[%s|%s]]", page, strings.NewReplacer("[", "(", "]", ")", "|", "/", "\n", " ", "<", "‹", ">", "›").Replace(name))
		}
		return "[[" + page + "]]"
	}
	return md(ref.Name)
}

func (v *vault) index() []byte {
	var b strings.Builder
	b.WriteString("# Index\n")
	for _, t := range []kith.EntityType{kith.Person, kith.Organization, kith.Place, kith.EventType, kith.Group} {
		var names []string
		for i := range v.s.Entities {
			if e := &v.s.Entities[i]; e.Type == t {
				names = append(names, "- "+v.link(e.Ref()))
			}
		}
		if len(names) > 0 {
			slices.Sort(names)
			fmt.Fprintf(&b, "\n## %s\n\n%s\n", folderOf(t), strings.Join(names, "\n"))
		}
	}
	return []byte(b.String())
}

// entity writes the page of an entity: what is said of it, each line with its
// quote as a footnote. Hedged, planned and denied lines say so.
func (v *vault) entity(e *kith.Entity, claims []*kith.Claim) []byte {
	var b, notes strings.Builder
	fmt.Fprintf(&b, "---\nid: %s\ntype: %s\n", e.ID, e.Type)
	if len(e.Aliases) > 0 {
		fmt.Fprintf(&b, "aliases: [%s]\n", strings.Join(quoteAll(e.Aliases), ", "))
	}
	for _, scheme := range sortedKeys(e.Identifiers) {
		fmt.Fprintf(&b, "%s: %s\n", yamlKey(scheme), quoteYAML(oneLine(e.Identifiers[scheme])))
	}
	fmt.Fprintf(&b, "---\n\n# %s\n\n", md(e.Name))
	for i, c := range claims {
		fmt.Fprintf(&b, "- %s[^%d]\n", v.line(c), i+1)
		fmt.Fprintf(&notes, "[^%d]: “%s” %s `%s`\n", i+1, md(c.Evidence.Quote), v.source(c), c.ID)
	}
	return []byte(b.String() + "\n" + notes.String())
}

func yamlKey(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, s)
}

// line is a claim with links: who, what, whom, when, and how sure.
func (v *vault) line(c *kith.Claim) string {
	text := v.link(c.Subject) + " " + md(v.s.label(c.Predicate))
	if c.Negated {
		text = v.link(c.Subject) + " **did not:** " + md(v.s.label(c.Predicate))
	}
	if c.Value != "" {
		text += " " + md(c.Value)
	}
	if c.Object != nil {
		text += " " + v.link(*c.Object)
	}
	if c.Qualifiers.Third != nil {
		text += " (" + v.link(*c.Qualifiers.Third) + ")"
	}
	var details []string
	for i, value := range qualifierValues(c.Qualifiers) {
		if value != "" {
			details = append(details, qualifierNames[i]+": "+md(value))
		}
	}
	if t := timeText(c.Time); t != "" {
		details = append(details, t)
	}
	if c.Modality != kith.Asserted {
		details = append(details, "*"+string(c.Modality)+"*")
	}
	if who := says(c); who != "" {
		details = append(details, "according to "+md(who))
	}
	if len(details) > 0 {
		text += " — " + strings.Join(details, ", ")
	}
	return text
}

func timeText(t kith.Time) string {
	switch {
	case t.From == "" && t.To == "":
		return ""
	case t.From == t.To:
		return string(t.From)
	case t.From == "":
		return "until " + string(t.To)
	case t.To == "":
		return "since " + string(t.From)
	}
	return string(t.From) + " to " + string(t.To)
}

func (v *vault) source(c *kith.Claim) string {
	page, d := v.docs[c.Evidence.Document], v.s.document[c.Evidence.Document]
	if page == "" || d == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("[[%s]] %s", page, md(strings.Trim(d.Outlet+", "+string(d.Date), ", "))))
}

func (v *vault) document(d *kith.DocumentInfo) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "---\nid: %s\n", d.ID)
	for _, f := range [][2]string{{"outlet", d.Outlet}, {"date", string(d.Date)}, {"address", d.Address}, {"path", d.Path}, {"added", stamp(d.Added)}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", f[0], quoteYAML(oneLine(f[1])))
		}
	}
	fmt.Fprintf(&b, "---\n\n# %s\n\n", md(cmp.Or(d.Title, string(d.ID))))
	if len(d.Authors) > 0 {
		fmt.Fprintf(&b, "By %s.\n\n", md(strings.Join(d.Authors, ", ")))
	}
	for i := range v.s.Claims {
		if c := &v.s.Claims[i]; c.Evidence.Document == d.ID {
			fmt.Fprintf(&b, "- %s\n", v.line(c))
		}
	}
	return []byte(b.String())
}
