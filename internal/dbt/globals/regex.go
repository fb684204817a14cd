package globals

import (
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// matchTimeout stops a pattern that backtracks without end.
const matchTimeout = 5 * time.Second

// The flags of Python's re, by their numbers there.
const (
	reIgnoreCase int64 = 2
	reMultiline  int64 = 8
	reDotAll     int64 = 16
	reVerbose    int64 = 64
)

// reModule is Python's re: functions, compiled patterns and matches.
func reModule() jinja.Value {
	d := jinja.NewDict()
	for name, flag := range map[string]int64{
		"IGNORECASE": reIgnoreCase, "I": reIgnoreCase, "MULTILINE": reMultiline, "M": reMultiline,
		"DOTALL": reDotAll, "S": reDotAll, "VERBOSE": reVerbose, "X": reVerbose,
	} {
		d.SetStr(name, flag)
	}
	for _, name := range []string{"match", "search", "fullmatch", "findall", "finditer", "split", "sub"} {
		d.SetStr(name, fn(name, func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			return callPattern(rt, name, args)
		}))
	}
	d.SetStr("compile", fn("compile", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("compile", jinja.Req("pattern"), jinja.Opt("flags", int64(0)))
		if err != nil {
			return nil, err
		}
		return compilePattern(bound[0], bound[1])
	}))
	d.SetStr("escape", fn("escape", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("escape", jinja.Req("pattern"))
		if err != nil {
			return nil, err
		}
		return escapePattern(jinja.Str(bound[0])), nil
	}))
	return d
}

// callPattern is re.NAME(pattern, ...): it compiles and calls the method.
func callPattern(rt *jinja.Runtime, name string, args jinja.Args) (jinja.Value, error) {
	if len(args.Pos) == 0 {
		return nil, fault.New(fault.Compile, "re.%s() needs a pattern", name)
	}
	if p, ok := args.Pos[0].(*pattern); ok {
		return p.method(rt, name, jinja.Args{Pos: args.Pos[1:], Kw: args.Kw})
	}
	rest := jinja.Args{Pos: args.Pos[1:]}
	var flags jinja.Value = int64(0)
	for _, kw := range args.Kw {
		if kw.Name == "flags" {
			flags = kw.Value
		} else {
			rest.Kw = append(rest.Kw, kw)
		}
	}
	// flags may also stand in their place behind the string arguments.
	own := map[string]int{"match": 1, "search": 1, "fullmatch": 1, "findall": 1, "finditer": 1, "split": 2, "sub": 3}[name]
	if len(rest.Pos) > own {
		flags, rest.Pos = rest.Pos[own], rest.Pos[:own]
	}
	p, err := compilePattern(args.Pos[0], flags)
	if err != nil {
		return nil, err
	}
	return p.method(rt, name, rest)
}

func compilePattern(text, flags jinja.Value) (*pattern, error) {
	if p, ok := text.(*pattern); ok {
		return p, nil
	}
	bits, _ := flags.(int64)
	var opts regexp2.RegexOptions
	for _, o := range []struct {
		flag int64
		opt  regexp2.RegexOptions
	}{{reIgnoreCase, regexp2.IgnoreCase}, {reMultiline, regexp2.Multiline}, {reDotAll, regexp2.Singleline}, {reVerbose, regexp2.IgnorePatternWhitespace}} {
		if bits&o.flag != 0 {
			opts |= o.opt
		}
	}
	source := jinja.Str(text)
	translated, groups := translate(source)
	re, err := regexp2.Compile(translated, opts)
	if err != nil {
		return nil, fault.Wrap(err, fault.Compile, "the pattern %q is not a regular expression", source)
	}
	whole, err := regexp2.Compile(`\A(?:`+translated+`)\z`, opts)
	if err != nil {
		return nil, fault.Wrap(err, fault.Compile, "the pattern %q is not a regular expression", source)
	}
	re.MatchTimeout, whole.MatchTimeout = matchTimeout, matchTimeout
	return &pattern{source: source, re: re, whole: whole, groups: groups}, nil
}

// translate turns Python's syntax into the library's: named groups become
// numbered ones, since the library would number them after all others, and
// groups tells their numbers.
func translate(source string) (translated string, groups map[string]int) {
	groups = map[string]int{}
	var b strings.Builder
	count, inClass := 0, false
	for i := 0; i < len(source); i++ {
		c := source[i]
		rest := source[i:]
		switch {
		case c == '\\' && i+1 < len(source):
			if source[i+1] == 'Z' {
				b.WriteString(`\z`)
			} else {
				b.WriteString(rest[:2])
			}
			i++
			continue
		case inClass:
			inClass = c != ']'
		case c == '[':
			inClass = true
		case strings.HasPrefix(rest, "(?P<") && strings.Contains(rest, ">"):
			name, _, _ := strings.Cut(rest[4:], ">")
			count++
			groups[name] = count
			b.WriteByte('(')
			i += len("(?P<") + len(name)
			continue
		case strings.HasPrefix(rest, "(?P=") && strings.Contains(rest, ")"):
			name, _, _ := strings.Cut(rest[4:], ")")
			b.WriteString(`(?:\` + strconv.Itoa(groups[name]) + `)`)
			i += len("(?P=") + len(name)
			continue
		case c == '(' && !strings.HasPrefix(rest, "(?"):
			count++
		}
		b.WriteByte(c)
	}
	return b.String(), groups
}

func escapePattern(s string) string {
	var b strings.Builder
	for _, c := range s {
		if strings.ContainsRune("\t\n\v\f\r !\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~", c) && !strings.ContainsRune("!\"%',/:;<=>@`", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
