package kith

// Tag is a universal part of speech (Universal Dependencies v2).
type Tag uint8

// The universal parts of speech. The zero Tag is "not tagged".
const (
	NoTag Tag = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	X
	TagCount
)

var tagNames = [TagCount]string{"_", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
	"PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"}

func (t Tag) String() string { return tagNames[t] }

// ParseTag returns the tag of that name, and NoTag where there is none.
func ParseTag(name string) Tag { return Tag(index(tagNames[:], name)) }

// XTag is a Penn Treebank part of speech, an index into XTagNames.
type XTag uint8

// XTagNames lists the Penn Treebank tags that the treebanks use.
var XTagNames = []string{"_", "NN", "IN", "DT", "NNP", "JJ", "PRP", ".", "RB", ",", "NNS", "VB", "CC", "VBP", "VBD",
	"VBZ", "VBN", "CD", "VBG", "TO", "PRP$", "MD", "UH", ":", "WDT", "-RRB-", "-LRB-", "WRB", "``", "''", "WP", "RP",
	"HYPH", "POS", "NNPS", "JJR", "JJS", "EX", "RBR", "FW", "SYM", "NFP", "ADD", "PDT", "GW", "$", "RBS", "LS", "AFX", "WP$"}

func (t XTag) String() string { return XTagNames[t] }

// ParseXTag returns the tag of that name, and 0 where there is none.
func ParseXTag(name string) XTag { return XTag(index(XTagNames, name)) }

// Rel is a universal dependency relation with its subtype, an index into
// RelNames.
type Rel uint8

// The relations that code names. Others are reached through ParseRel.
const (
	NoRel Rel = iota
	Root
	Punct
	Case
	Det
	Nsubj
	Advmod
	Amod
	Obj
	Obl
	Conj
	Nmod
	CC
	Mark
	Compound
	Aux
	Cop
	Advcl
	NmodPoss
	Xcomp
	AclRelcl
	Flat
	Ccomp
	Acl
	Parataxis
	Nummod
	AuxPass
	Appos
	NsubjPass
	Discourse
	OblUnmarked
	NmodUnmarked
	CompoundPrt
	Expl
	Fixed
	Iobj
	List
	Reparandum
	OblAgent
	Dep
	Csubj
	NmodDesc
	NsubjOuter
	AdvclRelcl
	DetPredet
	Vocative
	Goeswith
	CCPreconj
	Orphan
	Dislocated
	CsubjPass
	CsubjOuter
	RelCount
)

// RelNames holds the name of each relation, as the treebanks write it.
var RelNames = [RelCount]string{"_", "root", "punct", "case", "det", "nsubj", "advmod", "amod", "obj", "obl", "conj",
	"nmod", "cc", "mark", "compound", "aux", "cop", "advcl", "nmod:poss", "xcomp", "acl:relcl", "flat", "ccomp", "acl",
	"parataxis", "nummod", "aux:pass", "appos", "nsubj:pass", "discourse", "obl:unmarked", "nmod:unmarked",
	"compound:prt", "expl", "fixed", "iobj", "list", "reparandum", "obl:agent", "dep", "csubj", "nmod:desc",
	"nsubj:outer", "advcl:relcl", "det:predet", "vocative", "goeswith", "cc:preconj", "orphan", "dislocated",
	"csubj:pass", "csubj:outer"}

func (r Rel) String() string { return RelNames[r] }

// ParseRel returns the relation of that name, and NoRel where there is none.
func ParseRel(name string) Rel { return Rel(index(RelNames[:], name)) }

func index(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return 0
}
