package api_test

import (
	"os/exec"
	"testing"
)

// TestSuggestComponent runs the component's own tests, where node is there to
// run them.
func TestSuggestComponent(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed; the web component is not tested")
	}
	if out, err := exec.Command(node, "--test", "web/leimu-suggest.test.mjs").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
