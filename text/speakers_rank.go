package text

// byRank takes, in dialogue, the turn-taker.
func (f *speakerFinder) byRank(i int) {
	if i >= 2 && f.quotes[i].opens && f.quotes[i-1].paragraph != f.quotes[i].paragraph {
		if f.takeOver(i, i-2) {
			f.quotes[i].how = byTurns
			return
		}
	}
	f.takeOver(i, i-1)
}
