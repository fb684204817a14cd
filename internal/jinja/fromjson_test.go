package jinja_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/jinja"
)

func TestParseJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"b": 1, "a": [true, false, null]}`: "{'b': 1, 'a': [True, False, None]}",
		` [] `:                               `[]`,
		`{"a":1,"a":2}`:                      "{'a': 2}",
		`"x\u00e9\n\"\\\/\ud83d\ude00"`:      "'xé\\n\"\\\\/😀'",
		`"\ud83d x \ude00"`:                  "'\ufffd x \ufffd'",
		`[1, -2, 1.0, 1e3, 0.5, 12345678901234567890, 1e999]`: "[1, -2, 1.0, 1000.0, 0.5, 12345678901234567890, inf]",
	} {
		v, err := jinja.ParseJSON([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := jinja.Repr(v); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestParseJSONRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":              "line 1, offset 0: it ends too early",
		"{\n\"a\" 1}":   "line 2, offset 6: expected a colon",
		"[1 2]":         "line 1, offset 3: expected a comma or a closing bracket",
		"[1,]":          "line 1, offset 3: expected a value",
		"{1:2}":         "line 1, offset 1: expected a key",
		`"a`:            "line 1, offset 2: a text without an end",
		"\"a\nb\"":      "line 1, offset 2: a control character in a text",
		`"\x"`:          "line 1, offset 3: an unknown escape",
		`"\u00G0"`:      "line 1, offset 3: an escape that isn't hexadecimal",
		"01":            "line 1, offset 2: not a number",
		"1.":            "line 1, offset 2: not a number",
		"tru":           "line 1, offset 0: expected a value",
		"1 1":           "line 1, offset 2: more after the end",
		"NaN":           "line 1, offset 0: expected a value",
		nested(1500):    "line 1, offset 1001: nested too deep",
		`{"a":1,"b":2,`: "line 1, offset 13: expected a key",
	} {
		if _, err := jinja.ParseJSON([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%.20s: got %v, want %s", text, err, want)
		}
	}
}

func nested(n int) string {
	b := make([]byte, n)
	for k := range b {
		b[k] = '['
	}
	return string(b)
}

// FuzzParseJSON compares with encoding/json: what is JSON, and what it holds.
func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, 2.5, -3e2, "x\u00e9\ud83d\ude00\n"], "b": {}}`, `"\ud83d"`, `[[[]]]`, `01`, `-`, `{"a":}`, "\"\x80\"", `1E+5`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := jinja.ParseJSON(data)
		var want any
		wantErr := json.Unmarshal(data, &want)
		if (err == nil) != (wantErr == nil) && len(data) < 1000 {
			// A number out of range is infinite for us.
			if _, outOfRange := errors.AsType[*json.UnmarshalTypeError](wantErr); !outOfRange {
				t.Fatalf("%q: %v, encoding/json says %v", data, err, wantErr)
			}
			return
		}
		if err != nil || wantErr != nil {
			return
		}
		wrote, err := jinja.ToJSON(got)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		var back any
		if err := json.Unmarshal(wrote, &back); err != nil {
			t.Fatalf("%q: wrote %q: %v", data, wrote, err)
		}
		if diff := cmp.Diff(want, back); diff != "" {
			t.Fatalf("%q: %s", data, diff)
		}
	})
}

func TestParseJSONKeepsOrder(t *testing.T) {
	t.Parallel()
	v, err := jinja.ParseJSON([]byte(`{"z":1,"a":{"y":1,"b":2}}`))
	d, ok := v.(*jinja.Dict)
	if err != nil || !ok || len(d.Keys()) != 2 || d.Keys()[0] != "z" {
		t.Fatalf("%v %v", v, err)
	}
}
