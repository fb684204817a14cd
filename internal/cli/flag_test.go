package cli

import (
	"slices"
	"testing"
)

func TestSpread(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, want []string }{
		{[]string{"run", "--select", "a", "b", "--exclude", "c"}, []string{"run", "--select=a", "--select=b", "--exclude=c"}},
		{[]string{"run", "-s", "a b"}, []string{"run", "--select=a b"}},
		{[]string{"run", "-s=a"}, []string{"run", "--select=a"}},
		{[]string{"run", "--models", "a", "-x"}, []string{"run", "--models=a", "-x"}},
		{[]string{"ls", "--resource-types", "model", "test"}, []string{"ls", "--resource-type=model", "--resource-type=test"}},
		{[]string{"run", "--select"}, []string{"run", "--select"}},
		{[]string{"run", "--select", "--full-refresh"}, []string{"run", "--select", "--full-refresh"}},
		{[]string{"query", "--", "--select", "a", "b"}, []string{"query", "--", "--select", "a", "b"}},
		{[]string{"query", "-- look\nselect 1", "--limit", "1"}, []string{"query", " -- look\nselect 1", "--limit", "1"}},
		{[]string{"load", "a.csv", "b.csv"}, []string{"load", "a.csv", "b.csv"}},
	} {
		if got := spread(tc.in); !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestTruth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"1": true, "True": true, "yes": true, "on\n": true, "0": false, "FALSE": false, "off": false, "n": false} {
		if on, known := truth(text); !known || on != want {
			t.Errorf("%q: %v %v", text, on, known)
		}
	}
	if _, known := truth("maybe"); known {
		t.Error("maybe is neither")
	}
}

func TestShellWord(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"a/b-c.csv": "a/b-c.csv", "my dir": "'my dir'", "it's": `'it'\''s'`, "": "''"} {
		if got := shellWord(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestOneByte(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]byte{"": 0, ";": ';', "tab": '\t', `\t`: '\t'} {
		if got, err := oneByte("delimiter", in); err != nil || got != want {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
	for _, in := range []string{"ab", "é", "::"} {
		if _, err := oneByte("delimiter", in); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
}

func FuzzSpread(f *testing.F) {
	f.Add("run --select a b -- c")
	f.Fuzz(func(t *testing.T, line string) {
		if isCommentedSQL(line) {
			t.Skip("a blank is put before it, after which it is the value of the flag before it")
		}
		args := slices.Collect(func(yield func(string) bool) {
			for _, w := range []string{line, "--select", line, line} {
				if !yield(w) {
					return
				}
			}
		})
		if got := spread(spread(args)); !slices.Equal(got, spread(args)) {
			t.Errorf("spreading %q twice is not spreading once", args)
		}
	})
}
