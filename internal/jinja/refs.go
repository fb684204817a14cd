package jinja

import (
	"slices"
	"strings"
)

// Ref is a name that a template calls, found without rendering it. Calls of a
// template's own variables and parameters are left out.
type Ref struct {
	// Path holds the parts of the dotted name: ["dbt_utils", "star"].
	Path []string
	// Dispatch is the macro name of an adapter.dispatch call with a constant
	// first argument, and Namespace its second argument, if constant.
	Dispatch  string
	Namespace string
	// Line is where the call stands.
	Line int
}

// Computed gives the keyword arguments that the template gives to a function and
// that are no constants, as they are written, with white space of any length as
// one blank. Of several calls with the same argument the last counts.
func (t *Template) Computed(function string) map[string]string {
	out := map[string]string{}
	for _, c := range t.calls {
		if len(c.path) != 1 || c.path[0] != function {
			continue
		}
		for _, kw := range c.call.args.kw {
			if !constant(kw.val) {
				out[kw.name] = strings.Join(strings.Fields(kw.src), " ")
			}
		}
	}
	return out
}

// constant says whether an expression is written out: a value, or a list or
// mapping of values.
func constant(x expr) bool {
	computed := func(x expr) bool { return !constant(x) }
	switch x := x.(type) {
	case *constExpr:
		return true
	case *signExpr:
		return constant(x.x)
	case *listExpr:
		return !slices.ContainsFunc(x.items, computed)
	case *tupleExpr:
		return !slices.ContainsFunc(x.items, computed)
	case *dictExpr:
		return !slices.ContainsFunc(x.keys, computed) && !slices.ContainsFunc(x.vals, computed)
	}
	return false
}

// callSite is a call with a static name, noted while parsing.
type callSite struct {
	path []string
	root *nameExpr
	call *callExpr
}

// callRange are the calls inside one macro.
type callRange struct{ from, to int }

// References gives the names called anywhere in the template, macros included,
// in the order they are written.
func (t *Template) References() []Ref { return keptRefs(t.refs) }

// References gives the names called anywhere in the macro, its defaults
// included, in the order they are written.
func (d *MacroDef) References() []Ref {
	return keptRefs(d.tmpl.refs[d.calls.from:d.calls.to])
}

// keptRefs drops the places of calls that do not count.
func keptRefs(refs []Ref) []Ref {
	var out []Ref
	for _, r := range refs {
		if r.Path != nil {
			out = append(out, r)
		}
	}
	return out
}

// noteCall remembers a call whose callee is a dotted name.
func (p *parser) noteCall(c *callExpr) {
	var parts []string
	x := c.fn
	for {
		switch n := x.(type) {
		case *attrExpr:
			parts = append(parts, n.name)
			x = n.x
			continue
		case *nameExpr:
			path := make([]string, 0, len(parts)+1)
			path = append(path, n.name)
			for _, part := range slices.Backward(parts) {
				path = append(path, part)
			}
			p.calls = append(p.calls, callSite{path: path, root: n, call: c})
		}
		return
	}
}

// finishRefs turns the noted calls into references, once names are linked.
func (p *parser) finishRefs() {
	root := p.tmpl.root.scope
	p.tmpl.calls, p.tmpl.refs = p.calls, make([]Ref, len(p.calls))
	lines := lineCounter{t: p.tmpl, line: p.tmpl.firstLine}
	for i, c := range p.calls {
		if c.root.slot >= 0 && (c.root.scope != root || !p.tmpl.hasMacro(c.root.name)) {
			continue
		}
		r := Ref{Path: c.path, Line: lines.at(int(c.root.pos))}
		if len(c.path) == 2 && c.path[0] == "adapter" && c.path[1] == "dispatch" {
			r.Dispatch, r.Namespace = dispatchArgs(c.call)
		}
		p.tmpl.refs[i] = r
	}
}

func (t *Template) hasMacro(name string) bool {
	for _, m := range t.macros {
		if m.FullName == name {
			return true
		}
	}
	return false
}

// dispatchArgs reads the constant arguments of adapter.dispatch(name, namespace).
func dispatchArgs(c *callExpr) (name, namespace string) {
	text := func(x expr) string {
		if k, ok := x.(*constExpr); ok {
			if s, ok := k.val.(string); ok {
				return s
			}
		}
		return ""
	}
	for i, a := range c.args.pos {
		switch i {
		case 0:
			name = text(a)
		case 1:
			namespace = text(a)
		}
	}
	for _, kw := range c.args.kw {
		switch kw.name {
		case "macro_name":
			name = text(kw.val)
		case "macro_namespace":
			namespace = text(kw.val)
		}
	}
	return name, namespace
}

// lineCounter finds the lines of rising offsets in one pass.
type lineCounter struct {
	t         *Template
	pos, line int
}

func (l *lineCounter) at(pos int) int {
	if pos < l.pos {
		line, _ := l.t.place(pos)
		return line
	}
	for ; l.pos < pos; l.pos++ {
		c := l.t.src[l.pos]
		if c == '\n' || c == '\r' && (l.pos+1 == len(l.t.src) || l.t.src[l.pos+1] != '\n') {
			l.line++
		}
	}
	return l.line
}
