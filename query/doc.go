// Package query holds questions: values that say what is asked, their parser
// and their String. Evaluating them is package answer's work.
//
// A question is written as a form ("path Maya Harris, Bill Clinton") or as a
// line of plain English ("Who introduced Harris to donors?"). The English that
// is understood is data: data/lexicons/questions.yaml lists, for each form,
// the sentences that mean it, and for each predicate its verbs and nouns.
// What no sentence there matches is refused with the forms that are closest.
package query
