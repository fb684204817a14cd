package jinja

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// percentFormat is Python's format % args.
func percentFormat(rt *Runtime, format string, args Value) (Value, error) {
	p := percent{rt: rt, format: format, args: args}
	switch x := args.(type) {
	case Tuple:
		p.tuple, p.isTuple = x, true
	case *Dict:
		p.dict = x
	}
	out, err := p.run()
	if err != nil {
		return nil, err
	}
	return out, nil
}

// percent expands one format.
type percent struct {
	rt      *Runtime
	format  string
	args    Value
	tuple   Tuple
	dict    *Dict
	isTuple bool
	used    int
	named   bool
}

// next gives the next positional argument.
func (p *percent) next() (Value, error) {
	defer func() { p.used++ }()
	if p.isTuple {
		if p.used >= len(p.tuple) {
			return nil, typeErrorf("not enough arguments for format string")
		}
		return p.tuple[p.used], nil
	}
	if p.used > 0 {
		return nil, typeErrorf("not enough arguments for format string")
	}
	return p.args, nil
}

func (p *percent) run() (string, error) {
	var b strings.Builder
	s := p.format
	for {
		i := strings.IndexByte(s, '%')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		var err error
		var text string
		if text, s, err = p.directive(s); err != nil {
			return "", err
		}
		if err := p.rt.reserve(b.Len() + len(text)); err != nil {
			return "", err
		}
		b.WriteString(text)
	}
	left := 0
	if p.isTuple {
		left = len(p.tuple) - p.used
	} else if p.used == 0 && p.dict == nil && !p.named {
		switch p.args.(type) {
		case *List, *rangeValue:
		default:
			left = 1
		}
	}
	if left > 0 {
		return "", typeErrorf("not all arguments converted during string formatting")
	}
	return b.String(), nil
}

// directive expands what stands behind a % and gives the rest of the format.
func (p *percent) directive(s string) (text, rest string, err error) {
	f := formatSpec{fill: " ", sign: '-', precision: -1}
	var arg Value
	haveArg := false
	if s != "" && s[0] == '(' {
		end := closingParen(s)
		if end < 0 {
			return "", "", valueErrorf("incomplete format key")
		}
		if p.dict == nil {
			return "", "", typeErrorf("format requires a mapping")
		}
		v, ok := p.dict.GetStr(s[1:end])
		if !ok {
			return "", "", keyError(s[1:end])
		}
		arg, haveArg, p.named = v, true, true
		s = s[end+1:]
	}
	if strings.HasPrefix(s, "%") && !haveArg {
		return "%", s[1:], nil
	}
	left, zero := false, false
	for ; s != "" && strings.IndexByte("-+ #0", s[0]) >= 0; s = s[1:] {
		switch s[0] {
		case '-':
			left = true
		case '+':
			f.sign = '+'
		case ' ':
			if f.sign != '+' {
				f.sign = ' '
			}
		case '#':
			f.alt = true
		case '0':
			zero = true
		}
	}
	if f.width, s, err = p.size(s, 0); err != nil {
		return "", "", err
	}
	if f.width < 0 {
		left, f.width = true, -f.width
	}
	if s != "" && s[0] == '.' {
		if f.precision, s, err = p.size(s[1:], 0); err != nil {
			return "", "", err
		}
		f.precision = max(f.precision, 0)
	}
	s = strings.TrimLeft(s, "hlL")
	if s == "" {
		return "", "", valueErrorf("incomplete format")
	}
	kind, n := utf8.DecodeRuneInString(s)
	rest = s[n:]
	if kind == '%' {
		return "", "", valueErrorf("unsupported format character '%%' (0x25) at index %d", len(p.format)-len(s))
	}
	if !haveArg {
		if arg, err = p.next(); err != nil {
			return "", "", err
		}
	}
	f.align = '>'
	if zero {
		f.fill, f.align = "0", '='
	}
	if left {
		f.fill, f.align = " ", '<'
	}
	if err := p.rt.reserve(f.width + max(f.precision, 0)); err != nil {
		return "", "", err
	}
	text, err = p.convert(&f, kind, arg, len(p.format)-len(s))
	return text, rest, err
}

func closingParen(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// size reads a width or precision, which may be * for the next argument.
func (p *percent) size(s string, def int) (int, string, error) {
	if s == "" || s[0] != '*' {
		return takeNumber(s, def, p.rt.limits.OutputBytes)
	}
	v, err := p.next()
	if err != nil {
		return 0, s, err
	}
	n, ok := asInt64(v)
	if !ok {
		return 0, s, typeErrorf("* wants int")
	}
	if n > int64(p.rt.limits.OutputBytes) || n < -int64(p.rt.limits.OutputBytes) {
		return 0, s, limitError("a text width of %d is too large", n)
	}
	return int(n), s[1:], nil
}

// convert formats one argument.
func (p *percent) convert(f *formatSpec, kind rune, v Value, at int) (string, error) {
	switch kind {
	case 's', 'r', 'a':
		show := p.rt.str
		if kind != 's' {
			show = p.rt.repr
		}
		s, err := show(v)
		if err != nil {
			return "", err
		}
		if f.precision >= 0 {
			s = s[:runeOffset(s, f.precision)]
		}
		if f.align == '=' {
			f.fill, f.align = " ", '>'
		}
		return f.pad("", s, '>'), nil
	case 'c':
		return p.char(f, v)
	case 'd', 'i', 'u':
		b, err := percentInt(v, kind)
		if err != nil {
			return "", err
		}
		return p.digits(f, b, 10, "")
	case 'x', 'X', 'o':
		b, ok := asBig(v)
		if !ok {
			return "", typeErrorf("%%%c format: an integer is required, not %s", kind, TypeName(v))
		}
		f.kind = byte(kind) //nolint:gosec // an ASCII letter
		if kind == 'o' {
			return p.digits(f, b, 8, "0o")
		}
		return p.digits(f, b, 16, "0"+string(kind))
	case 'e', 'E', 'f', 'F', 'g', 'G':
		x, ok := toFloat(v)
		if !ok {
			if u, isUndef := v.(*Undefined); isUndef {
				return "", u.fail()
			}
			return "", typeErrorf("must be real number, not %s", TypeName(v))
		}
		f.kind = byte(kind) //nolint:gosec // an ASCII letter
		return f.float(x)
	}
	return "", valueErrorf("unsupported format character '%c' (%#x) at index %d", kind, kind, at)
}

func (p *percent) char(f *formatSpec, v Value) (string, error) {
	if s, ok := textOf(v); ok && utf8.RuneCountInString(s) == 1 {
		return f.pad("", s, '>'), nil
	}
	if i, ok := asInt64(v); ok {
		if i < 0 || i > utf8.MaxRune {
			return "", overflow("%c arg not in range(0x110000)")
		}
		return f.pad("", string(rune(i)), '>'), nil
	}
	return "", typeErrorf("%%c requires int or char")
}

// percentInt takes the whole part of a number, as %d does.
func percentInt(v Value, kind rune) (*big.Int, error) {
	if b, ok := asBig(v); ok {
		return b, nil
	}
	switch x := v.(type) {
	case float64:
		if x != x || isInf(x) {
			return nil, valueErrorf("cannot convert float %s to integer", Repr(x))
		}
		b, _ := big.NewFloat(x).Int(nil)
		return b, nil
	case *Decimal:
		return x.trunc(), nil
	case *Undefined:
		if err := x.fail(); err != nil {
			return nil, err
		}
		return new(big.Int), nil
	}
	return nil, typeErrorf("%%%c format: a real number is required, not %s", kind, TypeName(v))
}

// digits writes an integer; a precision is the least number of digits.
func (p *percent) digits(f *formatSpec, b *big.Int, base int, prefix string) (string, error) {
	if b.BitLen() > maxIntDigits*4 {
		return "", valueErrorf("Exceeds the limit (%d digits) for integer string conversion", maxIntDigits)
	}
	body := new(big.Int).Abs(b).Text(base)
	if f.kind == 'X' {
		body = strings.ToUpper(body)
	}
	if missing := f.precision - len(body); missing > 0 {
		body = strings.Repeat("0", missing) + body
	}
	sign := f.signOf(b.Sign() < 0)
	if f.alt {
		sign += prefix
	}
	return f.pad(sign, body, '>'), nil
}
