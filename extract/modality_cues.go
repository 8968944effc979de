package extract

import "strings"

// The cue lexicon of certainty. Each list holds lemmas; what they govern is in
// brackets.
var (
	// planningVerbs make what they govern a plan: declared, pledged, decided,
	// scheduled, wanted.
	planningVerbs = lemmaSet(`agree aim announce anticipate arrange choose declare decide design determine elect guarantee intend look mean move name nominate
		offer opt pick plan pledge prepare promise propose resolve schedule select set slate swear tap threaten undertake volunteer vow want`)
	// announcingVerbs tell of their object as of a fact, and of an infinitive
	// or a future clause as of a plan.
	announcingVerbs = lemmaSet(`announce declare decide agree elect offer choose call confirm set move mean ready look propose`)
	// hedgingVerbs leave open whether what they govern is so.
	hedgingVerbs = lemmaSet(`advise ask assume attempt beg believe challenge consider contemplate counsel dare debate demand discuss doubt
		dream encourage entertain entice envisage envision estimate expect explore eye fantasize favor favour fear flirt float
		forecast guess hesitate hint hope imagine implore insinuate invite lobby mull mull_over poise ponder position predict
		prefer press pressure presume project purport reckon recommend request require rumor rumour seek seem appear speculate
		strive struggle suggest suppose suspect tease tempt think tip tout toy try urge warn weigh wish wonder`)
	// passiveHedges are verbs of saying and thinking whose passive hedges:
	// "is said to".
	passiveHedges = lemmaSet(`allege anticipate assume believe consider estimate expect forecast hear predict presume project purport repute
		report rumor rumour say suppose suspect think tip tout understand`)
	// negatingVerbs say that what they govern did not happen or is not so.
	negatingVerbs = lemmaSet(`abstain avoid cease decline deny disavow disclaim dismiss dispute fail forgo forego forget neglect omit rebut
		refrain refuse refute reject rule_out skip`)
	// loweringVerbs pass their own negation down: "does not plan to" is a
	// plan not to.
	loweringVerbs = lemmaSet(`plan intend want expect think believe seem appear suppose go decide mean propose look wish schedule`)
	// hedgingAdverbs leave open what they modify.
	hedgingAdverbs = lemmaSet(`reportedly allegedly apparently possibly perhaps probably likely maybe purportedly supposedly presumably
		potentially seemingly conceivably arguably ostensibly rumoredly evidently theoretically hypothetically tentatively`)
	// hedgingAdjectives do so with nouns and, as predicates, with clauses.
	hedgingAdjectives = lemmaSet(`possible potential likely unlikely rumored rumoured alleged suspected probable presumptive would-be
		prospective hypothetical purported supposed apparent reported putative speculative conceivable unconfirmed eventual
		tentative open unsure uncertain undecided unclear tempted interested eager keen hopeful willing expected tipped poised
		doubtful free unable reluctant hesitant unwilling`)
	// planningAdjectives make their noun or clause a plan.
	planningAdjectives = lemmaSet(`planned upcoming forthcoming scheduled intended proposed promised future impending ready prepared set
		determined due slated committed certain bound sure pending`)
	// hedgingNouns leave open the clause or phrase that completes them.
	hedgingNouns = lemmaSet(`ability allegation appetite attempt call chance claim consideration demand desire fear gossip hint hope hypothesis
		idea interest invitation likelihood need notion offer opportunity option permission possibility pressure probability
		proposal prospect question reluctance request right rumor rumour speculation suggestion suspicion talk temptation theory
		unwillingness whisper wish`)
	// effortNouns leave open only an infinitive that completes them: "a
	// campaign to unseat".
	effortNouns = lemmaSet(`battle bid campaign drive effort fight move push quest race scramble struggle`)
	// planningNouns make the clause or phrase that completes them a plan.
	planningNouns = lemmaSet(`plan intention decision intent promise pledge vow commitment determination agreement announcement
		declaration resolve preparation ambition aim goal deal`)
	// negatingNouns deny it.
	negatingNouns = lemmaSet(`refusal failure denial inability lack absence`)
	// negations negate the word that they hang on.
	negations = lemmaSet(`not n't never nor neither hardly scarcely nt`)
	// emptyPronouns negate the clause in which they stand.
	emptyPronouns = lemmaSet(`nobody none nothing no-one neither`)
	// hedgingModals leave open, planningModals look ahead.
	hedgingModals  = lemmaSet(`may might could can should must ought`)
	planningModals = lemmaSet(`will shall wo 'll sha ’ll`)
	// verbs with a preposition that take a noun for the act itself: "committed
	// to a run", "will serve as chair".
	actPhrases = lemmaSet(`agree_to commit_to return_to turn_to object_to admit_to decide_on plan_on work_on insist_on embark_on
		participate_in engage_in succeed_in result_in take_in plan_for push_for prepare_for aim_for apologize_for think_about
		talk_about think_of dream_of speculate_about`)
	// conditions open a clause that is supposed, not told.
	conditions = lemmaSet(`if unless whether lest provided providing assuming supposing`)
)

func lemmaSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}
