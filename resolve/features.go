package resolve

// feature is one thing on which two records agree or differ.
type feature uint8

// The features of the comparison of people. Those of context serve for other
// kinds, too.
const (
	bias feature = iota
	givenSame
	givenNick
	givenInitial
	givenMiddle // one's given name is the other's middle name
	givenVariant
	givenMissing
	givenDifferent
	familySame
	familyPart // one part of a compound
	familyVariant
	familyDifferent
	middleSame
	middleInitial
	middleConflict
	suffixSame
	suffixConflict
	suffixOfOne // one is called junior, senior or the third, the other is not
	bareSame    // both are known by one and the same uncommon word
	reordered
	rareName
	longName // three or more words alike
	birthSame
	birthYear
	birthConflict
	genderConflict
	placeSame
	placeConflict
	partySame
	partyConflict
	officeSame
	yearsNear
	yearsFar
	workSame
	companySame
	kinSame
	idSame
	idConflict
	nameSame // things
	acronymSame
	acronymLikely
	whenSame
	whenConflict
	hostSame
	hostConflict
	kindSame // of events without a name of their own
	daySame
	forSame
	guestSame
	featureCount
)

var featureNames = [featureCount]string{"prior", "same given name", "nickname", "initial", "middle name used", "similar given name",
	"only one name", "other given name", "same family name", "part of the family name", "similar family name", "other family name",
	"same middle name", "same middle initial", "other middle name", "same suffix", "other suffix", "suffix of one", "same bare name", "same words in another order",
	"rare name", "long name alike", "same birth date", "same birth year", "other birth date", "other gender", "same place",
	"other place", "same party", "other party", "same office", "near in time", "far in time", "same body", "same people nearby",
	"same relative", "same identifier", "other identifier", "same name", "same acronym", "likely acronym", "same time", "other time", "same host",
	"other host", "same kind of event", "same day", "for the same", "same guest"}

func (f feature) String() string { return featureNames[f] }

// Features is how many features there are.
const Features = int(featureCount)

// Values holds how much of each feature a pair has, 0 to 1 (company and body
// up to 3).
type Values [featureCount]float64
