package jinja

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// strMethod gives a method of str, or nil.
func strMethod(name string) method {
	switch name {
	case "upper":
		return textMap("upper", upperText)
	case "lower":
		return textMap("lower", lowerText)
	case "casefold":
		return textMap("casefold", caseFold)
	case "capitalize":
		return textMap("capitalize", capitalize)
	case "title":
		return textMap("title", titleCase)
	case "swapcase":
		return textMap("swapcase", swapCase)
	case "strip", "lstrip", "rstrip":
		return strStrip(name)
	case "split", "rsplit":
		return strSplit(name)
	case "splitlines":
		return strSplitLines
	case "join":
		return strJoin
	case "replace":
		return strReplace
	case "startswith", "endswith":
		return strAffix(name)
	case "removeprefix", "removesuffix":
		return strRemove(name)
	case "find", "rfind", "index", "rindex":
		return strFind(name)
	case "count":
		return strCount
	case "format":
		return strFormat
	case "format_map":
		return strFormatMap
	case "zfill":
		return strZfill
	case "ljust", "rjust", "center":
		return strJustify(name)
	case "partition", "rpartition":
		return strPartition(name)
	case "expandtabs":
		return strExpandTabs
	case "translate":
		return strTranslate
	}
	return strPredicate(name)
}

// textMap makes a method without arguments out of a function on strings.
func textMap(name string, fn func(string) string) method {
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		if args.Len() > 0 {
			return nil, typeErrorf("str.%s() takes no arguments (%d given)", name, args.Len())
		}
		s, _ := textOf(recv)
		if err := rt.reserve(len(s)); err != nil {
			return nil, err
		}
		return sameText(recv, fn(s)), nil
	}
}

// isPySpace is Python's str.isspace for one character.
func isPySpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// strArg gives a string argument of a method.
func strArg(fn string, v Value) (string, error) {
	s, ok := textOf(v)
	if !ok {
		return "", typeErrorf("%s argument must be str, not %s", fn, TypeName(v))
	}
	return s, nil
}

func strStrip(name string) method {
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Opt("chars", nil))
		if err != nil {
			return nil, err
		}
		s, _ := textOf(recv)
		match := isPySpace
		if a[0] != nil {
			chars, ok := textOf(a[0])
			if !ok {
				return nil, typeErrorf("%s arg must be None or str", name)
			}
			match = func(r rune) bool { return strings.ContainsRune(chars, r) }
		}
		if name != "rstrip" {
			s = strings.TrimLeftFunc(s, match)
		}
		if name != "lstrip" {
			s = strings.TrimRightFunc(s, match)
		}
		return sameText(recv, s), nil
	}
}

func strSplit(name string) method {
	return func(rt *Runtime, recv Value, args Args) (Value, error) {
		a, err := args.Bind(name, Opt("sep", nil), Opt("maxsplit", int64(-1)))
		if err != nil {
			return nil, err
		}
		limit, ok := asIndex(a[1])
		if !ok {
			return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[1]))
		}
		s, _ := textOf(recv)
		if err := rt.reserveItems(len(s)/16 + 1); err != nil {
			return nil, err
		}
		var parts []string
		if a[0] == nil {
			parts = splitSpace(s, limit, name == "rsplit")
		} else {
			sep, ok := textOf(a[0])
			switch {
			case !ok:
				return nil, typeErrorf("must be str or None, not %s", TypeName(a[0]))
			case sep == "":
				return nil, valueErrorf("empty separator")
			}
			if err := rt.reserveItems(strings.Count(s, sep)); err != nil {
				return nil, err
			}
			parts = splitSep(s, sep, limit, name == "rsplit")
		}
		items := make([]Value, len(parts))
		for i, p := range parts {
			items[i] = sameText(recv, p)
		}
		return &List{Items: items}, nil
	}
}

func splitSep(s, sep string, limit int64, fromRight bool) []string {
	if limit < 0 || limit > int64(len(s)) {
		return strings.Split(s, sep)
	}
	if !fromRight {
		return strings.SplitN(s, sep, int(limit)+1)
	}
	var out []string
	for ; limit > 0; limit-- {
		i := strings.LastIndex(s, sep)
		if i < 0 {
			break
		}
		out = append(out, s[i+len(sep):])
		s = s[:i]
	}
	out = append(out, s)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// splitSpace splits at runs of white space, at most limit times.
func splitSpace(s string, limit int64, fromRight bool) []string {
	if limit < 0 || limit > int64(len(s)) {
		return strings.FieldsFunc(s, isPySpace)
	}
	var out []string
	if !fromRight {
		s = strings.TrimLeftFunc(s, isPySpace)
		for ; s != ""; limit-- {
			i := strings.IndexFunc(s, isPySpace)
			if i < 0 || limit == 0 {
				return append(out, s)
			}
			out = append(out, s[:i])
			s = strings.TrimLeftFunc(s[i:], isPySpace)
		}
		return out
	}
	s = strings.TrimRightFunc(s, isPySpace)
	for ; s != ""; limit-- {
		i := strings.LastIndexFunc(s, isPySpace)
		if i < 0 || limit == 0 {
			out = append(out, s)
			break
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		out = append(out, s[i+n:])
		s = strings.TrimRightFunc(s[:i], isPySpace)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func strSplitLines(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("splitlines", Opt("keepends", false))
	if err != nil {
		return nil, err
	}
	s, _ := textOf(recv)
	keep := Truth(a[0])
	out := &List{}
	for s != "" {
		i := strings.IndexFunc(s, func(r rune) bool {
			switch r {
			case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
				return true
			}
			return false
		})
		end, next := len(s), len(s)
		if i >= 0 {
			_, n := utf8.DecodeRuneInString(s[i:])
			if strings.HasPrefix(s[i:], "\r\n") {
				n = 2
			}
			end, next = i, i+n
		}
		if keep {
			end = next
		}
		if err := rt.reserveItems(1); err != nil {
			return nil, err
		}
		out.Append(sameText(recv, s[:end]))
		s = s[next:]
	}
	return out, nil
}

func strJoin(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("join", Req("iterable"))
	if err != nil {
		return nil, err
	}
	items, err := rt.collect(a[0])
	if err != nil {
		if !canIterate(a[0]) {
			err = typeErrorf("can only join an iterable")
		}
		return nil, err
	}
	sep, _ := textOf(recv)
	parts := make([]string, len(items))
	size := 0
	_, markup := recv.(Markup)
	for i, it := range items {
		s, ok := textOf(it)
		if !ok && !markup {
			return nil, typeErrorf("sequence item %d: expected str instance, %s found", i, TypeName(it))
		}
		if markup {
			s = string(escapeValue(it))
		}
		parts[i] = s
		size += len(s) + len(sep)
	}
	if err := rt.reserve(size); err != nil {
		return nil, err
	}
	return sameText(recv, strings.Join(parts, sep)), nil
}

func strReplace(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("replace", Req("old"), Req("new"), Opt("count", int64(-1)))
	if err != nil {
		return nil, err
	}
	s, _ := textOf(recv)
	from, ok := textOf(a[0])
	if !ok {
		return nil, typeErrorf("replace() argument 1 must be str, not %s", TypeName(a[0]))
	}
	to, ok := textOf(a[1])
	if !ok {
		return nil, typeErrorf("replace() argument 2 must be str, not %s", TypeName(a[1]))
	}
	limit, ok := asIndex(a[2])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[2]))
	}
	out, err := rt.replace(s, from, to, limit)
	return sameText(recv, out), err
}

// replace is strings.Replace within the limits.
func (rt *Runtime) replace(s, from, to string, limit int64) (string, error) {
	n := int64(strings.Count(s, from))
	if limit >= 0 && limit < n {
		n = limit
	}
	size := int64(len(s)) + n*int64(len(to)-len(from))
	if err := rt.reserve(int(min(size, 1<<40))); err != nil {
		return "", err
	}
	return strings.Replace(s, from, to, int(n)), nil
}
