package graph

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGlob(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"a", "A", false},
		{"*", "", true},
		{"*", "a.b/c", true},
		{"a*c", "abbc", true},
		{"a*c", "abb", false},
		{"*a*b*", "xxaxxbxx", true},
		{"?", "é", true},
		{"??", "é", false},
		{"[abc]x", "bx", true},
		{"[!abc]x", "bx", false},
		{"[!abc]x", "dx", true},
		{"[a-c]", "b", true},
		{"[c-a]", "b", false},
		{"[a-]", "-", true},
		{"[]]", "]", true},
		{"[!]]", "]", false},
		{"[", "[", true},
		{"[a", "[a", true},
		{"[a", "a", false},
		{"a]", "a]", true},
		{"*[!.]", "a.", false},
		{"x*", "x\ny", true},
	} {
		if got := glob(c.pattern, c.name); got != c.want {
			t.Errorf("glob(%q, %q) = %v", c.pattern, c.name, got)
		}
	}
}

// TestGlobProperty compares with a regular expression made of the pattern.
func TestGlobProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringOfN(rapid.RuneFrom([]rune("ab*?.")), 0, 8, -1).Draw(t, "pattern")
		name := rapid.StringOfN(rapid.RuneFrom([]rune("ab.")), 0, 10, -1).Draw(t, "name")
		quoted := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(pattern))
		if want := regexp.MustCompile(`(?s)\A` + quoted + `\z`).MatchString(name); glob(pattern, name) != want {
			t.Fatalf("glob(%q, %q) is not %v", pattern, name, want)
		}
	})
}

func TestPathPatterns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"models/*", "models/a", true},
		{"models/*", "models/a/b", false},
		{"models/**/b", "models/b", true},
		{"models/**/b", "models/x/y/b", true},
		{"**", "a/b", true},
		{"**/x.sql", "x.sql", true},
		{"models", "models/a", false},
	} {
		if got := partsMatch(strings.Split(c.pattern, "/"), strings.Split(c.path, "/")); got != c.want {
			t.Errorf("%s on %s: %v", c.pattern, c.path, got)
		}
	}
}
