package jinja

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Str gives Python's str(v): the text a template prints for v.
func Str(v Value) string {
	if s, ok := v.(string); ok {
		return s
	}
	p := printer{limit: defaultOutputBytes}
	p.str(v)
	return string(p.buf)
}

// Repr gives Python's repr(v): how v looks inside a list.
func Repr(v Value) string {
	p := printer{limit: defaultOutputBytes}
	p.repr(v)
	return string(p.buf)
}

// str is Str within the limits. A strict undefined value is an error.
func (rt *Runtime) str(v Value) (string, error) {
	switch x := v.(type) {
	case string:
		return x, nil
	case Markup:
		return string(x), nil
	case *Undefined:
		return "", x.failPrint()
	}
	return rt.printed(v, (*printer).str)
}

// repr is Repr within the limits.
func (rt *Runtime) repr(v Value) (string, error) { return rt.printed(v, (*printer).repr) }

func (rt *Runtime) printed(v Value, show func(*printer, Value)) (string, error) {
	p := printer{limit: rt.limits.OutputBytes, rt: rt}
	show(&p, v)
	if p.err != nil {
		return "", p.err
	}
	if err := rt.reserve(len(p.buf)); err != nil {
		return "", err
	}
	return string(p.buf), nil
}

// printer writes values. After an error it writes nothing more.
type printer struct {
	buf   []byte
	limit int
	rt    *Runtime // counts the work; nil outside of a rendering
	open  []any    // containers being written, to find cycles
	err   error
	loops bool // a container was found inside itself
}

// full says whether to stop, and notes why.
func (p *printer) full() bool {
	if p.err == nil && len(p.buf) > p.limit {
		p.err = limitError("the template makes a text of more than %d bytes", p.limit)
	}
	return p.err != nil
}

func (p *printer) add(s string) { p.buf = append(p.buf, s...) }

func (p *printer) str(v Value) {
	switch x := v.(type) {
	case string:
		p.add(x)
	case Markup:
		p.add(string(x))
	case *Undefined:
	case Stringer:
		p.add(x.Str())
	default:
		p.repr(v)
	}
}

func (p *printer) repr(v Value) {
	if p.full() {
		return
	}
	switch x := v.(type) {
	case nil:
		p.add("None")
	case bool:
		if x {
			p.add("True")
		} else {
			p.add("False")
		}
	case int64:
		p.buf = strconv.AppendInt(p.buf, x, 10)
	case *big.Int:
		if x.BitLen() > maxIntDigits*4 {
			p.err = valueErrorf("Exceeds the limit (%d digits) for integer string conversion", maxIntDigits)
			return
		}
		p.buf = x.Append(p.buf, 10)
	case float64:
		p.buf = appendFloat(p.buf, x)
	case string:
		p.buf = appendQuoted(p.buf, x)
	case Markup:
		p.add("Markup(")
		p.buf = appendQuoted(p.buf, string(x))
		p.add(")")
	case *Decimal:
		p.add("Decimal('" + x.String() + "')")
	case *List:
		p.seq(x, "[", x.Items, "]")
	case Tuple:
		if len(x) == 1 {
			p.seq(nil, "(", x, ",)")
		} else {
			p.seq(nil, "(", x, ")")
		}
	case *Dict:
		p.dict(x)
	case *Set:
		if x.Len() == 0 {
			p.add("set()")
		} else {
			p.seq(x, "{", x.Items(), "}")
		}
	case *Undefined:
		p.add("Undefined")
	case *Func:
		p.add("<function " + x.name + ">")
	case Reprer:
		p.add(x.Repr())
	case Stringer:
		p.add(x.Str())
	default:
		p.add("<" + TypeName(v) + " object>")
	}
}

// enter says whether a container may be written: not inside itself.
func (p *printer) enter(c any, again string) bool {
	if c != nil {
		if slices.Contains(p.open, c) {
			p.loops = true
			p.add(again)
			return false
		}
	}
	if len(p.open) >= maxValueDepth {
		p.err = errRecursion()
		return false
	}
	if p.rt != nil {
		if p.err = p.rt.tick(); p.err != nil {
			return false
		}
	}
	p.open = append(p.open, c)
	return true
}

func (p *printer) leave() { p.open = p.open[:len(p.open)-1] }

func (p *printer) seq(c any, left string, items []Value, right string) {
	if !p.enter(c, left+"..."+right) {
		return
	}
	p.add(left)
	for i, it := range items {
		if i > 0 {
			p.add(", ")
		}
		p.repr(it)
		if p.err != nil {
			break
		}
	}
	p.add(right)
	p.leave()
}

func (p *printer) dict(d *Dict) {
	if !p.enter(d, "{...}") {
		return
	}
	p.add("{")
	first := true
	for k, v := range d.All() {
		if !first {
			p.add(", ")
		}
		first = false
		p.repr(k)
		p.add(": ")
		p.repr(v)
		if p.err != nil {
			break
		}
	}
	p.add("}")
	p.leave()
}

// appendFloat writes Python's repr of a float: the shortest digits that read
// back the same, with an exponent outside 1e-4 to 1e16.
func appendFloat(dst []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "nan"...)
	case math.IsInf(f, 1):
		return append(dst, "inf"...)
	case math.IsInf(f, -1):
		return append(dst, "-inf"...)
	}
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if !strings.Contains(string(dst[start:]), ".") {
		dst = append(dst, ".0"...)
	}
	return dst
}

// appendQuoted writes Python's repr of a string.
func appendQuoted(dst []byte, s string) []byte {
	quote := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		quote = '"'
	}
	dst = append(dst, quote)
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == quote || c == '\\':
				dst = append(dst, '\\', c)
			case c == '\n':
				dst = append(dst, '\\', 'n')
			case c == '\r':
				dst = append(dst, '\\', 'r')
			case c == '\t':
				dst = append(dst, '\\', 't')
			case c < ' ' || c == 0x7f:
				dst = append(dst, '\\', 'x', hex[c>>4], hex[c&15])
			default:
				dst = append(dst, c)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			dst = append(dst, '\\', 'x', hex[c>>4], hex[c&15])
		case unicode.IsPrint(r):
			dst = append(dst, s[i:i+n]...)
		case r <= 0xff:
			dst = append(dst, '\\', 'x', hex[r>>4], hex[r&15])
		case r <= 0xffff:
			dst = append(dst, '\\', 'u')
			for sh := 12; sh >= 0; sh -= 4 {
				dst = append(dst, hex[(r>>uint(sh))&15])
			}
		default:
			dst = append(dst, '\\', 'U')
			for sh := 28; sh >= 0; sh -= 4 {
				dst = append(dst, hex[(r>>uint(sh))&15])
			}
		}
		i += n
	}
	return append(dst, quote)
}
