package globals

import (
	"strconv"
	"strings"

	"github.com/dlclark/regexp2"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// pattern is a compiled regular expression.
type pattern struct {
	source string
	re     *regexp2.Regexp
	whole  *regexp2.Regexp // the same, from the first to the last letter
	groups map[string]int  // numbers of the named groups
}

// GetAttr gives the methods and the source of the pattern.
func (p *pattern) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "pattern":
		return p.source, true, nil
	case "match", "search", "fullmatch", "findall", "finditer", "split", "sub":
		return fn(name, func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			return p.method(rt, name, args)
		}), true, nil
	}
	return nil, false, nil
}

func (p *pattern) method(rt *jinja.Runtime, name string, args jinja.Args) (jinja.Value, error) {
	switch name {
	case "sub":
		bound, err := args.Bind(name, jinja.Req("repl"), jinja.Req("string"), jinja.Opt("count", int64(0)))
		if err != nil {
			return nil, err
		}
		return p.sub(rt, bound[0], jinja.Str(bound[1]), bound[2])
	case "split":
		bound, err := args.Bind(name, jinja.Req("string"), jinja.Opt("maxsplit", int64(0)))
		if err != nil {
			return nil, err
		}
		limit, _ := bound[1].(int64)
		return p.split(jinja.Str(bound[0]), int(limit))
	}
	bound, err := args.Bind(name, jinja.Req("string"))
	if err != nil {
		return nil, err
	}
	text := []rune(jinja.Str(bound[0]))
	if name == "findall" || name == "finditer" {
		return p.findAll(text, name == "finditer")
	}
	re := p.re
	if name == "fullmatch" {
		re = p.whole
	}
	m, err := re.FindRunesMatch(text)
	if err != nil || m == nil || name == "match" && m.Index > 0 {
		return nil, matchFault(err)
	}
	return &match{m: m, names: p.groups}, nil
}

func matchFault(err error) error {
	if err == nil {
		return nil
	}
	return fault.Wrap(err, fault.Compile, "the regular expression could not be matched")
}

func (p *pattern) findAll(text []rune, objects bool) (jinja.Value, error) {
	out := jinja.NewList()
	m, err := p.re.FindRunesMatch(text)
	for ; err == nil && m != nil; m, err = p.re.FindNextMatch(m) {
		one := &match{m: m, names: p.groups}
		switch groups := one.groups(""); {
		case objects:
			out.Append(one)
		case len(groups) == 0:
			out.Append(m.String())
		case len(groups) == 1:
			out.Append(groups[0])
		default:
			out.Append(groups)
		}
	}
	return out, matchFault(err)
}

func (p *pattern) split(s string, limit int) (jinja.Value, error) {
	text := []rune(s)
	out := jinja.NewList()
	at, count := 0, 0
	m, err := p.re.FindRunesMatch(text)
	for ; err == nil && m != nil && (limit == 0 || count < limit); m, err = p.re.FindNextMatch(m) {
		out.Append(string(text[at:m.Index]))
		for _, g := range (&match{m: m, names: p.groups}).groups(nil) {
			out.Append(g)
		}
		at = m.Index + m.Length
		count++
	}
	out.Append(string(text[at:]))
	return out, matchFault(err)
}

func (p *pattern) sub(rt *jinja.Runtime, repl jinja.Value, s string, count jinja.Value) (jinja.Value, error) {
	limit, _ := count.(int64)
	text := []rune(s)
	var b strings.Builder
	at := 0
	m, err := p.re.FindRunesMatch(text)
	for done := int64(0); err == nil && m != nil && (limit == 0 || done < limit); done++ {
		b.WriteString(string(text[at:m.Index]))
		if template, ok := repl.(string); ok {
			b.WriteString(expand(template, m, p.groups))
		} else {
			v, err := rt.Call(repl, jinja.Pos(&match{m: m, names: p.groups}))
			if err != nil {
				return nil, err
			}
			b.WriteString(jinja.Str(v))
		}
		at = m.Index + m.Length
		m, err = p.re.FindNextMatch(m)
	}
	b.WriteString(string(text[at:]))
	return b.String(), matchFault(err)
}

// expand fills \1, \g<1>, \g<name>, \n and \\ of a replacement.
func expand(template string, m *regexp2.Match, names map[string]int) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		if template[i] != '\\' || i+1 == len(template) {
			b.WriteByte(template[i])
			continue
		}
		i++
		switch c := template[i]; {
		case c >= '0' && c <= '9':
			end := i + 1
			if end < len(template) && template[end] >= '0' && template[end] <= '9' {
				end++
			}
			n, _ := strconv.Atoi(template[i:end])
			b.WriteString(groupText(m, n))
			i = end - 1
		case c == 'g' && strings.HasPrefix(template[i+1:], "<") && strings.Contains(template[i:], ">"):
			name, _, _ := strings.Cut(template[i+2:], ">")
			if n, err := strconv.Atoi(name); err == nil {
				b.WriteString(groupText(m, n))
			} else {
				b.WriteString(groupText(m, names[name]))
			}
			i += len(name) + 2
		case c == 'n':
			b.WriteByte('\n')
		case c == 't':
			b.WriteByte('\t')
		case c == '\\':
			b.WriteByte('\\')
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String()
}

func groupText(m *regexp2.Match, n int) string {
	if g := m.GroupByNumber(n); g != nil {
		return g.String()
	}
	return ""
}

// match is one match of a pattern.
type match struct {
	m     *regexp2.Match
	names map[string]int
}

// groups gives all groups but the whole; absent ones are missing.
func (m *match) groups(missing jinja.Value) jinja.Tuple {
	out := jinja.Tuple{}
	for _, g := range m.m.Groups()[1:] {
		if len(g.Captures) == 0 {
			out = append(out, missing)
			continue
		}
		out = append(out, g.String())
	}
	return out
}

// GetItem is m[n] and m['name'].
func (m *match) GetItem(_ *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	n, ok := key.(int64)
	if !ok {
		var number int
		number, ok = m.names[jinja.Str(key)]
		n = int64(number)
	}
	g := m.m.GroupByNumber(int(n))
	if !ok || g == nil {
		return nil, false, fault.New(fault.Compile, "IndexError: no such group")
	}
	if len(g.Captures) == 0 {
		return nil, true, nil
	}
	return g.String(), true, nil
}

// GetAttr gives group, groups, groupdict, start, end and span.
func (m *match) GetAttr(rt *jinja.Runtime, name string) (jinja.Value, bool, error) {
	method := func(f func(args jinja.Args) (jinja.Value, error)) (jinja.Value, bool, error) {
		return fn(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) { return f(args) }), true, nil
	}
	switch name {
	case "group":
		return method(func(args jinja.Args) (jinja.Value, error) {
			if len(args.Pos) == 0 {
				return m.m.String(), nil
			}
			out := jinja.Tuple{}
			for _, key := range args.Pos {
				v, _, err := m.GetItem(rt, key)
				if err != nil {
					return nil, err
				}
				out = append(out, v)
			}
			if len(out) == 1 {
				return out[0], nil
			}
			return out, nil
		})
	case "groups":
		return method(func(jinja.Args) (jinja.Value, error) { return m.groups(nil), nil })
	case "groupdict":
		return method(func(jinja.Args) (jinja.Value, error) {
			d := jinja.NewDict()
			all := m.groups(nil)
			for i, v := range all {
				for name, number := range m.names {
					if number == i+1 {
						d.SetStr(name, v)
					}
				}
			}
			return d, nil
		})
	case "start":
		return method(func(jinja.Args) (jinja.Value, error) { return int64(m.m.Index), nil })
	case "end":
		return method(func(jinja.Args) (jinja.Value, error) { return int64(m.m.Index + m.m.Length), nil })
	case "span":
		return method(func(jinja.Args) (jinja.Value, error) {
			return jinja.Tuple{int64(m.m.Index), int64(m.m.Index + m.m.Length)}, nil
		})
	}
	return nil, false, nil
}
