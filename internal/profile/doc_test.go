package profile_test

import (
	"os"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/profile"
)

// The documentation has every rule, and no other.
func TestTheDocumentationHasEveryRule(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/profiling.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| rule | what it finds |")
	table, _, _ = strings.Cut(table, "\n\n")
	told := map[string]bool{}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, " | ")
		if len(cells) != 3 {
			continue
		}
		for name := range strings.SplitSeq(strings.TrimPrefix(cells[0], "| "), ", ") {
			told[strings.Trim(name, "`")] = true
		}
	}
	for _, r := range profile.Rules() {
		if !told[r.Name] {
			t.Errorf("docs/profiling.md does not have %s", r.Name)
		}
		delete(told, r.Name)
	}
	delete(told, "rule")
	if len(told) > 0 {
		t.Errorf("docs/profiling.md has rules that are not there: %v", told)
	}
}
