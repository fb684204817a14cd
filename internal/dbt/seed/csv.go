package seed

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/kith-analytics/kith/internal/fault"
)

// csvReader reads records as RFC 4180 has them: fields in double quotes may hold
// the delimiter, line ends and doubled quotes. A quote inside an unquoted field is
// taken as it is. Unlike encoding/csv it gives blank lines, which are rows of a
// file with one column, and tells line ends apart.
type csvReader struct {
	in        *bufio.Reader
	delimiter byte
	file      string
	line      int // of the next byte, from 1
	crlf, lf  bool

	buf    []byte
	ends   []int // of each field in buf
	quoted bool  // some field of the record was in quotes
	fields []string
}

// record is one row of a file.
type record struct {
	fields []string // valid until the next read
	line   int      // where it starts
	blank  bool     // a line with nothing on it
}

func newCSVReader(in io.Reader, file string, delimiter byte) (*csvReader, error) {
	r := &csvReader{in: bufio.NewReaderSize(in, 1<<16), delimiter: delimiter, file: file, line: 1}
	head, err := r.in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Wrap(err, fault.Disk, "cannot read the seed").At(file, 0)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = r.in.Discard(len(head))
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return nil, fault.New(fault.Invalid, "the seed is UTF-16").At(file, 1).WithHint("save it as UTF-8")
	default:
		err = nil
	}
	return r, err
}

// read gives the next record, and false at the end.
func (r *csvReader) read() (record, bool, error) {
	r.buf, r.ends, r.quoted = r.buf[:0], r.ends[:0], false
	start := r.line
	for {
		c, err := r.in.ReadByte()
		if errors.Is(err, io.EOF) {
			if len(r.buf) == 0 && len(r.ends) == 0 && !r.quoted {
				return record{}, false, nil
			}
			return r.finish(start)
		}
		if err != nil {
			return record{}, false, fault.Wrap(err, fault.Disk, "cannot read the seed").At(r.file, r.line)
		}
		switch {
		case c == r.delimiter:
			r.ends = append(r.ends, len(r.buf))
		case c == '\n' || c == '\r':
			if err := r.lineEnd(c); err != nil {
				return record{}, false, err
			}
			return r.finish(start)
		case c == '"' && r.fieldStart() == len(r.buf):
			if err := r.readQuoted(); err != nil {
				return record{}, false, err
			}
		default:
			r.buf = append(r.buf, c)
		}
	}
}

func (r *csvReader) fieldStart() int {
	if len(r.ends) == 0 {
		return 0
	}
	return r.ends[len(r.ends)-1]
}

// lineEnd takes the rest of a line end that starts with c, and notes its kind.
func (r *csvReader) lineEnd(c byte) error {
	r.line++
	if c == '\n' {
		r.lf = true
		return nil
	}
	next, err := r.in.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		return fault.Wrap(err, fault.Disk, "cannot read the seed").At(r.file, r.line)
	}
	if len(next) == 1 && next[0] == '\n' {
		r.crlf = true
		_, err = r.in.Discard(1)
		return err //nolint:wrapcheck // a byte that Peek has shown
	}
	r.lf = true
	return nil
}

// readQuoted takes a field from behind its opening quote to its closing one.
func (r *csvReader) readQuoted() error {
	start := r.line
	r.quoted = true
	for {
		c, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return fault.New(fault.Invalid, "a quote is opened here and never closed").At(r.file, start)
		case err != nil:
			return fault.Wrap(err, fault.Disk, "cannot read the seed").At(r.file, r.line)
		case c != '"':
			if c == '\n' {
				r.line++
			}
			r.buf = append(r.buf, c)
			continue
		}
		next, err := r.in.Peek(1)
		if err != nil && !errors.Is(err, io.EOF) {
			return fault.Wrap(err, fault.Disk, "cannot read the seed").At(r.file, r.line)
		}
		switch {
		case len(next) == 0 || next[0] == r.delimiter || next[0] == '\n' || next[0] == '\r':
			return nil
		case next[0] != '"':
			return fault.New(fault.Invalid, "text follows a closing quote").At(r.file, r.line).
				WithHint("double the quotes that belong to the text")
		}
		if _, err := r.in.Discard(1); err != nil {
			return fault.Wrap(err, fault.Disk, "cannot read the seed").At(r.file, r.line)
		}
		r.buf = append(r.buf, '"')
	}
}

func (r *csvReader) finish(start int) (record, bool, error) {
	blank := len(r.buf) == 0 && len(r.ends) == 0 && !r.quoted
	r.ends = append(r.ends, len(r.buf))
	if !utf8.Valid(r.buf) {
		return record{}, false, fault.New(fault.Invalid, "the line is not UTF-8").At(r.file, start).WithHint("save the file as UTF-8")
	}
	text := string(r.buf)
	r.fields = r.fields[:0]
	from := 0
	for _, end := range r.ends {
		r.fields = append(r.fields, text[from:end])
		from = end
	}
	return record{fields: r.fields, line: start, blank: blank}, true, nil
}
