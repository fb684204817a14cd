package load

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readAll gives the good rows of a CSV, and how many were bad.
func readAll(t interface{ Fatal(args ...any) }, in io.Reader, delimiter byte, maxField int) (rows [][]string, lines []int64, bad int) {
	c := newCSVReader(in, delimiter, '\n', maxField)
	var rec record
	last := int64(0)
	for {
		err := c.next(&rec)
		if errors.Is(err, io.EOF) {
			return rows, lines, bad
		}
		if err != nil {
			t.Fatal(err)
		}
		if rec.line <= last {
			t.Fatal("line", rec.line, "comes after line", last)
		}
		last = rec.line
		if rec.reason != "" {
			bad++
			continue
		}
		row := make([]string, len(rec.fields))
		for i, f := range rec.fields {
			row[i] = string(f)
		}
		rows, lines = append(rows, row), append(lines, rec.line)
	}
}

// twin reads with the standard library.
func twin(in string, delimiter rune) (rows [][]string, lines []int64, err error) {
	r := csv.NewReader(strings.NewReader(in))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := r.FieldPos(0)
		rows, lines = append(rows, row), append(lines, int64(line))
	}
}

func FuzzCSVAgainstTheStandardLibrary(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,\"b\nc\"\r\n\"\"\"\",\n", "\n\n\"\"\n,\n", "a,b", "\"x\"\"y\",\"\"\r\n", "a,b\n\"unclosed,\n1,2\n", "\"a\"b,c\nd,e\n",
		"\"a\",\"b\"", "a,b\r", "ü,€\n", "\x00,\xff\n",
	} {
		f.Add(seed, byte(3))
	}
	f.Fuzz(func(t *testing.T, in string, chunk byte) {
		// All at once and in small pieces must be the same.
		rows, lines, bad := readAll(t, strings.NewReader(in), ',', DefaultMaxField)
		pieces := newPieces(in, int(chunk)+1)
		rows2, lines2, bad2 := readAll(t, pieces, ',', DefaultMaxField)
		if !cmp.Equal(rows, rows2) || !slices.Equal(lines, lines2) || bad != bad2 {
			t.Fatalf("in pieces of %d: %q, not %q", int(chunk)+1, rows2, rows)
		}
		_, _, _ = readAll(t, strings.NewReader(in), ';', 3) // bounds do not break it
		if bad > 0 || strings.Contains(in, "\r") {
			return // the standard library changes CR inside quotes
		}
		want, wantLines, err := twin(in, ',')
		if err != nil {
			// It refuses quotes inside unquoted fields, which are kept here.
			if !strings.Contains(in, `"`) {
				t.Fatalf("the standard library refuses %q: %v", in, err)
			}
			return
		}
		if !cmp.Equal(rows, want) || !slices.Equal(lines, wantLines) {
			t.Fatalf("%q gives %q at %v, want %q at %v", in, rows, lines, want, wantLines)
		}
	})
}

// newPieces hands out a text n bytes at a time.
func newPieces(s string, n int) io.Reader {
	if n == 1 {
		return iotest.OneByteReader(strings.NewReader(s))
	}
	return &pieces{strings.NewReader(s), n}
}

type pieces struct {
	in io.Reader
	n  int
}

func (p *pieces) Read(b []byte) (int, error) { return p.in.Read(b[:min(len(b), p.n)]) }

func TestWrittenCSVIsReadBack(t *testing.T) {
	t.Parallel()
	field := rapid.OneOf(rapid.StringMatching(`[a-z ";,\n|]{0,12}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]byte{',', ';', '\t', '|'}).Draw(t, "delimiter")
		width := rapid.IntRange(2, 6).Draw(t, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(field, width, width), 1, 20).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rune(delimiter)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		got, _, bad := readAll(t, newPieces(b.String(), rapid.IntRange(1, 50).Draw(t, "piece")), delimiter, DefaultMaxField)
		if bad > 0 || !cmp.Equal(got, rows) {
			t.Fatalf("%q gives %q", rows, got)
		}
	})
}

// TestLimitsKeepMemory reads a file that is one endless quoted field, then one
// endless line: the buffer stays small.
func TestLimitsKeepMemory(t *testing.T) {
	t.Parallel()
	const maxField = 1 << 10
	for _, begin := range []string{"\"", "x"} {
		in := io.MultiReader(strings.NewReader("a,b\n"+begin), io.LimitReader(endless{}, 20<<20), strings.NewReader("\n1,2\n"))
		c := newCSVReader(in, ',', '\n', maxField)
		var rec record
		rows, bad := 0, 0
		for c.next(&rec) == nil {
			if rec.reason != "" {
				bad++
			} else {
				rows++
			}
		}
		if bad != 1 || rows != 2 || len(c.buf) > 1<<20 {
			t.Errorf("%q: %d bad and %d good rows, a buffer of %d bytes", begin, bad, rows, len(c.buf))
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'y'
	}
	return len(p), nil
}
