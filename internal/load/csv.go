package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// csvReader cuts a CSV into records. It follows RFC 4180, and besides keeps quotes
// inside an unquoted field, ends lines at LF or CRLF (or at CR alone where told
// so), and skips empty lines. A record that breaks the rules is given with a
// reason, and reading goes on behind it.
type csvReader struct {
	in        io.Reader
	delimiter byte
	newline   byte // '\n', or '\r' for files with CR alone
	maxField  int
	maxRecord int

	buf      []byte
	pos, end int
	eof      bool
	err      error
	line     int64 // of buf[pos]
	last     byte  // of the highest byte that can end a field
	spans    []span
}

// span is where a field lies in a record.
type span struct {
	from, to int
	doubled  bool // has doubled quotes
}

// record is one row of a file. Its bytes are good until the next one is read.
type record struct {
	line   int64
	fields [][]byte // nil is no value
	raw    []byte
	// reason is why the row cannot be loaded; column is the field it is about, from 0,
	// or -1.
	reason string
	column int
}

// fieldsPerRecord bounds a record at so many fields of the greatest length.
const fieldsPerRecord = 4

func newCSVReader(in io.Reader, delimiter, newline byte, maxField int) *csvReader {
	return &csvReader{
		in: in, delimiter: delimiter, newline: newline, maxField: maxField, maxRecord: maxField * fieldsPerRecord,
		buf: make([]byte, 256<<10), line: 1, last: max(delimiter, '\r'),
	}
}

// outcome of a scan.
type outcome uint8

const (
	entire   outcome = iota // a record
	more                    // the buffer ends in it
	unclosed                // the input ends inside a quoted field
	stray                   // text stands behind a closing quote
)

const strayReason = "text stands behind a closing quote; a quote inside a quoted value must be doubled"

// next reads a record into rec and gives io.EOF behind the last one.
func (c *csvReader) next(rec *record) error {
	for {
		data := c.buf[c.pos:min(c.end, c.pos+c.maxRecord+1)]
		if len(data) == 0 {
			if c.eof {
				return c.err
			}
			c.fill()
			continue
		}
		if n := c.emptyLine(data); n > 0 {
			c.pos += n
			c.line++
			continue
		}
		used, end, result := c.scan(data, c.eof && c.pos+len(data) == c.end)
		if result == more {
			if len(data) <= c.maxRecord {
				c.fill()
				continue
			}
			return c.tooLong(rec, data)
		}
		if result == unclosed {
			if !errors.Is(c.err, io.EOF) {
				return c.err
			}
			c.dropLine(rec, data, "a quote is opened and never closed")
			return nil
		}
		if c.eof && !errors.Is(c.err, io.EOF) && c.pos+used == c.end {
			return c.err // the last record of a truncated file is not known to be whole
		}
		if result == stray && bytes.IndexByte(data[:end], c.newline) >= 0 {
			// The quote was more likely never meant to be one than to span lines.
			c.dropLine(rec, data, strayReason)
			return nil
		}
		c.emit(rec, data, used, end, result)
		return nil
	}
}

// emptyLine gives the length of the line end that data begins with.
func (c *csvReader) emptyLine(data []byte) int {
	if data[0] == c.newline {
		return 1
	}
	if data[0] == '\r' && len(data) > 1 && data[1] == '\n' {
		return 2
	}
	return 0
}

// fill reads more behind what is there, and moves or enlarges the buffer for it.
func (c *csvReader) fill() {
	if c.eof {
		return
	}
	if c.pos > 0 {
		copy(c.buf, c.buf[c.pos:c.end])
		c.pos, c.end = 0, c.end-c.pos
	}
	if c.end == len(c.buf) {
		c.buf = append(c.buf, make([]byte, len(c.buf))...)
	}
	for range 100 {
		n, err := c.in.Read(c.buf[c.end:])
		c.end += n
		if err != nil {
			c.eof, c.err = true, err
		}
		if n > 0 || err != nil {
			return
		}
	}
	c.eof, c.err = true, io.ErrNoProgress
}

// scan finds the fields of the record that data begins with: used bytes with the
// line end, of which end are the record. Behind data comes nothing where it is final.
//
//nolint:gocognit,funlen // the one hot loop, kept in one piece
func (c *csvReader) scan(data []byte, final bool) (used, end int, result outcome) {
	c.spans = c.spans[:0]
	delimiter, newline, last := c.delimiter, c.newline, c.last
	i := 0
	for {
		if i < len(data) && data[i] == '"' {
			f := span{from: i + 1}
			i++
			for {
				j := bytes.IndexByte(data[i:], '"')
				if j < 0 {
					if final {
						return 0, 0, unclosed
					}
					return 0, 0, more
				}
				i += j + 1
				if i < len(data) && data[i] == '"' {
					f.doubled = true
					i++
					continue
				}
				break
			}
			if i == len(data) && !final {
				return 0, 0, more
			}
			f.to = i - 1
			c.spans = append(c.spans, f)
			switch {
			case i == len(data):
				return i, i, entire
			case data[i] == delimiter:
				i++
				continue
			case data[i] == newline:
				return i + 1, i, entire
			case data[i] == '\r' && i+1 == len(data) && !final:
				return 0, 0, more
			case data[i] == '\r' && i+1 < len(data) && data[i+1] == '\n':
				return i + 2, i, entire
			case data[i] == '\r' && i+1 == len(data):
				return i + 1, i, entire
			}
			j := bytes.IndexByte(data[i:], newline)
			switch {
			case j >= 0:
				return i + j + 1, i + j, stray
			case final:
				return len(data), len(data), stray
			default:
				return 0, 0, more
			}
		}
		start := i
		for i < len(data) && (data[i] > last || data[i] != delimiter && data[i] != newline) {
			i++
		}
		if i == len(data) {
			if !final {
				return 0, 0, more
			}
			end := i
			if end > start && data[end-1] == '\r' {
				end--
			}
			c.spans = append(c.spans, span{from: start, to: end})
			return i, end, entire
		}
		if data[i] == delimiter {
			c.spans = append(c.spans, span{from: start, to: i})
			i++
			continue
		}
		end := i
		if newline == '\n' && end > start && data[end-1] == '\r' {
			end--
		}
		c.spans = append(c.spans, span{from: start, to: end})
		return i + 1, end, entire
	}
}

// emit gives the record that was scanned.
func (c *csvReader) emit(rec *record, data []byte, used, end int, result outcome) {
	*rec = record{line: c.line, fields: rec.fields[:0], raw: data[:end], column: -1}
	c.pos += used
	c.line += int64(bytes.Count(data[:used], []byte{c.newline}))
	if result == stray {
		rec.reason = strayReason
		return
	}
	for i, s := range c.spans {
		field := data[s.from:s.to:s.to]
		if len(field) > c.maxField && rec.reason == "" {
			rec.reason, rec.column = c.longReason(), i
		}
		if s.doubled {
			field = bytes.ReplaceAll(field, []byte(`""`), []byte(`"`))
		}
		rec.fields = append(rec.fields, field)
	}
}

func (c *csvReader) longReason() string {
	return fmt.Sprintf("the value is longer than %d bytes", c.maxField)
}

// tooLong gives a record that is longer than may be held. Where it hangs in a
// quoted field the quote is to blame: only its line is dropped.
func (c *csvReader) tooLong(rec *record, data []byte) error {
	if n := bytes.IndexByte(data, c.newline); n >= 0 {
		c.dropLine(rec, data, fmt.Sprintf("a quote is opened and not closed within %d bytes", c.maxRecord))
		return nil
	}
	*rec = record{
		line: c.line, fields: rec.fields[:0], raw: bytes.Clone(data[:min(len(data), maxValue)]), column: -1,
		reason: fmt.Sprintf("the row is longer than %d bytes", c.maxRecord),
	}
	c.pos += len(data)
	for {
		if n := bytes.IndexByte(c.buf[c.pos:c.end], c.newline); n >= 0 {
			c.pos += n + 1
			c.line++
			return nil
		}
		c.pos = c.end
		if c.eof {
			if !errors.Is(c.err, io.EOF) {
				return c.err
			}
			return nil
		}
		c.fill()
	}
}

// dropLine gives the first line of data as a bad record and goes on behind it.
func (c *csvReader) dropLine(rec *record, data []byte, reason string) {
	n := bytes.IndexByte(data, c.newline)
	used := n + 1
	if n < 0 {
		n, used = len(data), len(data)
	}
	*rec = record{line: c.line, fields: rec.fields[:0], raw: data[:n], reason: reason, column: -1}
	c.pos += used
	c.line++
}
