package corpus

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Unlabelled calls f with the tokens of each sentence, or the text of each
// passage, that the training parts of the corpora hold besides the
// treebanks: whatever their labels, words can be learned from. Exactly one of
// tokens and text is set. data is the folder of the corpora.
func Unlabelled(data string, f func(tokens []string, text string)) error {
	sources := []func(string, func([]string, string)) error{
		jsonText("knowledgenet/train-folds12.jsonl", "passageText"),
		jsonTokens("fewrel/train.jsonl", "tokens"),
		jsonTokens("propbank/examples.jsonl.gz", "tokens"),
		jsonSentences("re-docred/train.jsonl", "sents"),
		column("gap/gap-development.tsv", 1),
		column("wordnet/synsets.tsv.gz", 5),
		tagged("crossner/*/train.txt"), tagged("wikigold/train.conll"), tagged("wnut17/train.conll"), tagged("btc/train.conll"),
		tagged("sec-ner/train.conll"),
		plain("open-articles/train"), plain("open-articles/dev"),
	}
	for _, read := range sources {
		if err := read(data, f); err != nil {
			return fmt.Errorf("read unlabelled text: %w", err)
		}
	}
	return nil
}

type reader = func(data string, f func(tokens []string, text string)) error

// jsonField reads one field of each line of JSON into v and calls f.
func jsonField[T any](path, field string, use func(T, func([]string, string))) reader {
	return func(data string, f func([]string, string)) error {
		return Lines(filepath.Join(data, path), func(line string) error {
			var fields map[string]json.RawMessage
			if err := json.Unmarshal([]byte(line), &fields); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			var v T
			if err := json.Unmarshal(fields[field], &v); err != nil {
				return fmt.Errorf("%s: field %s: %w", path, field, err)
			}
			use(v, f)
			return nil
		})
	}
}

func jsonText(path, field string) reader {
	return jsonField(path, field, func(text string, f func([]string, string)) { f(nil, text) })
}

func jsonTokens(path, field string) reader {
	return jsonField(path, field, func(tokens []string, f func([]string, string)) { f(tokens, "") })
}

func jsonSentences(path, field string) reader {
	return jsonField(path, field, func(sentences [][]string, f func([]string, string)) {
		for _, s := range sentences {
			f(s, "")
		}
	})
}

// column reads one column of a table with a header line.
func column(path string, n int) reader {
	return func(data string, f func([]string, string)) error {
		first := true
		return Lines(filepath.Join(data, path), func(line string) error {
			if c := strings.Split(line, "\t"); !first && n < len(c) && c[n] != "" {
				f(nil, c[n])
			}
			first = false
			return nil
		})
	}
}

// tagged reads files with a token at the start of each line and blank lines
// between sentences.
func tagged(pattern string) reader {
	return func(data string, f func([]string, string)) error {
		paths, err := filepath.Glob(filepath.Join(data, pattern))
		if err != nil || len(paths) == 0 {
			return fmt.Errorf("no file %s", pattern)
		}
		for _, path := range paths {
			var tokens []string
			err := Lines(path, func(line string) error {
				fields := strings.Fields(line)
				if len(fields) == 0 {
					if len(tokens) > 0 {
						f(tokens, "")
					}
					tokens = nil
				} else if fields[0] != "-DOCSTART-" {
					tokens = append(tokens, fields[0])
				}
				return nil
			})
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		return nil
	}
}

// plain reads the text files of a folder that are no one else's development
// text.
func plain(folder string) reader {
	return func(data string, f func([]string, string)) error {
		paths, err := filepath.Glob(filepath.Join(data, folder, "*.txt"))
		if err != nil {
			return err
		}
		for _, path := range paths {
			if strings.HasPrefix(filepath.Base(path), "GUM_") {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f(nil, string(text))
		}
		return nil
	}
}
