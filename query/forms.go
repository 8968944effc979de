package query

// Form says how one kind of question is written as a form.
type Form struct {
	Kind  Kind
	Usage string // as help shows it
	Help  string // what the answer holds
	// Least and Most bound the number of names.
	Least, Most int
	// Links are words that may stand between two names in place of a comma.
	Links []string
}

// Forms lists every form, in the order in which help shows them.
var Forms = []Form{
	{Who, "who NAME", "one person's or organisation's sheet", 1, 1, nil},
	{Ties, "ties A, B [by PREDICATE,…]", "all that is said of A and B together, in time order", 1, 2, []string{"and", "with"}},
	{Path, "path A, B [top K]", "the strongest and the shortest chain from A to B, and its weakest link", 2, 2, []string{"and", "to"}},
	{Common, "common A, B", "whom both know, and how", 2, 2, []string{"and"}},
	{Introducers, "introducers X [, Y] [part introductions]", "who introduced X to whom, whom X introduced to whom, and what followed", 0, 2, []string{"to", "and"}},
	{Brokers, "brokers [A, B]", "whose removal parts whom", 0, 2, []string{"and"}},
	{Reach, "reach A, TARGET", "the best introducer from A to a target, warm paths first", 2, 2, []string{"to"}},
	{Overlap, "overlap A, B [part staff|donors|boards|events|schools]", "staff, donors, boards, events and schools that both share", 2, 2, []string{"and"}},
	{Given, "given X [, TO]", "what X did for others: counsel, endorsements, money, events", 1, 2, []string{"to", "for"}},
	{Received, "received X [, FROM]", "what others did for X", 1, 2, []string{"from"}},
	{Endorsements, "endorsements X", "who endorsed X, in which order, how long after the candidacy", 1, 1, nil},
	{Donors, "donors X", "who gave or raised money for X, with sums per currency", 1, 1, nil},
	{Events, "events X", "hosts and guests of X's events, and ties of guests that followed", 0, 1, nil},
	{Compare, "compare A, B", "two careers side by side, station by station", 2, 2, []string{"and", "with", "to"}},
	{Vehicles, "vehicles [X]", "what was founded after a defeat, and what it is modelled on", 0, 1, nil},
	{Timeline, "timeline X [, Y]", "all that is said of X, in time order", 1, 2, []string{"and"}},
	{Changes, "changes FROM, TO [about X]", "what is new, ended, hardened, denied, contradicted or withdrawn between two dates", 0, 1, nil},
	{Rumours, "rumours [X]", "the life of each hedged or planned claim; stale ones flagged", 0, 1, nil},
	{Conflicts, "conflicts [X [, Y]]", "claims that cannot both be so", 0, 2, []string{"and"}},
	{Said, "said X [about Y] [part denials]  or  said ? about Y", "who said what about whom", 0, 1, nil},
	{Sources, "sources A, B [by PREDICATE]  or  sources CLAIM", "the independent sources of a tie, wire copies folded", 1, 2, []string{"and"}},
	{Gaps, "gaps [X]", "what is asked often and not known", 0, 1, nil},
	{Groups, "groups [X]", "communities, with the ties that hold them", 0, 1, nil},
	{Central, "central [part degree|pagerank|betweenness] [from DATE] [until DATE]", "who stands in the middle", 0, 0, nil},
	{Similar, "similar X", "who plays the same part", 1, 1, nil},
	{Reply, "reply X", "everything said of X, by whom and how surely: the right-of-reply sheet", 1, 1, nil},
	{Find, "find SUBJECT PREDICATE OBJECT", "claims of that pattern; ? stands for any end", 2, 3, nil},
}

// FormOf returns the form of a kind, or nil.
func FormOf(kind Kind) *Form {
	for i := range Forms {
		if Forms[i].Kind == kind {
			return &Forms[i]
		}
	}
	return nil
}
