package jinja

import (
	"strconv"
	"strings"
)

// strFormat is str.format.
func strFormat(rt *Runtime, recv Value, args Args) (Value, error) {
	s, _ := textOf(recv)
	f := formatter{rt: rt, args: args}
	_, f.markup = recv.(Markup)
	out, err := f.expand(s, 2)
	return sameText(recv, out), err
}

func strFormatMap(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("format_map", Req("mapping"))
	if err != nil {
		return nil, err
	}
	if args.Kw, err = rt.addKeywords(nil, a[0]); err != nil {
		return nil, err
	}
	args.Pos = nil
	return strFormat(rt, recv, args)
}

// formatter expands the fields of one str.format call.
type formatter struct {
	rt     *Runtime
	args   Args
	auto   int  // next automatic field number
	manual bool // a field was numbered by hand
	markup bool
}

// expand replaces the fields of s. depth bounds fields inside format specs.
func (f *formatter) expand(s string, depth int) (string, error) {
	if depth == 0 {
		return "", valueErrorf("Max string recursion exceeded")
	}
	var b strings.Builder
	for {
		i := strings.IndexAny(s, "{}")
		if i < 0 {
			b.WriteString(s)
			return b.String(), nil
		}
		b.WriteString(s[:i])
		c := s[i]
		s = s[i+1:]
		if s != "" && s[0] == c {
			b.WriteByte(c)
			s = s[1:]
			continue
		}
		if c == '}' {
			return "", valueErrorf("Single '}' encountered in format string")
		}
		end := matchingBrace(s)
		if end < 0 {
			if s == "" {
				return "", valueErrorf("Single '{' encountered in format string")
			}
			return "", valueErrorf("expected '}' before end of string")
		}
		text, err := f.field(s[:end], depth)
		if err != nil {
			return "", err
		}
		if err := f.rt.reserve(b.Len() + len(text)); err != nil {
			return "", err
		}
		b.WriteString(text)
		s = s[end+1:]
	}
}

// matchingBrace gives the offset of the brace that closes a field.
func matchingBrace(s string) int {
	depth := 1
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			if j := strings.IndexByte(s[i:], ']'); j > 0 && depth == 1 && !strings.ContainsAny(s[:i], ":!") {
				i += j
			}
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// field expands name!conversion:spec.
func (f *formatter) field(s string, depth int) (string, error) {
	name, conv, spec := s, "", ""
	if i := fieldNameEnd(s); i < len(s) {
		name = s[:i]
		if s[i] == '!' {
			rest := s[i+1:]
			conv, spec, _ = strings.Cut(rest, ":")
			if conv == "" {
				return "", valueErrorf("unmatched '{' in format spec")
			}
		} else {
			spec = s[i+1:]
		}
	}
	v, err := f.lookup(name)
	if err != nil {
		return "", err
	}
	if strings.ContainsAny(spec, "{}") {
		if spec, err = f.expand(spec, depth-1); err != nil {
			return "", err
		}
	}
	switch conv {
	case "":
	case "r", "a":
		text, err := f.rt.repr(v)
		if err != nil {
			return "", err
		}
		v = text
	case "s":
		if v, err = f.rt.str(v); err != nil {
			return "", err
		}
	default:
		return "", valueErrorf("Unknown conversion specifier '%s'", conv)
	}
	text, err := formatValue(f.rt, v, spec)
	if err == nil && f.markup {
		if _, safe := v.(Markup); !safe {
			text = escapeHTML(text)
		}
	}
	return text, err
}

func fieldNameEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			if j := strings.IndexByte(s[i:], ']'); j > 0 {
				i += j
			}
		case '!', ':':
			return i
		}
	}
	return len(s)
}

// lookup gives the value of a field name such as 0.attr[key].
func (f *formatter) lookup(name string) (Value, error) {
	end := strings.IndexAny(name, ".[")
	if end < 0 {
		end = len(name)
	}
	v, err := f.first(name[:end])
	if err != nil {
		return nil, err
	}
	for rest := name[end:]; rest != ""; {
		if rest[0] == '.' {
			end := strings.IndexAny(rest[1:], ".[") + 1
			if end == 0 {
				end = len(rest)
			}
			attr := rest[1:end]
			if attr == "" {
				return nil, valueErrorf("Empty attribute in format string")
			}
			if v, err = plainAttr(f.rt, v, attr); err != nil {
				return nil, err
			}
			if u, ok := v.(*Undefined); ok {
				return nil, &pyError{kind: "AttributeError", msg: u.Message()}
			}
			rest = rest[end:]
			continue
		}
		end := strings.IndexByte(rest, ']')
		if end < 0 {
			return nil, valueErrorf("Missing ']' in format string")
		}
		if end+1 < len(rest) && rest[end+1] != '.' && rest[end+1] != '[' {
			return nil, valueErrorf("Only '.' or '[' may follow ']' in format field specifier")
		}
		var key Value = rest[1:end]
		if n, err := strconv.ParseInt(rest[1:end], 10, 64); err == nil && isDecimal(rest[1]) {
			key = n
		}
		owner := v
		if v, err = getItem(f.rt, v, key); err != nil {
			return nil, err
		}
		if _, ok := v.(*Undefined); ok {
			if _, isDict := owner.(*Dict); isDict {
				return nil, keyError(key)
			}
			return nil, indexErrorf("%s index out of range", TypeName(owner))
		}
		rest = rest[end+1:]
	}
	return v, nil
}

// first gives the argument that a field begins with.
func (f *formatter) first(name string) (Value, error) {
	index := -1
	switch {
	case name == "":
		if f.manual {
			return nil, valueErrorf("cannot switch from manual field specification to automatic field numbering")
		}
		index = f.auto
		f.auto++
	case isDecimal(name[0]):
		n, err := strconv.Atoi(name)
		if err != nil {
			break
		}
		if f.auto > 0 {
			return nil, valueErrorf("cannot switch from automatic field numbering to manual field specification")
		}
		f.manual, index = true, n
	}
	if index >= 0 {
		if index >= len(f.args.Pos) {
			return nil, indexErrorf("Replacement index %d out of range for positional args tuple", index)
		}
		return f.args.Pos[index], nil
	}
	if v, ok := f.args.Keyword(name); ok {
		return v, nil
	}
	return nil, keyError(name)
}
