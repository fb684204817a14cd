package jinja_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/jinja"
)

// golden is a template with the answer of real Jinja2: a text or an error.
type golden struct {
	Template string `json:"template"`
	Expect   string `json:"expect,omitempty"`
	Error    string `json:"error,omitempty"`
}

// python names an interpreter that has jinja2; the oracle tests skip without one.
func python(t testing.TB) string {
	t.Helper()
	name := os.Getenv("KITH_PYTHON")
	if name == "" {
		name = "python3"
	}
	if err := exec.Command(name, "-c", "import jinja2").Run(); err != nil {
		t.Skipf("no Python with jinja2 here (set KITH_PYTHON to one): %v", err)
	}
	return name
}

// ask gives the answers of real Jinja2.
func ask(t testing.TB, templates []string) []golden {
	t.Helper()
	in, err := json.Marshal(templates)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python(t), filepath.Join("testdata", "oracle.py"))
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []golden
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

func readGoldens(t testing.TB) []golden {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []golden
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// oracleScope holds the variables of testdata/oracle.py.
func oracleScope() jinja.MapScope {
	row := func(g, k string, v int) map[string]any { return map[string]any{"g": g, "k": k, "v": v} }
	return jinja.MapScope{
		"b":          true,
		"d":          jinja.FromGo(map[string]any{"a": 1, "b": map[string]any{"c": []any{1, 2}}, "z": nil}),
		"f":          2.5,
		"l":          jinja.FromGo([]int{3, 1, 2}),
		"n":          int64(7),
		"none_value": nil,
		"rows":       jinja.FromGo([]any{row("x", "a", 3), row("y", "B", 1), row("x", "c", 2)}),
		"s":          "Hello World",
		"u":          "naïve Ünïcode €",
		"words":      jinja.FromGo([]string{"banana", "Apple", "cherry"}),
	}
}

func renderOracle(src string) (string, error) {
	t, err := jinja.Parse("t", src)
	if err != nil {
		return "", err
	}
	return jinja.NewRuntime(context.Background(), jinja.Options{}).Render(t, oracleScope())
}

// agrees says what is wrong with our answer to a template, or nothing.
func (g golden) disagree() string {
	got, err := renderOracle(g.Template)
	switch {
	case g.Error != "" && err == nil:
		return "got " + got + "\nwant the error " + g.Error
	case g.Error != "":
		return ""
	case err != nil:
		return "got the error " + err.Error() + "\nwant " + g.Expect
	case got != g.Expect:
		return "got  " + got + "\nwant " + g.Expect
	}
	return ""
}

var update = flag.Bool("update", false, "ask real Jinja2 for the goldens again")

// TestGoldens compares thousands of constructs with what real Jinja2 gave.
func TestGoldens(t *testing.T) {
	t.Parallel()
	cases := readGoldens(t)
	if *update {
		templates := make([]string, len(cases))
		for i, c := range cases {
			templates[i] = c.Template
		}
		cases = ask(t, templates)
		writeGoldens(t, cases)
	}
	for _, c := range cases {
		if msg := c.disagree(); msg != "" {
			t.Errorf("%s\n%s", c.Template, msg)
		}
	}
}

func writeGoldens(t testing.TB, cases []golden) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, c := range cases {
		b.WriteString(map[bool]string{true: "[\n", false: ",\n"}[i == 0])
		if err := enc.Encode(c); err != nil {
			t.Fatal(err)
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteString("\n]\n")
	if err := os.WriteFile(filepath.Join("testdata", "golden.json"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestErrorWording checks that errors speak as Python's do, where a template
// author would search for them.
func TestErrorWording(t *testing.T) {
	t.Parallel()
	same, all := 0, 0
	for _, c := range readGoldens(t) {
		if c.Error == "" {
			continue
		}
		all++
		_, err := renderOracle(c.Template)
		_, want, _ := strings.Cut(c.Error, ": ")
		if err != nil && strings.Contains(err.Error(), want) {
			same++
		} else if testing.Verbose() {
			t.Logf("%s\n got %v\nwant %s", c.Template, err, c.Error)
		}
	}
	if same*100 < all*85 {
		t.Errorf("only %d of %d errors have Python's words", same, all)
	}
}

// TestAgainstLiveJinja asks real Jinja2 again for a part of the goldens, so that
// a stale answer file cannot hide a difference.
func TestAgainstLiveJinja(t *testing.T) {
	t.Parallel()
	var templates []string
	for i, c := range readGoldens(t) {
		if i%10 == 3 {
			templates = append(templates, c.Template)
		}
	}
	for _, c := range ask(t, templates) {
		if msg := c.disagree(); msg != "" {
			t.Errorf("%s\n%s", c.Template, msg)
		}
	}
}
