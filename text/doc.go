// Package text lays layers over one document's text: paragraphs, sentences,
// tokens, parts of speech, lemmas, dependencies, quotations, names and
// coreference. Each layer is a kith.Stage; the models behind them are flat,
// quantised tables that are unpacked once, when a stage first runs.
//
// Tokens follow the English treebanks of Universal Dependencies: clitics and
// possessives stand alone ("wo" "n't", "Harris" "'"), hyphens and slashes
// split words ("long" "-" "time"), abbreviations keep their full stop
// ("Dr.", "U.S."). Every span is a range of bytes of the stored text and lies
// on UTF-8 boundaries; tokens are in order, never overlap and lie inside
// their sentence.
//
// Segment never fails on any bytes. Tag and Parse read what Segment gives;
// their quality is under scores/, what they were trained on in the model card
// in data/models.
package text
