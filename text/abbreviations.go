package text

import "strings"

// isAbbreviation reports whether a word without inner full stops keeps a full
// stop that follows it.
func isAbbreviation(word string) bool {
	return isTitle(word) || len(word) <= 6 && isShortened(word)
}

// isTitle reports whether a word is an abbreviation that stands before a
// name, so that no sentence ends with it.
func isTitle(word string) bool {
	if len(word) > 5 {
		return false
	}
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "hon", "gen", "lt", "col", "maj", "capt", "cmdr", "adm", "sgt", "cpl", "pvt",
		"sen", "sens", "rep", "reps", "gov", "govs", "pres", "supt", "insp", "fr", "msgr", "st", "mt", "ft", "messrs", "mme", "mlle",
		"amb", "atty", "det", "sec", "vs", "del", "ald", "vp":
		return true
	}
	return false
}

func isShortened(word string) bool {
	switch strings.ToLower(word) {
	case "jr", "sr", "esq", "phd", "inc", "corp", "co", "cos", "ltd", "llc", "bros", "assn", "dept", "univ", "etc", "al", "cf", "viz",
		"approx", "est", "ave", "blvd", "rd", "tel", "fig", "figs", "vol", "vols", "pp", "ed", "eds", "ch", "nos", "op", "dist", "intl",
		"jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec", "tues", "thur", "thurs", "attn", "ext", "calif", "mass", "conn",
		"fla", "ala", "ariz", "ark", "colo", "mich", "minn", "miss", "mont", "neb", "nev", "okla", "tenn", "tex", "wash", "wis", "wyo",
		"ind", "kan", "ky", "va", "penn", "ore", "pa", "ga", "ill", "la", "md":
		return !isOrdinary(word)
	}
	switch word {
	case "Apr", "Mar", "Jun", "Jul", "Mon", "Tue", "Wed", "Fri", "Sat", "Sun", "Del":
		return true
	}
	return false
}

// isOrdinary reports whether a lower-case word that can be a shortened one is
// more often a word of its own.
func isOrdinary(word string) bool {
	switch word {
	case "ill", "miss", "mass", "wash", "co", "ed", "la", "pa", "est", "ore", "ark", "nov", "dec", "sep", "md", "ga", "op", "sat", "ch", "ind", "tex":
		return true
	}
	return false
}

// isPrefix reports whether the treebanks keep a hyphen after the prefix
// inside one word.
func isPrefix(word string) bool {
	if len(word) > 7 {
		return false
	}
	switch strings.ToLower(word) {
	case "non", "e", "re", "anti", "co", "mid", "pre", "pro", "cross", "post", "semi", "multi", "counter", "ex", "sub", "mini", "inter",
		"intra", "socio", "psycho", "micro", "un", "super", "ultra", "vice", "de", "trans", "extra", "proto", "pseudo", "quasi", "uni":
		return true
	}
	return false
}

// startsSentence reports whether a capitalised word after an abbreviation
// that may end a sentence most likely begins the next one.
func startsSentence(word string) bool {
	if len(word) > 9 {
		return false
	}
	switch word {
	case "The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "This", "That", "These", "Those", "There", "Here", "In", "On", "At",
		"But", "And", "Or", "So", "Yet", "If", "When", "While", "As", "After", "Before", "Since", "Although", "Though", "His", "Her",
		"Their", "Its", "Our", "My", "For", "From", "By", "With", "Some", "Many", "Most", "Both", "Not", "No", "One", "Two", "What",
		"Who", "Why", "How", "Where", "However", "Then", "Now", "Still", "Also", "Even", "Asked", "Under", "During", "Among", "All",
		"Because", "Once", "Until", "Despite", "Instead", "Last", "Later", "Earlier", "Meanwhile", "Neither", "Nor", "Such", "Today":
		return true
	}
	return false
}

// isReporting reports whether a word is a verb that reports speech, so that a
// capitalised name between closing marks and it begins no sentence.
func isReporting(word string) bool {
	switch word {
	case "said", "says", "asked", "asks", "told", "wrote", "writes", "added", "adds", "replied", "shouted", "exclaimed", "declared",
		"wondered", "demanded", "cried", "insisted", "recalled", "answered", "remarked", "tweeted", "posted", "joked":
		return true
	}
	return false
}
