package terminal_test

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/terminal"
)

func TestDetectWithoutATerminal(t *testing.T) {
	t.Parallel()
	file, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	for _, tc := range []struct {
		name string
		out  io.Writer
		env  map[string]string
		want terminal.Terminal
	}{
		{"buffer", io.Discard, nil, terminal.Terminal{Width: 80}},
		{"file", file, map[string]string{"TERM": "xterm-256color"}, terminal.Terminal{Width: 80}},
		{"width", io.Discard, map[string]string{"COLUMNS": "132"}, terminal.Terminal{Width: 132}},
		{"narrow", io.Discard, map[string]string{"COLUMNS": "7"}, terminal.Terminal{Width: 40}},
		{"nonsense", io.Discard, map[string]string{"COLUMNS": "wide"}, terminal.Terminal{Width: 80}},
		{"forced", io.Discard, map[string]string{"CLICOLOR_FORCE": "1"}, terminal.Terminal{Width: 80, Color: true}},
		{"forced off", io.Discard, map[string]string{"CLICOLOR_FORCE": "0"}, terminal.Terminal{Width: 80}},
		{
			"NO_COLOR wins", io.Discard,
			map[string]string{"CLICOLOR_FORCE": "1", "NO_COLOR": "1"},
			terminal.Terminal{Width: 80},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := terminal.Detect(tc.out, func(name string) string { return tc.env[name] })
			if got.Out != tc.out {
				t.Error("the output is another")
			}
			got.Out = nil
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPaletteWithoutColorLeavesTextAlone(t *testing.T) {
	t.Parallel()
	plain, colored := terminal.NewPalette(false), terminal.NewPalette(true)
	for name, style := range map[string]func(terminal.Palette, string) string{
		"bold": terminal.Palette.Bold, "dim": terminal.Palette.Dim, "accent": terminal.Palette.Accent,
		"good": terminal.Palette.Good, "warn": terminal.Palette.Warn, "bad": terminal.Palette.Bad,
	} {
		if got := style(plain, "text"); got != "text" {
			t.Errorf("%s without colour gives %q", name, got)
		}
		if got := style(colored, "text"); !strings.Contains(got, "\x1b[") || terminal.Columns(got) != 4 {
			t.Errorf("%s with colour gives %q", name, got)
		}
	}
	if got := plain.Badge("synthetic data"); got != "[synthetic data]" {
		t.Errorf("badge without colour gives %q", got)
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		value, most float64
		want        string
	}{
		{0, 10, ""},
		{-1, 10, ""},
		{1, 0, ""},
		{10, 10, "████"},
		{20, 10, "████"},
		{5, 10, "██"},
		{0.0001, 10, "▏"},
		{1, 32, "▏"},
		{11, 32, "█▍"},
	} {
		if got := terminal.Bar(tc.value, tc.most, 4); got != tc.want {
			t.Errorf("Bar(%v of %v) = %q, want %q", tc.value, tc.most, got, tc.want)
		}
	}
}

func TestGroup(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1,000", "-1234567.50": "-1,234,567.50", "+12345": "+12,345",
		"": "", "abc": "abc", "1e6": "1e6", ".5": ".5", "-": "-", "1.2.3": "1.2.3",
	} {
		if got := terminal.Group(in); got != want {
			t.Errorf("Group(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLeftAndRightFillOrCutToWidth(t *testing.T) {
	t.Parallel()
	if got := terminal.Left("abc", 5) + "|" + terminal.Right("abc", 5) + "|"; got != "abc  |  abc|" {
		t.Errorf("got %q", got)
	}
	if got := terminal.Clip("a longer text", 6); got != "a lon…" {
		t.Errorf("got %q", got)
	}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab é日本"))).Draw(rt, "text")
		width := rapid.IntRange(1, 30).Draw(rt, "width")
		for _, got := range []string{terminal.Left(text, width), terminal.Right(text, width)} {
			if terminal.Columns(got) != width {
				rt.Fatalf("%q takes %d columns, want %d", got, terminal.Columns(got), width)
			}
		}
	})
}

// clock is a time that passes on request.
type clock struct{ at time.Time }

func (c *clock) now() time.Time        { return c.at }
func (c *clock) after(d time.Duration) { c.at = c.at.Add(d) }
func person(out io.Writer) terminal.Terminal {
	return terminal.Terminal{Out: out, Interactive: true, Width: 100}
}

func TestProgressForAPerson(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	c := &clock{at: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	p := terminal.NewProgress(person(&out), "load", 2_000_000, terminal.Bytes, c.now)
	c.after(10 * time.Millisecond)
	p.Add(1) // too soon to draw again
	c.after(2 * time.Second)
	p.Set(500_000)
	if _, err := io.WriteString(p, "row 7 rejected\n"); err != nil {
		t.Fatal(err)
	}
	c.after(time.Second)
	p.Set(3_000_000) // more than was said
	p.Done()
	p.Done()
	p.Add(1)
	want := strings.Join([]string{
		"\rload  " + strings.Repeat("░", 24) + "   0%  0 kB of 2.0 MB\x1b[K",
		"\rload  ██████" + strings.Repeat("░", 18) + "  25%  500 kB of 2.0 MB  6s left\x1b[K",
		"\r\x1b[K", "row 7 rejected\n",
		"\rload  ██████" + strings.Repeat("░", 18) + "  25%  500 kB of 2.0 MB  6s left\x1b[K",
		"\rload  " + strings.Repeat("█", 24) + " 100%  2.0 MB of 2.0 MB\x1b[K",
		"\r\x1b[K",
	}, "")
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProgressWithoutATotal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	c := &clock{at: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	p := terminal.NewProgress(person(&out), "rows", 0, terminal.Count, c.now)
	c.after(75 * time.Second)
	p.Add(12_345)
	p.SetLabel("lines")
	p.SetTotal(50_000) // drawn only when the bar is due again
	want := "\rrows  0  0s\x1b[K\rrows  12,345  1m 15s\x1b[K\rlines  12,345  1m 15s\x1b[K"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProgressIsSilentWhereNobodyWatches(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	p := terminal.NewProgress(terminal.Terminal{Out: &out, Width: 80}, "load", 10, terminal.Count, time.Now)
	p.Add(5)
	p.SetLabel("more")
	if _, err := io.WriteString(p, "kept\n"); err != nil {
		t.Fatal(err)
	}
	p.Done()
	if out.String() != "kept\n" {
		t.Errorf("got %q", out.String())
	}
}

func TestProgressTakesCallsFromManyGoroutines(t *testing.T) {
	t.Parallel()
	const workers, each = 8, 100
	var out strings.Builder
	p := terminal.NewProgress(person(&out), "work", workers*each, terminal.Count, time.Now)
	finished := make(chan struct{})
	for range workers {
		go func() {
			for range each {
				p.Add(1)
			}
			finished <- struct{}{}
		}()
	}
	for range workers {
		<-finished
	}
	p.SetLabel("all")
	if !strings.Contains(out.String(), "800 of 800") {
		t.Errorf("the count is not whole: %q", out.String())
	}
	p.Done()
}
