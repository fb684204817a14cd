package jinja

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxJSONDepth is how deep JSON may be nested; no file of ours comes near.
const maxJSONDepth = 1000

// ParseJSON reads JSON into template values, keeping the order of keys, which
// encoding/json cannot do at the speed that a manifest of a large project needs
// before a command starts. The last of two equal keys wins. Text stays part of
// one copy of data. Errors name the line and the offset.
func ParseJSON(data []byte) (Value, error) {
	d := jsonReader{s: string(data)}
	v, err := d.value(0)
	if err != nil {
		return nil, err
	}
	d.space()
	if d.at < len(d.s) {
		return nil, d.fail("more after the end")
	}
	return v, nil
}

// jsonReader is a place in a JSON text.
type jsonReader struct {
	s  string
	at int
}

func (d *jsonReader) fail(what string) error {
	line := 1 + strings.Count(d.s[:min(d.at, len(d.s))], "\n")
	return fmt.Errorf("line %d, offset %d: %s", line, d.at, what)
}

func (d *jsonReader) space() {
	for d.at < len(d.s) {
		switch d.s[d.at] {
		case ' ', '\t', '\n', '\r':
			d.at++
		default:
			return
		}
	}
}

// next gives the next byte that isn't space without taking it; 0 at the end.
func (d *jsonReader) next() byte {
	d.space()
	if d.at == len(d.s) {
		return 0
	}
	return d.s[d.at]
}

func (d *jsonReader) value(depth int) (Value, error) {
	if depth > maxJSONDepth {
		return nil, d.fail("nested too deep")
	}
	switch c := d.next(); {
	case c == '{':
		return d.object(depth)
	case c == '[':
		return d.list(depth)
	case c == '"':
		return d.text()
	case c == '-' || c >= '0' && c <= '9':
		return d.number()
	case c == 't':
		return true, d.word("true")
	case c == 'f':
		return false, d.word("false")
	case c == 'n':
		return nil, d.word("null")
	case c == 0:
		return nil, d.fail("it ends too early")
	}
	return nil, d.fail("expected a value")
}

func (d *jsonReader) word(w string) error {
	if !strings.HasPrefix(d.s[d.at:], w) {
		return d.fail("expected a value")
	}
	d.at += len(w)
	return nil
}

func (d *jsonReader) object(depth int) (Value, error) {
	out := NewDict()
	d.at++
	if d.next() == '}' {
		d.at++
		return out, nil
	}
	for {
		if d.next() != '"' {
			return nil, d.fail("expected a key")
		}
		key, err := d.text()
		if err != nil {
			return nil, err
		}
		if d.next() != ':' {
			return nil, d.fail("expected a colon")
		}
		d.at++
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out.SetStr(key, v)
		if more, err := d.more('}'); err != nil || !more {
			return out, err
		}
	}
}

func (d *jsonReader) list(depth int) (Value, error) {
	out := NewList()
	d.at++
	if d.next() == ']' {
		d.at++
		return out, nil
	}
	for {
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out.Append(v)
		if more, err := d.more(']'); err != nil || !more {
			return out, err
		}
	}
}

// more takes a comma, or the closing bracket.
func (d *jsonReader) more(closing byte) (bool, error) {
	switch d.next() {
	case ',':
		d.at++
		return true, nil
	case closing:
		d.at++
		return false, nil
	}
	return false, d.fail("expected a comma or a closing bracket")
}

func (d *jsonReader) text() (string, error) {
	d.at++
	start := d.at
	for ; d.at < len(d.s); d.at++ {
		switch c := d.s[d.at]; {
		case c == '"':
			d.at++
			return validText(d.s[start : d.at-1]), nil
		case c == '\\':
			return d.escaped(start)
		case c < ' ':
			return "", d.fail("a control character in a text")
		}
	}
	return "", d.fail("a text without an end")
}

// validText replaces each byte that isn't UTF-8.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// escaped reads on from the first backslash of a text that began at start.
func (d *jsonReader) escaped(start int) (string, error) {
	var b strings.Builder
	b.WriteString(d.s[start:d.at])
	for d.at < len(d.s) {
		c := d.s[d.at]
		switch {
		case c == '"':
			d.at++
			return validText(b.String()), nil
		case c == '\\':
			r, err := d.escape()
			if err != nil {
				return "", err
			}
			b.WriteRune(r)
		case c < ' ':
			return "", d.fail("a control character in a text")
		default:
			from := d.at
			for d.at < len(d.s) && d.s[d.at] >= ' ' && d.s[d.at] != '"' && d.s[d.at] != '\\' {
				d.at++
			}
			b.WriteString(d.s[from:d.at])
		}
	}
	return "", d.fail("a text without an end")
}

func (d *jsonReader) escape() (rune, error) {
	if d.at+1 >= len(d.s) {
		return 0, d.fail("a text without an end")
	}
	c := d.s[d.at+1]
	d.at += 2
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		return d.unicode()
	}
	return 0, d.fail("an unknown escape")
}

// unicode reads the four digits of an escape, and the second escape of a pair.
func (d *jsonReader) unicode() (rune, error) {
	first, err := d.hex()
	if err != nil || !utf16.IsSurrogate(first) {
		return first, err
	}
	if !strings.HasPrefix(d.s[d.at:], `\u`) {
		return utf8.RuneError, nil
	}
	back := d.at
	d.at += 2
	second, err := d.hex()
	if err != nil {
		return 0, err
	}
	r := utf16.DecodeRune(first, second)
	if r == utf8.RuneError {
		d.at = back // half a pair; the second escape stands for itself
	}
	return r, nil
}

func (d *jsonReader) hex() (rune, error) {
	if d.at+4 > len(d.s) {
		return 0, d.fail("a text without an end")
	}
	var r rune
	for _, c := range d.s[d.at : d.at+4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | (c - '0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | (c | 0x20 - 'a' + 10)
		default:
			return 0, d.fail("an escape that isn't hexadecimal")
		}
	}
	d.at += 4
	return r, nil
}

// number reads an int64, a big integer or a float64.
func (d *jsonReader) number() (Value, error) {
	start := d.at
	if d.s[d.at] == '-' {
		d.at++
	}
	whole := d.digits()
	if whole == 0 || whole > 1 && d.s[d.at-whole] == '0' {
		return nil, d.fail("not a number")
	}
	isFloat := false
	if d.at < len(d.s) && d.s[d.at] == '.' {
		isFloat = true
		d.at++
		if d.digits() == 0 {
			return nil, d.fail("not a number")
		}
	}
	if d.at < len(d.s) && d.s[d.at]|0x20 == 'e' {
		isFloat = true
		d.at++
		if d.at < len(d.s) && (d.s[d.at] == '+' || d.s[d.at] == '-') {
			d.at++
		}
		if d.digits() == 0 {
			return nil, d.fail("not a number")
		}
	}
	text := d.s[start:d.at]
	if isFloat {
		f, _ := strconv.ParseFloat(text, 64) // beyond the range is infinite, as in Python
		return f, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, d.fail("not a number")
	}
	return n, nil
}

func (d *jsonReader) digits() int {
	start := d.at
	for d.at < len(d.s) && d.s[d.at] >= '0' && d.s[d.at] <= '9' {
		d.at++
	}
	return d.at - start
}
