package jinja

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// padding gives the number of characters missing to a width.
func (rt *Runtime) padding(s string, width Value) (int, error) {
	w, ok := asIndex(width)
	if !ok {
		return 0, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(width))
	}
	n := int64(utf8.RuneCountInString(s))
	if w <= n {
		return 0, nil
	}
	if err := rt.reserve(int(min(w, 1<<40))); err != nil {
		return 0, err
	}
	return int(w - n), nil
}

func strZfill(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("zfill", Req("width"))
	if err != nil {
		return nil, err
	}
	s, _ := textOf(recv)
	n, err := rt.padding(s, a[0])
	if err != nil {
		return nil, err
	}
	sign := ""
	if s != "" && (s[0] == '-' || s[0] == '+') {
		sign, s = s[:1], s[1:]
	}
	return sameText(recv, sign+strings.Repeat("0", n)+s), nil
}

func strJustify(name string) method {
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Req("width"), Opt("fillchar", " "))
		if err != nil {
			return nil, err
		}
		s, _ := textOf(recv)
		fill, ok := textOf(a[1])
		if !ok || utf8.RuneCountInString(fill) != 1 {
			return nil, typeErrorf("The fill character must be exactly one character long")
		}
		n, err := rt.padding(s, a[0])
		if err != nil {
			return nil, err
		}
		left, right := 0, n
		switch name {
		case "rjust":
			left, right = n, 0
		case "center":
			width := n + utf8.RuneCountInString(s)
			left = n/2 + n&width&1
			right = n - left
		}
		return sameText(recv, strings.Repeat(fill, left)+s+strings.Repeat(fill, right)), nil
	}
}

func strExpandTabs(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("expandtabs", Opt("tabsize", int64(8)))
	if err != nil {
		return nil, err
	}
	size, ok := asIndex(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	s, _ := textOf(recv)
	if size > int64(rt.limits.OutputBytes) {
		size = int64(rt.limits.OutputBytes)
	}
	size = max(size, 0)
	if err := rt.reserve(len(s) + strings.Count(s, "\t")*int(size)); err != nil {
		return nil, err
	}
	var b strings.Builder
	col := 0
	for _, r := range s {
		switch r {
		case '\t':
			if size > 0 {
				n := int(size) - col%int(size)
				b.WriteString(strings.Repeat(" ", n))
				col += n
			}
			continue
		case '\n', '\r':
			col = -1
		}
		b.WriteRune(r)
		col++
	}
	return sameText(recv, b.String()), nil
}

// strTranslate maps characters by a dict of code points.
func strTranslate(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("translate", Req("table"))
	if err != nil {
		return nil, err
	}
	d, ok := a[0].(*Dict)
	if !ok {
		return nil, typeErrorf("'%s' object is not subscriptable", TypeName(a[0]))
	}
	s, _ := textOf(recv)
	var b strings.Builder
	for _, r := range s {
		v, ok, err := d.Get(int64(r))
		if err != nil {
			return nil, err
		}
		if !ok {
			b.WriteRune(r)
			continue
		}
		if code, isInt := asInt64(v); isInt {
			v = string(rune(code)) //nolint:gosec // a wrong code prints the replacement character
		}
		text, _ := textOf(v)
		if err := rt.reserve(len(text)); err != nil {
			return nil, err
		}
		b.WriteString(text)
	}
	return sameText(recv, b.String()), nil
}

// strPredicate gives the is... methods, or nil.
func strPredicate(name string) method {
	var test func(string) bool
	switch name {
	case "isdigit":
		test = every(isPyDigit)
	case "isdecimal":
		test = every(unicode.IsDigit)
	case "isnumeric":
		test = every(unicode.IsNumber)
	case "isalpha":
		test = every(unicode.IsLetter)
	case "isalnum":
		test = every(func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
	case "isspace":
		test = every(isPySpace)
	case "isupper":
		test = func(s string) bool { return hasCased(s) && !strings.ContainsFunc(s, unicode.IsLower) }
	case "islower":
		test = func(s string) bool {
			return hasCased(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) })
		}
	case "istitle":
		test = func(s string) bool { return hasCased(s) && s == titleCase(s) }
	case "isidentifier":
		test = isIdentifier
	case "isprintable":
		test = func(s string) bool { return s == "" || every(unicode.IsPrint)(s) }
	case "isascii":
		test = isASCII
	default:
		return nil
	}
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		if args.Len() > 0 {
			return nil, typeErrorf("str.%s() takes no arguments (%d given)", name, args.Len())
		}
		s, _ := textOf(recv)
		return test(s), nil
	}
}

// every makes a test that all characters of a text pass; an empty text fails.
func every(ok func(rune) bool) func(string) bool {
	return func(s string) bool {
		return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !ok(r) })
	}
}

func isPyDigit(r rune) bool {
	return unicode.IsDigit(r) || r == '²' || r == '³' || r == '¹' || r >= '⁰' && r <= '₉' && unicode.Is(unicode.No, r)
}

func hasCased(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsTitle(r) })
}

func isIdentifier(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}
