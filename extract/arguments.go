package extract

import "kith"

// Argument is an argument of a verb in the predicate–argument layer: its role
// as patterns name it ("subj", "obj", "to") and the head of its words.
type Argument struct {
	Role  string
	Token int
}

// Arguments lists the arguments of each of some verbs, the nearest first.
func (s *Stage) Arguments(a *kith.Analysis, verbs []int) [][]Argument {
	r := &reader{index: s.index, lex: s.lex, ontology: s.ontology}
	r.grow(a)
	r.locate()
	r.tidy()
	r.aliases()
	out := make([][]Argument, len(verbs))
	for i, v := range verbs {
		r.args = r.bufs[0][:0]
		f := r.verbFrame(v)
		for far := uint8(0); far < 3; far++ {
			for _, arg := range f.args {
				if arg.far == far {
					out[i] = append(out[i], Argument{arg.name(), arg.tok})
				}
			}
		}
	}
	return out
}

// name is the argument's role as patterns write it; "" for one that they do
// not name beside a verb.
func (a *arg) name() string {
	switch a.role {
	case rSubj:
		return "subj"
	case rObj:
		return "obj"
	case rIobj:
		return "iobj"
	case rComp:
		return "comp"
	case rPrep:
		return a.prep
	}
	return ""
}
