package jinja_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/jinja"
)

// render gives the text of a template in a scope with return(), as macros in dbt
// projects have it.
func render(src string) (string, error) {
	t, err := jinja.Parse("test.sql", src)
	if err != nil {
		return "", err
	}
	rt := jinja.NewRuntime(context.Background(), jinja.Options{})
	return rt.Render(t, jinja.MapScope{"return": jinja.ReturnFunc()})
}

// TestSnippets renders the shared templates whose answers real Jinja2 gave.
func TestSnippets(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "..", "shared", "data", "jinja_snippets.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the shared snippets are not here: %v", err)
	}
	var cases map[string]struct {
		Template string `json:"template"`
		Expect   string `json:"expect"`
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := render(c.Template)
			if want, isErr := strings.CutPrefix(c.Expect, "ERR "); isErr {
				_, want, _ = strings.Cut(want, ": ")
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Fatalf("got %q, %v; want the error %q", got, err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got != c.Expect {
				t.Errorf("%s\n got %q\nwant %q", c.Template, got, c.Expect)
			}
		})
	}
}
