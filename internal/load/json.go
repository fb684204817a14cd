package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// jsonReader reads JSON lines: one object a line. Empty lines are skipped.
type jsonReader struct {
	in       *bufio.Reader
	line     int64
	maxField int
	index    map[string]int // of the known columns
	grow     bool           // whether new names become columns
	names    []string
	long     []byte
}

func newJSONReader(in io.Reader, names []string, maxField int) *jsonReader {
	j := &jsonReader{in: bufio.NewReaderSize(in, blockSize), maxField: maxField, index: map[string]int{}, names: names, grow: names == nil}
	for i, name := range names {
		j.index[name] = i
	}
	return j
}

// next reads an object into rec, whose fields are those of the known columns, and
// gives io.EOF behind the last.
func (j *jsonReader) next(rec *record) error {
	for {
		raw, tooLong, err := j.readLine()
		if err != nil {
			return err
		}
		if len(trim(raw)) == 0 {
			continue
		}
		*rec = record{line: j.line, fields: rec.fields[:0], raw: raw, column: -1}
		for range j.names {
			rec.fields = append(rec.fields, nil)
		}
		switch {
		case tooLong:
			rec.reason = fmt.Sprintf("the row is longer than %d bytes", j.maxField*fieldsPerRecord)
		case !json.Valid(raw):
			rec.reason = "not valid JSON"
		case trim(raw)[0] != '{':
			rec.reason = "not a JSON object"
		default:
			j.object(rec, trim(raw))
		}
		return nil
	}
}

// readLine gives the next line without its end. Of one beyond the limit it gives the beginning.
func (j *jsonReader) readLine() (line []byte, tooLong bool, err error) {
	j.line++
	line, err = j.in.ReadSlice('\n')
	if err == nil {
		return line[:len(line)-1], false, nil
	}
	j.long = append(j.long[:0], line...)
	for errors.Is(err, bufio.ErrBufferFull) {
		line, err = j.in.ReadSlice('\n')
		if len(j.long) <= j.maxField*fieldsPerRecord {
			j.long = append(j.long, line...)
		}
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, false, err
	case errors.Is(err, io.EOF) && len(j.long) == 0:
		return nil, false, io.EOF
	case len(j.long) > j.maxField*fieldsPerRecord:
		return j.long[:min(len(j.long), maxValue)], true, nil
	}
	return bytes.TrimSuffix(j.long, []byte("\n")), false, nil
}

// object takes valid JSON apart: b begins with { and ends with }.
func (j *jsonReader) object(rec *record, b []byte) {
	b = trim(b[1:])
	for len(b) > 0 && b[0] == '"' {
		n := stringEnd(b)
		name := unquote(b[:n])
		b = trim(b[n:])
		b = trim(b[1:]) // the colon
		n = valueEnd(b)
		j.put(rec, string(name), b[:n])
		b = trim(b[n:])
		b = trim(b[1:]) // a comma or the closing brace
	}
}

func (j *jsonReader) put(rec *record, name string, value []byte) {
	at, known := j.index[name]
	if !known {
		if !j.grow {
			return
		}
		at = len(j.names)
		j.index[name] = at
		j.names = append(j.names, name)
		rec.fields = append(rec.fields, nil)
	}
	switch {
	case string(value) == "null":
		return
	case value[0] == '"':
		value = unquote(value)
	}
	if len(value) > j.maxField && rec.reason == "" {
		rec.reason, rec.column = fmt.Sprintf("the value is longer than %d bytes", j.maxField), at
	}
	rec.fields[at] = value
}

// stringEnd gives the length of the JSON string that b begins with.
func stringEnd(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// valueEnd gives the length of the JSON value that b begins with.
func valueEnd(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i += stringEnd(b[i:]) - 1
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		case ' ', '\t', '\r':
			if depth == 0 {
				return i
			}
		}
	}
	return len(b)
}

func unquote(b []byte) []byte {
	if bytes.IndexByte(b, '\\') < 0 {
		return b[1 : len(b)-1]
	}
	var s string
	if json.Unmarshal(b, &s) != nil {
		return b
	}
	return []byte(s)
}
