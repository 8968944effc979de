// Package graph is the engine behind questions about ties: it folds claims
// into ties, packs them into compact arrays (compressed sparse rows), and
// searches those. It is pure: it reads no clock and no database.
//
// Every claim that binds two entities is one row; rows between the same two
// entities stand together and make one pair; a node's pairs are its
// neighbours. World time, recording time, certainty and review are columns of
// the rows, and filters over them apply when a question is asked.
package graph
