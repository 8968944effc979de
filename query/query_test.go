package query

import "testing"

func TestEnglishReadsAsItsForm(t *testing.T) {
	for text, want := range map[string]string{
		"Who introduced Harris to donors?":                 `introducers "Harris", "donors" part introductions`,
		"Who worked for both Harris and Clinton?":          `overlap "Harris", "Clinton" part staff`,
		"What did Clinton do for Harris in 2024?":          `given "Clinton", "Harris" from 2024 until 2024`,
		"who is Ann Lee":                                   `who "Ann Lee"`,
		"Who is Ann Lee's mentor?":                         `find ? mentored "Ann Lee"`,
		"Who is married to Ann Lee?":                       `find ? spouse_of "Ann Lee"`,
		"Who endorsed Ann Lee?":                            `endorsements "Ann Lee"`,
		"Whom did Ann Lee endorse before 2018?":            `find "Ann Lee" endorsed ? until 2017`,
		"Who beat Bo Cruz?":                                `find ? won_election,~lost_election "Bo Cruz"`,
		"Did Ann Lee endorse Bo Cruz?":                     `find "Ann Lee" endorsed "Bo Cruz"`,
		"What changed between 2020-01-01 and 2021?":        `changes from 2020-01-01 until 2021`,
		"What is new about Ann Lee since May 2020?":        `changes "Ann Lee" from 2020-05`,
		"Who was the mayor of Port Selwyn?":                `find ? held_office,led,employed_by,member_of "Port Selwyn" as "mayor"`,
		"Who ran for governor of Northmark in 2022?":       `find ? candidate_for "Northmark" as "governor" from 2022 until 2022`,
		"How is Ann Lee connected to Bo Cruz?":             `path "Ann Lee", "Bo Cruz"`,
		"path Ann Lee, Bo Cruz top 3":                      `path "Ann Lee", "Bo Cruz" top 3`,
		"path Ann Lee to Bo Cruz":                          `path "Ann Lee", "Bo Cruz"`,
		`who Ann Lee`:                                      `who "Ann Lee"`,
		`find ? won_election,~lost_election "Bo Cruz"`:     `find ? won_election,~lost_election "Bo Cruz"`,
		"said Ann Lee about Bo Cruz":                       `said "Ann Lee" about "Bo Cruz"`,
		"Who said what about Bo Cruz?":                     `said ? about "Bo Cruz"`,
		"changes 2020-01-01 2021-01-01":                    `changes from 2020-01-01 until 2021-01-01`,
		"compare Ann Lee and Bo Cruz":                      `compare "Ann Lee", "Bo Cruz"`,
		`sources "Ann Lee", "Bo Cruz" by endorsed`:         `sources "Ann Lee", "Bo Cruz" by endorsed`,
		"Which sources say that Ann Lee endorsed Bo Cruz?": `sources "Ann Lee", "Bo Cruz" by endorsed`,
		"Who criticized Thorne & Lyle on 3 June 2024?":     `find ? criticized "Thorne & Lyle" from 2024-06-03 until 2024-06-03`,
		"Who hosted a dinner for Ann Lee?":                 `find ? hosted ? as "dinner" about "Ann Lee"`,
		"rumours":                                          `rumours`,
		"central part pagerank from 2020 until 2022":       `central part pagerank from 2020 until 2022`,
		"Who mentored both Ann Lee and Bo Cruz?":           `find ? mentored "Ann Lee", "Bo Cruz"`,
		"Who was Bo Cruz introduced to?":                   `introducers "Bo Cruz" part introductions`,
		"What did Ann Lee found after her defeat?":         `vehicles "Ann Lee"`,
		"How do Ann Lee and Bo Cruz know each other?":      `ties "Ann Lee", "Bo Cruz"`,
		"Who's Ann Lee?":                                   `who "Ann Lee"`,
		"Who is Ann Lee's chief of staff?":                 `find ? held_office,led,employed_by,member_of "Ann Lee" as "chief of staff"`,
		"In 2024, what did Ann Lee do for Bo Cruz?":        `given "Ann Lee", "Bo Cruz" from 2024 until 2024`,
		"Whom did Ann Lee endorse in the 1990s?":           `find "Ann Lee" endorsed ? from 1990 until 1999`,
		"What did others say about Ann Lee?":               `said ? about "Ann Lee"`,
		"What did Ann Lee deny?":                           `said "Ann Lee" part denials`,
		"Who endorsed Ann Lee, and when?":                  `endorsements "Ann Lee"`,
		"When was Ann Lee introduced to Bo Cruz?":          `introducers "Ann Lee", "Bo Cruz" part introductions`,
		"What happened after Ann Lee introduced A to B?":   `introducers "A", "B" about "Ann Lee"`,
		"Who could run for mayor of Port Selwyn?":          `find ? candidate_for "Port Selwyn" as "mayor"`,
		"Are Ann Lee and Bo Cruz related?":                 `find "Ann Lee" sibling_of,spouse_of,relative_of,parent_of,~parent_of "Bo Cruz"`,
	} {
		q, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := q.String(); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
		again, err := Parse(q.String())
		if err != nil || again.String() != q.String() {
			t.Errorf("%s parsed again gives %s, %v", q, again, err)
		}
	}
}
