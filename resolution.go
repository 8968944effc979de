package kith

// Trait is one thing known of an entity that resolution compares: a name, an
// office, a year, an employer. Kinds are named by the resolver.
type Trait struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Count int    `json:"count"` // how many documents say so
}

// TraitKey is the kind of the traits by which candidates are looked up: two
// entities that share no key are never compared.
const TraitKey = "key"

// Profile is what resolution knows of an entity: of a local one before it is
// matched, of a cluster afterwards.
type Profile struct {
	Entity    EntityID
	Name      string
	Type      EntityType
	Documents int
	Traits    []Trait
}

// Matching is a store in the middle of resolving one document.
type Matching interface {
	// Reading returns the newest reading of the document, without the
	// original bytes.
	Reading() *Reading
	// Candidates returns the profiles of at most limit clusters of other
	// documents that share a key with keys, those that share rarer keys
	// first. Keys that more than limit clusters share are left out.
	Candidates(keys []string, limit int) ([]Profile, error)
	// Settled returns the cluster of a local entity of the document where it
	// has one beyond itself, or "".
	Settled(local EntityID) (EntityID, error)
	// Apart reports whether a decision or a judgement keeps the clusters of
	// the two entities apart.
	Apart(a, b EntityID) (bool, error)
}

// Foreseeing is a Matching that can look up at once what Candidates will be
// asked for one by one.
type Foreseeing interface {
	// Foresee prepares calls of Candidates with each of the lists of keys and
	// the same limit, and makes those with the lists of later cheaper. It
	// changes none of their answers.
	Foresee(keys, later [][]string, limit int) error
}

// Matched is what matching one document gave: the traits of its entities and
// judgements about them.
type Matched struct {
	Profiles   []Profile
	Judgements []Judgement
}
