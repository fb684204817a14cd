package load

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

const (
	// sniffBytes is how much of a file shows its encoding and delimiter.
	sniffBytes = 64 << 10
	// inferBytes is how much of a file is read for the types of its columns.
	inferBytes = 64 << 20
	// presetRows are enough where the types are known.
	presetRows = 2_000
)

// rowReader gives the rows of a file. It ends with io.EOF.
type rowReader interface {
	next(rec *record) error
}

// sampleText reads the head of a CSV or of JSON lines.
func (p *FilePlan) sampleText(ctx context.Context, r Request) (guesses []guess, err error) {
	c, err := openContent(p.Path, p.Compression)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()

	head := make([]byte, sniffBytes)
	n, err := fillBlock(c, head)
	head = head[:n]
	if err != nil && !errors.Is(err, io.EOF) && n == 0 {
		return nil, damaged(p.Path, err)
	}
	if n == 0 {
		return nil, p.empty()
	}
	if err := p.binary(head); err != nil {
		return nil, err
	}
	if p.Encoding, err = parseEncoding(r.Encoding); err != nil {
		return nil, err
	}
	if p.Encoding == "" {
		p.Encoding = detectEncoding(head)
	}
	plain, _ := io.ReadAll(decoded(bytes.NewReader(head), p.Encoding))
	if len(trim(plain)) == 0 {
		return nil, p.empty()
	}
	p.sniff(r, plain)
	return p.infer(ctx, r, &limited{in: io.MultiReader(bytes.NewReader(head), c), left: inferBytes})
}

// limited ends a long input in an error that is not io.EOF, so that a row that it
// cuts is not taken for whole.
type limited struct {
	in   io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := l.in.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// binary refuses files of another format under a text file's name.
func (p *FilePlan) binary(head []byte) error {
	for _, kind := range []struct{ magic, name string }{
		{"PK\x03\x04", "a zip archive or an XLSX"},
		{"PAR1", "a Parquet file"},
		{"\x1f\x8b", "compressed with gzip"},
		{"\x28\xb5\x2f\xfd", "compressed with zstd"},
		{"SQLite format 3", "an SQLite database"},
		{"%PDF", "a PDF"},
	} {
		if bytes.HasPrefix(head, []byte(kind.magic)) {
			return fault.New(fault.Invalid, "%s is %s, not %s", p.Path, kind.name, p.Format).WithHint("give it the ending of its format")
		}
	}
	return nil
}

// sniff finds delimiter and line end of a CSV.
func (p *FilePlan) sniff(r Request, plain []byte) {
	if p.Format != formatCSV {
		return
	}
	p.newline = '\n'
	if bytes.IndexByte(plain, '\n') < 0 && bytes.IndexByte(plain, '\r') >= 0 {
		p.newline = '\r'
	}
	delimiter := r.Delimiter
	if delimiter == 0 {
		delimiter = p.bestDelimiter(plain)
	}
	p.Delimiter = string(rune(delimiter))
	p.Header = !r.NoHeader
}

// bestDelimiter takes the one that cuts the most rows into as many columns as the
// first row has.
func (p *FilePlan) bestDelimiter(plain []byte) byte {
	best, most := byte(','), 0
	for _, d := range []byte{',', ';', '\t', '|'} {
		in := newCSVReader(bytes.NewReader(plain), d, p.newline, p.maxField)
		var rec record
		columns, same, rows := 0, 0, 0
		for rows < 100 && in.next(&rec) == nil {
			if rows++; rows == 1 {
				columns = len(rec.fields)
			}
			if len(rec.fields) == columns && rec.reason == "" {
				same++
			}
		}
		if columns < 2 {
			continue
		}
		if score := same * 1000 / rows * columns; score > most {
			best, most = d, score
		}
	}
	return best
}

// infer reads the columns' names, and what their values can be.
//
//nolint:gocognit // one loop with the few differences of the formats
func (p *FilePlan) infer(ctx context.Context, r Request, in io.Reader) ([]guess, error) {
	rows := p.rows(decoded(in, p.Encoding))
	var guesses []guess
	var rec record
	limit := -1
	for n := 0; n != limit; n++ {
		if ctx.Err() != nil {
			return nil, stopped(ctx)
		}
		if err := rows.next(&rec); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			if n == 0 {
				return nil, damaged(p.Path, err)
			}
			break // the load says where the file is damaged
		}
		if p.Format == formatCSV && p.names == nil {
			if rec.reason != "" {
				return nil, fault.New(fault.Invalid, "the header cannot be read: %s", rec.reason).At(p.Path, int(rec.line))
			}
			p.header(&rec)
			limit = p.limit(r)
			if p.Header {
				guesses = append(guesses, make([]guess, len(p.names))...)
				continue
			}
			for i := range p.names {
				p.names[i] = "column" + strconv.Itoa(i+1)
			}
		}
		for len(guesses) < len(rec.fields) && (p.Format == formatJSON || len(guesses) < len(p.names)) {
			guesses = append(guesses, guess{})
		}
		if rec.reason != "" || p.Format == formatCSV && len(rec.fields) != len(p.names) {
			continue
		}
		for i, f := range rec.fields {
			guesses[i].add(f)
		}
	}
	if j, ok := rows.(*jsonReader); ok {
		p.names = j.names
		if len(p.names) == 0 {
			return nil, fault.New(fault.Invalid, "%s has no JSON object in its first rows", p.Path).WithHint("one object a line is expected")
		}
		for len(guesses) < len(p.names) {
			guesses = append(guesses, guess{})
		}
	}
	return guesses, nil
}

// limit is how many rows show what must be known.
func (p *FilePlan) limit(r Request) int {
	if m, err := p.decide(r); err == nil && m != nil {
		return presetRows
	}
	return -1
}

// rows gives the reader of a text format.
func (p *FilePlan) rows(in io.Reader) rowReader {
	if p.Format == formatJSON {
		return newJSONReader(in, p.names, p.maxField)
	}
	return newCSVReader(in, p.delimiter(), p.newline, p.maxField)
}

// isoText writes a moment, without the time where that is midnight.
func isoText(micros int64) []byte {
	t := time.UnixMicro(micros).UTC()
	if micros%microsPerDay == 0 {
		return []byte(t.Format(time.DateOnly))
	}
	return []byte(t.Format("2006-01-02 15:04:05.999999"))
}
