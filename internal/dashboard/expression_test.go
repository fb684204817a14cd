package dashboard

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The same file is read by web/src/finding/parse.test.ts: both parsers take and
// refuse the same expressions.
func TestExpressionsAreTakenAndRefusedAsTheAppDoes(t *testing.T) {
	text, err := os.ReadFile("testdata/expressions.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases struct{ Take, Refuse []string }
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, source := range cases.Take {
		if _, err := parseExpression(source); err != nil {
			t.Errorf("%q is refused: %v", source, err)
		}
	}
	for _, source := range cases.Refuse {
		if e, err := parseExpression(source); err == nil {
			t.Errorf("%q is taken as %+v", source, e)
		}
	}
}

func TestSentencesGiveTheirExpressions(t *testing.T) {
	parts, err := sentence(`{{ largest() }} of {{ rows + 1 }} rows`)
	if err != nil || len(parts) != 2 || parts[0].kind != callNode || parts[1].text != "+" {
		t.Errorf("parts %+v, error %v", parts, err)
	}
	if _, err := sentence("open {{ rows"); err == nil {
		t.Error("an open expression is taken")
	}
}

func TestDeepBracketsAreRefused(t *testing.T) {
	if _, err := parseExpression(strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000)); err == nil {
		t.Error("5,000 brackets are taken")
	}
}

func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"1", `group("New").share > 0.5 and not compared`, "((", `"`, "-a.b(1,2)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := parseExpression(source)
		if err == nil && e.kind == callNode && e.text == "" {
			t.Errorf("%q is a call of nothing", source)
		}
		_, _ = sentence(source)
	})
}
