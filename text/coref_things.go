package text

import (
	"strings"
	"unicode/utf8"

	"kith"
)

// thing is an organisation, place, event or group that the document names.
type thing struct {
	key     uint32
	kinds   kith.EntityType
	words   int
	initial uint32 // hash of its initials, 0 for names of one word
	cluster int
}

// things gathers the names that are not persons'. Equal names are one thing;
// short forms are found afterwards.
func (r *resolver) things() {
	for m := range r.refs {
		ref := &r.refs[m]
		if ref.kind != refName || ref.kinds == kith.Person {
			continue
		}
		r.thingOf[m] = r.addThing(m)
	}
	r.acronyms()
	r.shortNames()
}

// nameWords returns the tokens of a name without article and company form.
func (r *resolver) nameWords(n kith.Name) (int, int) {
	first, last := n.First, n.Last
	if last-first > 1 && strings.EqualFold(r.a.Word(first), "the") {
		first++
	}
	for last-first > 1 && (companyForm(r.a.Word(last-1)) || r.a.Tokens[last-1].Tag == kith.PUNCT) {
		last--
	}
	return first, last
}

func companyForm(word string) bool {
	switch strings.Trim(strings.ToLower(word), ".,") {
	case "inc", "llc", "ltd", "plc", "corp", "corporation", "co", "company", "gmbh", "ag", "sa", "nv", "lp", "llp", "limited", "incorporated":
		return true
	}
	return false
}

func (r *resolver) addThing(m int) int32 {
	n := r.a.Names[r.refs[m].name]
	first, last := r.nameWords(n)
	key := r.phraseOf(first, last)
	if i := r.findThing(key, n.Type); i >= 0 {
		return int32(i)
	}
	t := thing{key: key, kinds: n.Type, words: last - first, cluster: -1}
	if last-first > 1 {
		t.initial = r.initials(first, last)
	}
	r.allThings = append(r.allThings, t)
	r.byKey.add(key)
	r.thingAt = append(r.thingAt, int32(len(r.allThings)-1))
	return int32(len(r.allThings) - 1)
}

// findThing finds the thing of that key. Kinds may differ, since names of one
// form are typed by their surroundings ("Chile" that acts, "Chile" where one
// goes), but an event is never a place.
func (r *resolver) findThing(key uint32, kind kith.EntityType) int {
	for i := r.byKey.first(key); i >= 0; i = r.byKey.next(i) {
		t := r.thingAt[i]
		if have := r.allThings[t].kinds; (have == kith.EventType) == (kind == kith.EventType) {
			return int(t)
		}
	}
	return -1
}

func (r *resolver) phraseOf(first, last int) uint32 {
	h := uint32(0)
	for i := first; i < last; i++ {
		word := r.a.Word(i)
		if strings.Contains(word, ".") && len(word) > 1 {
			word = strings.ReplaceAll(word, ".", "")
		}
		h = phraseHash(h, hashWord(word))
	}
	return h
}

// initials digests the capitals of a name as an acronym would write them.
func (r *resolver) initials(first, last int) uint32 {
	var letters [16]byte
	n := 0
	for i := first; i < last; i++ {
		c, _ := utf8.DecodeRuneInString(r.a.Word(i))
		if c >= 'A' && c <= 'Z' && n < len(letters) {
			letters[n] = byte(c)
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return phraseHash(0, hashWord(string(letters[:n])))
}

// acronyms joins names with the acronyms that stand for them: those given in
// brackets after the name, and those that spell its initials.
func (r *resolver) acronyms() {
	table := newChainTable(len(r.allThings))
	for i := range r.allThings {
		table.add(r.allThings[i].initial)
	}
	for m := range r.refs {
		if r.thingOf[m] < 0 {
			continue
		}
		n := r.a.Names[r.refs[m].name]
		if r.bracketed(n) && m > 0 {
			if full := r.nameBefore(m, n.First-1); full >= 0 && r.allThings[full].words > 1 {
				if t := r.thingOf[m]; r.root(t) == t { // else it is another body's already
					r.join(t, full)
				}
				continue
			}
		}
		short := &r.allThings[r.thingOf[m]]
		if short.words != 1 || !acronymWord(r.a.Word(n.First)) {
			continue
		}
		if full := table.first(short.key); full >= 0 && short.key != 0 {
			r.join(r.thingOf[m], int32(full))
		}
	}
}

func acronymWord(word string) bool {
	upper := 0
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c >= 'A' && c <= 'Z':
			upper++
		case c != '.':
			return false
		}
	}
	return upper >= 2
}

func (r *resolver) bracketed(n kith.Name) bool {
	return n.First > 0 && n.Last < len(r.a.Tokens) && n.Last-n.First == 1 &&
		r.a.Word(n.First-1) == "(" && r.a.Word(n.Last) == ")" && acronymWord(r.a.Word(n.First))
}

// nameBefore finds the thing whose name ends right before a token.
func (r *resolver) nameBefore(m, token int) int32 {
	for k := m - 1; k >= max(0, m-6); k-- {
		if r.thingOf[k] >= 0 && r.a.Names[r.refs[k].name].Last == token {
			return r.thingOf[k]
		}
	}
	return -1
}

// join makes one thing stand for another from now on.
func (r *resolver) join(from, to int32) {
	if from = r.root(from); from != r.root(to) {
		r.stands[from] = r.root(to)
	}
}

func (r *resolver) root(t int32) int32 {
	for int(t) < len(r.stands) && r.stands[t] != t {
		t = r.stands[t]
	}
	return t
}

// shortNames joins organisations of one word with the only longer name in the
// document that begins or ends with it: "Meridian" with "Meridian Holdings",
// "the Courier" with the "Port Leland Courier".
func (r *resolver) shortNames() {
	starts, ends := newChainTable(len(r.allThings)), newChainTable(len(r.allThings))
	owners := make([]int32, 0, len(r.allThings))
	seen := make([]bool, len(r.allThings))
	for m := range r.refs {
		t := r.thingOf[m]
		if t < 0 || seen[t] || r.allThings[t].words < 2 || r.allThings[t].kinds != kith.Organization {
			continue
		}
		seen[t] = true
		first, last := r.nameWords(r.a.Names[r.refs[m].name])
		starts.add(phraseHash(0, hashWord(r.a.Word(first))))
		ends.add(phraseHash(0, hashWord(r.a.Word(last-1))))
		owners = append(owners, t)
	}
	for m := range r.refs {
		t := r.thingOf[m]
		if t < 0 || r.allThings[t].words != 1 || r.allThings[t].kinds != kith.Organization || r.root(t) != t {
			continue
		}
		if full := onlyOwner(&starts, owners, r.allThings[t].key); full >= 0 {
			r.join(t, full)
		} else if full := onlyOwner(&ends, owners, r.allThings[t].key); full >= 0 {
			r.join(t, full)
		}
	}
}

// onlyOwner returns the one owner of a key, -1 where there are none or more.
func onlyOwner(table *chainTable, owners []int32, key uint32) int32 {
	i := table.first(key)
	if i < 0 {
		return -1
	}
	for k := table.next(i); k >= 0; k = table.next(k) {
		if owners[k] != owners[i] {
			return -1
		}
	}
	return owners[i]
}
