package extract

import "strings"

// wordList is a list of words, each at its place, found by hash.
type wordList struct {
	words  []string
	slots  []int32 // hash → 1 + place in words, 0 for none; open addressing
	starts uint64  // bits of the first bytes of the words
	sizes  uint64  // bits of their lengths
}

// listOf makes a list of words; of equal ones the first counts.
func listOf(list []string) *wordList {
	size := 4
	for size < 2*len(list) {
		size *= 2
	}
	l := &wordList{words: list, slots: make([]int32, size)}
	for i, w := range list {
		starts, sizes := sketch(w)
		l.starts, l.sizes = l.starts|starts, l.sizes|sizes
		if at := l.slot(w); *at == 0 {
			*at = int32(i + 1)
		}
	}
	return l
}

// slot is the place in slots of a word, or the free one where it would stand.
func (l *wordList) slot(w string) *int32 {
	mask := uint32(len(l.slots) - 1)
	for h := hashOf(w); ; h++ {
		if at := &l.slots[h&mask]; *at == 0 || l.words[*at-1] == w {
			return at
		}
	}
}

// find is the place of a word in the list, or -1.
func (l *wordList) find(w string) int {
	if starts, sizes := sketch(w); l.starts&starts == 0 || l.sizes&sizes == 0 {
		return -1
	}
	return int(*l.slot(w)) - 1
}

// sketch is a bit of the first byte and one of the length of a word, which
// tell most words that a list does not hold.
func sketch(w string) (start, size uint64) {
	if w == "" {
		return 1, 1
	}
	return 1 << (w[0] & 63), 1 << min(len(w), 63)
}

// hashOf digests the length of a word and four of its bytes.
func hashOf(w string) uint32 {
	n := len(w)
	if n == 0 {
		return 0
	}
	h := uint32(n)<<24 ^ uint32(w[0])<<16 ^ uint32(w[n/3])<<8 ^ uint32(w[n/2])<<12 ^ uint32(w[n-1])
	h *= 0x9e3779b1
	return h ^ h>>15
}

// in reports whether a list holds the word.
func in(list *wordList, w string) bool { return list.find(w) >= 0 }

// words makes a list of the words of a text.
func words(s string) *wordList { return listOf(strings.Fields(s)) }

// Verbs by what they do to the clause around them. These are facts of English
// grammar; the words that name relationships are in data/predicates.
var (
	// objectControl: the object is the subject of the clause that completes them.
	objectControl = words(`advise allow appoint ask assign authorize beg cause challenge choose coach command commission
		compel convince dare direct elect empower enable encourage engage enlist entice expect force get groom have help
		hire implore induce inspire instruct invite lead let lobby make motivate name nominate oblige order permit
		need persuade pick press pressure prompt push recruit remind request require select send summon task teach tell
		tempt train urge want warn`)
	// givingVerbs carry a noun whose giver is their subject: "gave her backing".
	givingVerbs = words(`add announce assure bring cast confirm declare deliver direct do extend express file flash give grant
		have hold host hurl issue launch lend level lob make mount offer pay place pledge play proclaim promise provide
		publish put raise reaffirm reiterate renew repeat send serve signal stage state supply swing take tender throw tweet
		voice wage withdraw withhold`)
	// receivingVerbs carry a noun whose receiver is their subject: "won the backing of".
	receivingVerbs = words(`accept attract boast claim collect command draw earn enjoy face gain garner gather get have land lose
		obtain pick receive secure snag suffer take tout win`)
	// standingVerbs take a noun with a preposition: "came out in support of".
	standingVerbs = words(`appear be come join speak stand step rally write`)
	havingVerbs   = words(`adopt bear have leave raise`) // of kin: "they had one son"
	// ownDoings are predicates by which people do something to what is theirs;
	// nobody chairs or funds what the text calls theirs.
	ownDoings = words(`attended founded hosted owns spoke_at`)
	// speechNouns are occasions of the verb's subject: "said in a speech at".
	speechNouns = words(`address contact conversation eulogy interview keynote lecture remark remarks sermon speech statement talk talks
		toast touch`)
	// contactNouns are contacts of the clause's subject.
	contactNouns = words(`breakfast call chat conversation correspondence dinner discussion email letter lunch luncheon meeting memo message
		negotiation note phone-call session summit telegram`)
	// vagueNouns name nobody in particular.
	vagueNouns   = words(`man men member members one ones other others people person persons some woman women`)
	entitling    = words(`baptize call christen dub entitle name title`)
	servingVerbs = words(`act appear begin continue double finish function join remain resign retire return rise sit start stay
		step work serve succeed replace follow`)
	becomingVerbs = words(`be become remain stay`)
	namingVerbs   = words(`anoint appoint choose confirm crown designate elect elevate employ enlist hire install install
		make name nominate pick promote reappoint recruit reelect retain select swear tap`)
	// quantityNouns head phrases that count or measure what follows "of".
	quantityNouns = words(`all any bit both bunch couple dozen each fraction half handful host hundred lot majority million
		minority most none number one part percent plenty portion quarter range rest series share some thousand third total
		trio two three four pair variety`)
	// schoolWords and partyWords mark names of schools and of political parties.
	schoolWords = words(`academy college conservatory gymnasium institute kindergarten lyceum mit polytechnic school seminary ucla
		universidad universitat université university`)
	streetWords       = words(`avenue boulevard drive hill lane quay road row square street way`)
	organizationWords = words(`agency association authority bank board bureau chamber church clinic club college commission committee
		company conservatory council department foundation fund gazette group herald hospital inc institute institution laboratory
		library llc ltd ministry museum news newspaper office organization party post press school seminary senate society studio
		theatre theater times tribune courier trust union university dispatch daily journal`)
	partyWords = words(`alliance anc bloc christian coalition congress conservative conservatives democratic democrats democrat fdp gop
		green greens labor labour league liberal liberals movement national nationalist party people's plaid platform progressive
		republican republicans reform sinn snp socialist socialists spd tory tories cdu csu ukip union unionist whig workers'`)
)
