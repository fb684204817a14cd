package jinja

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// formatSpec is Python's format mini-language:
// [[fill]align][sign][z][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      string
	align     byte // 0 when not given
	sign      byte // '-', '+' or ' '
	alt       bool
	width     int
	group     byte // 0, ',' or '_'
	precision int  // -1 when not given
	kind      byte // 0 when not given
}

func parseSpec(s string, limit int) (formatSpec, error) {
	f := formatSpec{fill: " ", sign: '-', precision: -1}
	filled := false
	isAlign := func(c byte) bool { return c == '<' || c == '>' || c == '=' || c == '^' }
	if _, n := utf8.DecodeRuneInString(s); n > 0 && len(s) > n && isAlign(s[n]) {
		f.fill, f.align, s, filled = s[:n], s[n], s[n+1:], true
	} else if s != "" && isAlign(s[0]) {
		f.align, s = s[0], s[1:]
	}
	if s != "" && (s[0] == '+' || s[0] == '-' || s[0] == ' ') {
		f.sign, s = s[0], s[1:]
	}
	if s != "" && s[0] == 'z' {
		s = s[1:]
	}
	if s != "" && s[0] == '#' {
		f.alt, s = true, s[1:]
	}
	if s != "" && s[0] == '0' {
		if !filled {
			f.fill = "0"
		}
		if f.align == 0 {
			f.align = '='
		}
		s = s[1:]
	}
	var err error
	if f.width, s, err = takeNumber(s, 0, limit); err != nil {
		return f, err
	}
	if s != "" && (s[0] == ',' || s[0] == '_') {
		f.group, s = s[0], s[1:]
	}
	if s != "" && s[0] == '.' {
		if len(s) < 2 || !isDecimal(s[1]) {
			return f, valueErrorf("Format specifier missing precision")
		}
		if f.precision, s, err = takeNumber(s[1:], 0, limit); err != nil {
			return f, err
		}
	}
	if len(s) > 1 {
		return f, valueErrorf("Invalid format specifier")
	}
	if s != "" {
		f.kind = s[0]
	}
	return f, nil
}

// takeNumber reads digits at the start of s.
func takeNumber(s string, def, limit int) (int, string, error) {
	n := 0
	for n < len(s) && isDecimal(s[n]) {
		n++
	}
	if n == 0 {
		return def, s, nil
	}
	v, err := strconv.Atoi(s[:n])
	if err != nil || v > limit {
		return 0, s, limitError("a text width of %s is too large", s[:n])
	}
	return v, s[n:], nil
}

// formatValue is Python's format(v, spec).
func formatValue(rt *Runtime, v Value, spec string) (string, error) {
	if f, ok := v.(Formatter); ok && spec != "" {
		return f.Format(spec)
	}
	if spec == "" {
		return rt.str(v)
	}
	f, err := parseSpec(spec, rt.limits.OutputBytes)
	if err != nil {
		return "", err
	}
	if err := rt.reserve(f.width + max(f.precision, 0)); err != nil {
		return "", err
	}
	if s, ok := textOf(v); ok {
		return f.text(s)
	}
	switch x := v.(type) {
	case bool:
		i, _ := asInt64(x)
		return f.integer(big.NewInt(i))
	case int64:
		return f.integer(big.NewInt(x))
	case *big.Int:
		return f.integer(x)
	case float64:
		return f.float(x)
	case *Decimal:
		return f.decimal(x)
	case *Undefined:
		return "", x.fail()
	}
	return "", typeErrorf("unsupported format string passed to %s.__format__", TypeName(v))
}

func (f *formatSpec) unknown(typ string) error {
	return valueErrorf("Unknown format code '%c' for object of type '%s'", f.kind, typ)
}

// pad puts body into the width; sign and prefix stay in front of = padding.
func (f *formatSpec) pad(sign, body string, def byte) string {
	align := f.align
	if align == 0 {
		align = def
	}
	missing := f.width - utf8.RuneCountInString(sign) - utf8.RuneCountInString(body)
	if missing <= 0 {
		return sign + body
	}
	switch align {
	case '<':
		return sign + body + strings.Repeat(f.fill, missing)
	case '^':
		left := missing / 2
		return strings.Repeat(f.fill, left) + sign + body + strings.Repeat(f.fill, missing-left)
	case '=':
		if f.fill == "0" && f.group != 0 && strings.IndexByte(body, 'n') < 0 {
			return sign + f.zeroGrouped(body, missing)
		}
		return sign + strings.Repeat(f.fill, missing) + body
	}
	return strings.Repeat(f.fill, missing) + sign + body
}

// zeroGrouped pads with zeros that are grouped like the digits.
func (f *formatSpec) zeroGrouped(body string, missing int) string {
	want := len(body) + missing
	whole, frac := body, ""
	if i := strings.IndexAny(body, ".e%"); i >= 0 {
		whole, frac = body[:i], body[i:]
	}
	digits := strings.ReplaceAll(whole, string(f.group), "")
	for len(group(digits, f.group, f.groupSize()))+len(frac) < want {
		digits = "0" + digits
	}
	return group(digits, f.group, f.groupSize()) + frac
}

func (f *formatSpec) groupSize() int {
	switch f.kind {
	case 'x', 'X', 'o', 'b':
		return 4
	}
	return 3
}

// group puts a separator between groups of digits.
func group(digits string, sep byte, size int) string {
	if sep == 0 || len(digits) <= size {
		return digits
	}
	var b strings.Builder
	first := len(digits) % size
	b.WriteString(digits[:first])
	for i := first; i < len(digits); i += size {
		if i > 0 {
			b.WriteByte(sep)
		}
		b.WriteString(digits[i : i+size])
	}
	return b.String()
}

func (f *formatSpec) text(s string) (string, error) {
	switch {
	case f.kind != 0 && f.kind != 's':
		return "", f.unknown("str")
	case f.sign != '-':
		return "", valueErrorf("Sign not allowed in string format specifier")
	case f.align == '=' && f.fill != "0":
		return "", valueErrorf("'=' alignment not allowed in string format specifier")
	case f.group != 0:
		return "", valueErrorf("Cannot specify '%c' with 's'.", f.group)
	}
	if f.align == '=' {
		f.align = '<'
	}
	if f.precision >= 0 {
		s = s[:runeOffset(s, f.precision)]
	}
	return f.pad("", s, '<'), nil
}

func (f *formatSpec) signOf(neg bool) string {
	switch {
	case neg:
		return "-"
	case f.sign == '-':
		return ""
	}
	return string(f.sign)
}

func (f *formatSpec) integer(b *big.Int) (string, error) {
	base, prefix := 10, ""
	switch f.kind {
	case 0, 'd', 'n':
	case 'x', 'X':
		base, prefix = 16, "0"+string(f.kind)
	case 'o':
		base, prefix = 8, "0o"
	case 'b':
		base, prefix = 2, "0b"
	case 'c':
		if !b.IsInt64() || b.Int64() < 0 || b.Int64() > utf8.MaxRune {
			return "", overflow("%c arg not in range(0x110000)")
		}
		return f.pad("", string(rune(b.Int64())), '<'), nil //nolint:gosec // checked above
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		x, _ := toFloat(b)
		return f.float(x)
	default:
		return "", f.unknown("int")
	}
	if f.precision >= 0 {
		return "", valueErrorf("Precision not allowed in integer format specifier")
	}
	if base == 10 && b.BitLen() > maxIntDigits*4 {
		return "", valueErrorf("Exceeds the limit (%d digits) for integer string conversion", maxIntDigits)
	}
	digits := new(big.Int).Abs(b).Text(base)
	if f.kind == 'X' {
		digits = strings.ToUpper(digits)
	}
	sign := f.signOf(b.Sign() < 0)
	if f.alt {
		sign += prefix
	}
	return f.pad(sign, group(digits, f.group, f.groupSize()), '>'), nil
}

func (f *formatSpec) float(x float64) (string, error) {
	kind, prec := f.kind, f.precision
	abs, suffix := math.Abs(x), ""
	if kind == '%' {
		abs, suffix, kind = abs*100, "%", 'f'
	}
	if prec < 0 {
		prec = 6
	}
	prec = min(prec, 10_000)
	var body string
	switch {
	case math.IsInf(abs, 0):
		body = "inf"
	case math.IsNaN(abs):
		body = "nan"
	default:
		switch kind {
		case 'f', 'F', 'e', 'E':
			body = strconv.FormatFloat(abs, kind|0x20, prec, 64)
			if f.alt && prec == 0 && kind|0x20 == 'f' {
				body += "."
			}
		case 'g', 'G', 'n':
			body = formatG(abs, prec, f.alt)
		case 0:
			if f.precision < 0 {
				body = string(appendFloat(nil, abs))
			} else {
				body = formatG(abs, f.precision, false)
				if !strings.ContainsAny(body, ".e") {
					body += ".0"
				}
			}
		default:
			return "", f.unknown("float")
		}
	}
	if f.kind == 'F' || f.kind == 'E' || f.kind == 'G' {
		body = strings.ToUpper(body)
	}
	return f.pad(f.signOf(math.Signbit(x) && !math.IsNaN(x)), f.groupFloat(body)+suffix, '>'), nil
}

// groupFloat groups the digits before the point.
func (f *formatSpec) groupFloat(body string) string {
	if f.group == 0 {
		return body
	}
	i := strings.IndexFunc(body, func(r rune) bool { return r < '0' || r > '9' })
	if i < 0 {
		i = len(body)
	}
	return group(body[:i], f.group, 3) + body[i:]
}

// formatG is C's %g.
func formatG(x float64, prec int, alt bool) string {
	prec = max(prec, 1)
	e := strconv.FormatFloat(x, 'e', prec-1, 64)
	i := strings.LastIndexByte(e, 'e')
	exp, err := strconv.Atoi(e[i+1:])
	if err != nil {
		return e
	}
	if exp < -4 || exp >= prec {
		mant := e[:i]
		if !alt {
			mant = trimZeros(mant)
		}
		return mant + e[i:]
	}
	out := strconv.FormatFloat(x, 'f', prec-1-exp, 64)
	if alt {
		return out
	}
	return trimZeros(out)
}

func trimZeros(s string) string {
	if strings.IndexByte(s, '.') < 0 {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// decimal formats an exact number; the fixed kinds stay exact.
func (f *formatSpec) decimal(d *Decimal) (string, error) {
	suffix := ""
	switch f.kind {
	case '%':
		d, suffix = NewDecimal(new(big.Int).Mul(d.unscaled, big.NewInt(100)), d.scale), "%"
	case 0, 'f', 'F':
	default:
		return f.float(d.Float64())
	}
	if f.precision >= 0 {
		d = d.rounded(min(f.precision, 10_000))
	}
	body := strings.TrimPrefix(d.String(), "-")
	return f.pad(f.signOf(d.Sign() < 0), f.groupFloat(body)+suffix, '>'), nil
}
