// Package kith is the vocabulary that every other package speaks: documents,
// the layers that reading lays over them, claims with their quotes, entities,
// judgements, decisions, ties, and the contract that a store keeps.
//
// It imports the standard library only and holds no behaviour beyond what
// belongs to the values themselves: identity, comparison, validation.
//
// The life of a claim runs one way:
//
//	source → text → extract → resolve → store → graph → answer → export, serve
package kith

// Version is the program's version. It stands in the extractor field of
// each claim, so that readings by different versions can be told apart.
const Version = "0.1.0"
