// Command kith-train trains and scores the models of kith. It is not part of
// the main program. Each subcommand is one file: "train_X.go" writes the
// weights of model X, "score_X.go" prints how good a part of the reader is on
// the development parts of the public corpora.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// commands is what the command line offers. Add a field to extend it; a
// blank line between fields keeps additions from meeting in one place.
type commands struct {
	Shared string `help:"Folder of the shared corpora." default:"../shared" type:"path"`

	Clusters clustersCommand `cmd:"" help:"Make word classes from unlabelled text."`
	Teacher  teacherCommand  `cmd:"" help:"Write what the teacher of the parser learns from and labels."`
	Margins  marginsCommand  `cmd:"" help:"Change how clear a decision must be to be made on the first features alone."`

	Tag tagCommand `cmd:"" help:"Train the tagger and the lemmatiser."`

	Parse parseCommand `cmd:"" help:"Train the dependency parser."`

	Relation relationCommand `cmd:"" help:"Train the relation scorer."`

	Frames framesCommand `cmd:"" help:"Write the words of PropBank's frames and how their roles are said."`

	Names    namesCommand    `cmd:"" help:"Train the name model."`
	Speakers speakersCommand `cmd:"" help:"Train the model that finds the speaker in dialogue."`
	Coref    corefCommand    `cmd:"" help:"Train coreference."`
	Entities entitiesCommand `cmd:"" help:"Print the entities of a text from standard input."`

	Confidence confidenceCommand `cmd:"" help:"Fit the confidence of claims."`

	Identity identityCommand `cmd:"" help:"Learn the weights by which people are linked."`

	Score scoreCommands `cmd:"" help:"Score a part of the reader on the development parts."`
}

// scoreCommands holds one field for each part of the reader that is scored.
type scoreCommands struct {
	Claims scoreClaims `cmd:"" help:"Claims, against the gold texts."`

	Consistency scoreConsistency `cmd:"" help:"Claims of texts whose people are given other names."`

	KnowledgeNet scoreKnowledgeNet `cmd:"" help:"Claims, against the facts of KnowledgeNet."`

	Tag scoreTag `cmd:"" help:"Tokens, sentences, tags and lemmas."`

	Parse scoreParse `cmd:"" help:"Dependencies."`

	Roles scoreRoles `cmd:"" help:"Numbered roles of verbs, by frames."`

	Relation scoreRelation `cmd:"" help:"Relations by the trained scorer, end to end."`

	Names scoreNames `cmd:"" help:"Proper names."`
	Coref scoreCoref `cmd:"" help:"Coreference."`

	Identity scoreIdentity `cmd:"" help:"Linking of people, by identifiers that the linker is not shown."`
	Articles scoreArticles `cmd:"" help:"Entities of the gold texts, read and resolved in one store."`

	Modality scoreModality `cmd:"" help:"Certainty, polarity and who says it, on gold trees."`
	Speech   scoreSpeech   `cmd:"" help:"Who speaks each quotation."`
}

func main() {
	var cli commands
	parsed := kong.Parse(&cli, kong.Name("kith-train"), kong.Description("Trains and scores the models of kith."))
	if err := parsed.Run(shared(cli.Shared)); err != nil {
		fmt.Fprintln(os.Stderr, "kith-train:", err)
		os.Exit(1)
	}
}
