package jinja

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// filterTitle upper-cases the first letter of each word, where words are split
// at white space, hyphens and opening brackets.
func filterTitle(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	start := true
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("-({[<", r):
			b.WriteRune(r)
			start = true
		case start:
			b.WriteString(upperText(string(r)))
			start = false
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func filterCenter(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_center", Opt("width", int64(80)))
	if err != nil {
		return nil, err
	}
	t, err := rt.text(v)
	if err != nil {
		return nil, err
	}
	return strJustify("center")(rt, t, Pos(a[0]))
}

func filterString(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("soft_str"); err != nil {
		return nil, err
	}
	return rt.text(v)
}

func filterReplace(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_replace", Req("old"), Req("new"), Opt("count", nil))
	if err != nil {
		return nil, err
	}
	var parts [3]string
	for i, x := range [3]Value{v, a[0], a[1]} {
		if parts[i], err = rt.str(x); err != nil {
			return nil, err
		}
	}
	limit := int64(-1)
	if a[2] != nil {
		n, ok := asIndex(a[2])
		if !ok {
			return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[2]))
		}
		limit = n
	}
	return wrapStr(rt.replace(parts[0], parts[1], parts[2], limit))
}

// wrapStr boxes a string result.
func wrapStr(s string, err error) (Value, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

// splitLines splits at the line ends that str.splitlines knows.
func splitLines(rt *Runtime, s string) ([]string, error) {
	v, err := strSplitLines(rt, s, Args{})
	if err != nil {
		return nil, err
	}
	l, _ := v.(*List)
	out := make([]string, len(l.Items))
	for i, it := range l.Items {
		out[i], _ = textOf(it)
	}
	return out, nil
}

func filterIndent(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_indent", Opt("width", int64(4)), Opt("first", false), Opt("blank", false))
	if err != nil {
		return nil, err
	}
	s, ok := textOf(v)
	if !ok {
		return nil, notText(v, "unsupported operand type(s) for +=: '%s' and 'str'")
	}
	pad, ok := textOf(a[0])
	if !ok {
		n, isInt := asIndex(a[0])
		if !isInt {
			return nil, typeErrorf("can't multiply sequence by non-int of type '%s'", TypeName(a[0]))
		}
		if err := rt.reserve(int(min(max(n, 0), 1<<40))); err != nil {
			return nil, err
		}
		pad = strings.Repeat(" ", int(max(n, 0)))
	}
	lines, err := splitLines(rt, s+"\n")
	if err != nil {
		return nil, err
	}
	if err := rt.reserve(len(s) + len(lines)*len(pad)); err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == 0 && Truth(a[1]) || i > 0 && (line != "" || Truth(a[2])) {
			b.WriteString(pad)
		}
		b.WriteString(line)
	}
	return sameText(v, b.String()), nil
}

// notText is the error of a filter that takes nothing but strings.
func notText(v Value, format string) error {
	if u, ok := v.(*Undefined); ok {
		if err := u.fail(); err != nil {
			return err
		}
	}
	return typeErrorf(format, TypeName(v))
}

func filterTruncate(_ *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_truncate", Opt("length", int64(255)), Opt("killwords", false), Opt("end", "..."), Opt("leeway", nil))
	if err != nil {
		return nil, err
	}
	limit, ok := asIndex(a[0])
	end, okEnd := textOf(a[2])
	leeway := int64(5)
	okLeeway := true
	if a[3] != nil {
		leeway, okLeeway = asIndex(a[3])
	}
	if !ok || !okEnd || !okLeeway {
		return nil, typeErrorf("truncate expects a length, a flag, a string and a leeway")
	}
	endLen := int64(utf8.RuneCountInString(end))
	if limit < endLen {
		return nil, &pyError{kind: "AssertionError", msg: "expected length >= " + Repr(endLen) + ", got " + Repr(limit)}
	}
	if leeway < 0 {
		return nil, &pyError{kind: "AssertionError", msg: "expected leeway >= 0, got " + Repr(leeway)}
	}
	size, err := length(v)
	if err != nil {
		return nil, err
	}
	if int64(size) <= limit+leeway {
		return v, nil
	}
	s, ok := textOf(v)
	if !ok {
		return nil, notText(v, "can only truncate a str, not '%s'")
	}
	s = s[:runeOffset(s, int(limit-endLen))]
	if !Truth(a[1]) {
		if i := strings.LastIndexByte(s, ' '); i >= 0 {
			s = s[:i]
		}
	}
	return sameText(v, s+end), nil
}

func filterWordCount(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_wordcount"); err != nil {
		return nil, err
	}
	s, err := rt.str(v)
	if err != nil {
		return nil, err
	}
	if err := rt.work(len(s) >> 4); err != nil {
		return nil, err
	}
	n, inWord := int64(0), false
	for _, r := range s {
		word := r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
		if word && !inWord {
			n++
		}
		inWord = word
	}
	return n, nil
}

func filterFormat(rt *Runtime, v Value, args Args) (Value, error) {
	if len(args.Pos) > 0 && len(args.Kw) > 0 {
		return nil, &pyError{kind: "FilterArgumentError", msg: "can't handle positional and keyword arguments at the same time"}
	}
	t, err := rt.text(v)
	if err != nil {
		return nil, err
	}
	var with Value = Tuple(args.Pos)
	if len(args.Kw) > 0 {
		with = args.KwDict()
	}
	return binary(rt, OpMod, t, with)
}
