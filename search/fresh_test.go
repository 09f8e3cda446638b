package search

import (
	"os"
	"strings"
	"testing"
)

// TestModelIsFresh fails when the knowledge has changed since the model was
// learned from it.
func TestModelIsFresh(t *testing.T) {
	learned, err := os.ReadFile("model/fingerprint")
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(learned)) != Fingerprint(testEngine(t).knowledge) {
		t.Error("the knowledge has changed since the model was learned: run make tune")
	}
}
