package jinja

import (
	"slices"
	"strconv"
	"strings"
)

// Args are the arguments of one call, in the order they were written.
type Args struct {
	Pos []Value
	Kw  []KwArg
}

// KwArg is one keyword argument.
type KwArg struct {
	Name  string
	Value Value
}

// Pos makes positional arguments.
func Pos(vals ...Value) Args { return Args{Pos: vals} }

// With gives the arguments with one more keyword argument.
func (a Args) With(name string, v Value) Args {
	a.Kw = append(slices.Clip(a.Kw), KwArg{Name: name, Value: v})
	return a
}

// Len gives the number of arguments of both kinds.
func (a Args) Len() int { return len(a.Pos) + len(a.Kw) }

// Keyword gives the keyword argument of that name.
func (a Args) Keyword(name string) (Value, bool) {
	for i := range a.Kw {
		if a.Kw[i].Name == name {
			return a.Kw[i].Value, true
		}
	}
	return nil, false
}

// KwDict gives the keyword arguments as a new dict.
func (a Args) KwDict() *Dict {
	d := newDictSize(len(a.Kw))
	for _, kw := range a.Kw {
		d.SetStr(kw.Name, kw.Value)
	}
	return d
}

// Param describes one parameter for Bind.
type Param struct {
	Name     string
	Default  Value // the value when the argument is left out
	Required bool
}

// Req is a parameter that must be given.
func Req(name string) Param { return Param{Name: name, Required: true} }

// Opt is a parameter that may be left out.
func Opt(name string, def Value) Param { return Param{Name: name, Default: def} }

// Bind puts the arguments in the order of params, as Python binds a call of
// fn(params...): by position, then by name, then by default. Missing, surplus
// and unknown arguments are errors in Python's words.
func (a Args) Bind(fn string, params ...Param) ([]Value, error) {
	if len(a.Pos) > len(params) {
		return nil, tooMany(fn, params, len(a.Pos))
	}
	out := make([]Value, len(params))
	copy(out, a.Pos)
	var set uint64
	for i := range a.Pos {
		set |= 1 << uint(i)
	}
	for _, kw := range a.Kw {
		i := paramIndex(params, kw.Name)
		if i < 0 {
			return nil, typeErrorf("%s() got an unexpected keyword argument '%s'", fn, kw.Name)
		}
		if set&(1<<uint(i)) != 0 {
			return nil, typeErrorf("%s() got multiple values for argument '%s'", fn, kw.Name)
		}
		out[i] = kw.Value
		set |= 1 << uint(i)
	}
	var missing []string
	for i, p := range params {
		if set&(1<<uint(i)) != 0 {
			continue
		}
		if p.Required {
			missing = append(missing, p.Name)
			continue
		}
		out[i] = p.Default
	}
	if missing != nil {
		return nil, missingArgs(fn, missing)
	}
	return out, nil
}

func paramIndex(params []Param, name string) int {
	for i := range params {
		if params[i].Name == name {
			return i
		}
	}
	return -1
}

func tooMany(fn string, params []Param, given int) error {
	least := 0
	for _, p := range params {
		if p.Required {
			least++
		}
	}
	want := strconv.Itoa(len(params))
	if least < len(params) {
		want = "from " + strconv.Itoa(least) + " to " + want
	}
	noun, verb := "arguments", "were"
	if len(params) == 1 && least == 1 {
		noun = "argument"
	}
	if given == 1 {
		verb = "was"
	}
	return typeErrorf("%s() takes %s positional %s but %d %s given", fn, want, noun, given, verb)
}

func missingArgs(fn string, names []string) error {
	var list strings.Builder
	list.WriteString("'" + names[0] + "'")
	for i := 1; i < len(names); i++ {
		switch {
		case i < len(names)-1:
			list.WriteString(", '" + names[i] + "'")
		case len(names) == 2:
			list.WriteString(" and '" + names[i] + "'")
		default:
			list.WriteString(", and '" + names[i] + "'")
		}
	}
	noun := "arguments"
	if len(names) == 1 {
		noun = "argument"
	}
	return typeErrorf("%s() missing %d required positional %s: %s", fn, len(names), noun, list.String())
}
