package index

import (
	"strings"
	"testing"

	"leimu/data/opencc"
)

// A word that turns into something that turns again would make the answer
// depend on how often a text is normalised.
func TestScriptTablesSettle(t *testing.T) {
	for _, table := range []string{opencc.Characters(), opencc.Phrases(), opencc.Local()} {
		eachPair(table, func(from, to string) {
			from = strings.TrimPrefix(from, localMark)
			if again := Normalize(to).Norm; again != to {
				t.Errorf("%s -> %s -> %s", from, to, again)
			}
			if from == to && len(from) <= hanBytes {
				t.Errorf("%s stays itself", from)
			}
		})
	}
}
