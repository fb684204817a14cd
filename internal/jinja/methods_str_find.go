package jinja

import (
	"strings"
	"unicode/utf8"
)

// textRange cuts s to the characters [start:end] of a method's last arguments,
// and gives the number of characters cut in front. ok is false when start lies
// behind the end.
func textRange(s string, start, end Value) (part string, before int, ok bool, err error) {
	n := utf8.RuneCountInString(s)
	lo, hi := int64(0), int64(n)
	if start != nil {
		if lo, ok = asIndex(start); !ok {
			return "", 0, false, typeErrorf("slice indices must be integers or None or have an __index__ method")
		}
	}
	if end != nil {
		if hi, ok = asIndex(end); !ok {
			return "", 0, false, typeErrorf("slice indices must be integers or None or have an __index__ method")
		}
	}
	if lo < 0 {
		lo = max(lo+int64(n), 0)
	}
	if hi < 0 {
		hi = max(hi+int64(n), 0)
	}
	hi = min(hi, int64(n))
	if lo > hi {
		return "", 0, false, nil
	}
	from := runeOffset(s, int(lo))
	to := from + runeOffset(s[from:], int(hi-lo))
	return s[from:to], int(lo), true, nil
}

func strAffix(name string) method {
	has := strings.HasPrefix
	if name == "endswith" {
		has = strings.HasSuffix
	}
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Req("affix"), Opt("start", nil), Opt("end", nil))
		if err != nil {
			return nil, err
		}
		s, _ := textOf(recv)
		s, _, ok, err := textRange(s, a[1], a[2])
		if err != nil || !ok {
			return false, err
		}
		choices, isTuple := a[0].(Tuple)
		if !isTuple {
			choices = Tuple{a[0]}
		}
		for _, c := range choices {
			affix, ok := textOf(c)
			if !ok {
				return nil, typeErrorf("%s first arg must be str or a tuple of str, not %s", name, TypeName(c))
			}
			if has(s, affix) {
				return true, nil
			}
		}
		return false, nil
	}
}

func strRemove(name string) method {
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Req("affix"))
		if err != nil {
			return nil, err
		}
		affix, err := strArg(name+"()", a[0])
		if err != nil {
			return nil, err
		}
		s, _ := textOf(recv)
		if name == "removeprefix" {
			return sameText(recv, strings.TrimPrefix(s, affix)), nil
		}
		return sameText(recv, strings.TrimSuffix(s, affix)), nil
	}
}

func strFind(name string) method {
	find := strings.Index
	if name[0] == 'r' {
		find = strings.LastIndex
	}
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Req("sub"), Opt("start", nil), Opt("end", nil))
		if err != nil {
			return nil, err
		}
		sub, ok := textOf(a[0])
		if !ok {
			return nil, typeErrorf("must be str, not %s", TypeName(a[0]))
		}
		s, _ := textOf(recv)
		if err := rt.work(len(s) >> 6); err != nil {
			return nil, err
		}
		s, before, ok, err := textRange(s, a[1], a[2])
		if err != nil {
			return nil, err
		}
		i := -1
		if ok {
			i = find(s, sub)
		}
		if i < 0 {
			if strings.HasSuffix(name, "index") {
				return nil, valueErrorf("substring not found")
			}
			return int64(-1), nil
		}
		return int64(before + utf8.RuneCountInString(s[:i])), nil
	}
}

func strCount(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("count", Req("sub"), Opt("start", nil), Opt("end", nil))
	if err != nil {
		return nil, err
	}
	sub, ok := textOf(a[0])
	if !ok {
		return nil, typeErrorf("must be str, not %s", TypeName(a[0]))
	}
	s, _ := textOf(recv)
	if err := rt.work(len(s) >> 6); err != nil {
		return nil, err
	}
	s, _, ok, err = textRange(s, a[1], a[2])
	if err != nil || !ok {
		return int64(0), err
	}
	return int64(strings.Count(s, sub)), nil
}

func strPartition(name string) method {
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Req("sep"))
		if err != nil {
			return nil, err
		}
		sep, ok := textOf(a[0])
		switch {
		case !ok:
			return nil, typeErrorf("must be str, not %s", TypeName(a[0]))
		case sep == "":
			return nil, valueErrorf("empty separator")
		}
		s, _ := textOf(recv)
		three := func(x, y, z string) Value {
			return Tuple{sameText(recv, x), sameText(recv, y), sameText(recv, z)}
		}
		if name == "partition" {
			if before, after, ok := strings.Cut(s, sep); ok {
				return three(before, sep, after), nil
			}
			return three(s, "", ""), nil
		}
		if i := strings.LastIndex(s, sep); i >= 0 {
			return three(s[:i], sep, s[i+len(sep):]), nil
		}
		return three("", "", s), nil
	}
}
