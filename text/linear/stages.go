package linear

// Negligible is a gradient that is not worth a step.
const Negligible = 0.01

// StepStages moves weights towards a class in two stages: rows[:middle] make
// the scores of the first, all rows those of the second. The first stage's
// rows learn from both decisions, its own counting for share; so a decision
// may be made on them alone where it is clear (Strubell, Vilnis, Silverstein
// and McCallum 2015). The scores are overwritten.
func StepStages(t *ManyTrainer, rows []int32, middle int, scores *[2][MaxClasses]float32, classes, class int, share, rate float32) {
	for k := range scores {
		Softmax(scores[k][:classes])
		scores[k][class]--
	}
	for c := range classes {
		late, early := scores[1][c], scores[0][c]
		if late < -Negligible || late > Negligible {
			for _, row := range rows[middle:] {
				t.Descend(row, c, late, rate)
			}
		} else {
			late = 0
		}
		if early < -Negligible || early > Negligible {
			late += share * early
		}
		if late != 0 {
			for _, row := range rows[:middle] {
				t.Descend(row, c, late, rate)
			}
		}
	}
}
