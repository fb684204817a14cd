package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// names is what one node's templates see besides macros and globals, shared by
// the scopes of all packages whose macros the node calls. It belongs to one
// goroutine.
type names struct {
	env *Env
	// provide makes the value of a name when it is first asked for: most nodes
	// ask for few.
	provide func(name string) (jinja.Value, bool)
	made    map[string]jinja.Value
	// home is the node's package: the first whose scope was asked for.
	home   string
	scopes map[string]*scope
	// fixed are what a unit test puts in place of macros, as NAME or PACKAGE.NAME.
	fixed map[string]jinja.Value
	bound map[*manifest.Macro]*jinja.Macro
}

// get gives a name's value.
func (n *names) get(name string) (jinja.Value, bool) {
	if v, ok := n.made[name]; ok {
		return v, true
	}
	v, ok := n.provide(name)
	if ok {
		n.set(name, v)
	}
	return v, ok
}

func (n *names) set(name string, v jinja.Value) {
	if n.made == nil {
		n.made = map[string]jinja.Value{}
	}
	n.made[name] = v
}

// scope gives the names as code of a package sees them while it works for the
// node. As in dbt, a macro sees what the node that called it sees, the node's
// variables and macros too; its own package's macros come last.
func (n *names) scope(pkg string) *scope {
	if manifest.IsBuiltin(pkg) {
		pkg = manifest.BuiltinPackage
	}
	if n.scopes == nil {
		n.home = pkg
	}
	s, ok := n.scopes[pkg]
	if !ok {
		if n.scopes == nil {
			n.scopes = map[string]*scope{}
		}
		s = &scope{names: n, pkg: n.home, own: pkg, base: n.env.base(n.home)}
		n.scopes[pkg] = s
	}
	return s
}

// macro binds a macro to the node.
func (n *names) macro(m *manifest.Macro) *jinja.Macro {
	b, ok := n.bound[m]
	if !ok {
		if n.bound == nil {
			n.bound = map[*manifest.Macro]*jinja.Macro{}
		}
		b = jinja.NewMacro(m.Def, n.scope(m.Package))
		n.bound[m] = b
	}
	return b
}

// scope resolves plain names for code of one package: the macros of the node's
// package and the project first, so that they can replace anything, then the
// node's names and the globals, then the built-in macros, then packages by name.
type scope struct {
	*names
	pkg  string // the node's package
	own  string // the package that the code is in
	base jinja.MapScope
}

// Lookup gives the value of a name.
func (s *scope) Lookup(name string) (jinja.Value, bool) {
	if v, ok := s.fixed[name]; ok {
		return v, true
	}
	m := s.env.Library.Find(s.pkg, name)
	if m != nil && !manifest.IsBuiltin(m.Package) {
		return s.macro(m), true
	}
	if v, ok := s.get(name); ok {
		return v, true
	}
	if name == "context" {
		return contextObject{s}, true
	}
	if v, ok := s.base[name]; ok {
		return v, true
	}
	if m != nil {
		return s.macro(m), true
	}
	if s.env.Library.HasPackage(name) {
		return &namespace{names: s.names, pkg: name}, true
	}
	if m := s.env.Library.In(s.own, name); m != nil {
		return s.macro(m), true
	}
	return nil, false
}

// namespace is a package as templates see it: its macros are its attributes.
type namespace struct {
	names *names
	pkg   string
}

// GetAttr gives a macro of the package.
func (n *namespace) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if v, ok := n.names.fixed[n.pkg+"."+name]; ok {
		return v, true, nil
	}
	if v, ok := n.names.fixed[name]; ok && manifest.IsBuiltin(n.pkg) {
		return v, true, nil
	}
	if m := n.names.env.Library.In(n.pkg, name); m != nil {
		return n.names.macro(m), true, nil
	}
	if name == "get" {
		return getter(n), true, nil
	}
	return nil, false, nil
}

// GetItem gives the same as GetAttr.
func (n *namespace) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	return n.GetAttr(rt, jinja.Str(key))
}

// TypeName shows in messages such as "'dbt_utils' has no attribute 'stra'".
func (n *namespace) TypeName() string { return "package " + n.pkg + "" }

// contextObject is `context`: every name as an item.
type contextObject struct{ s *scope }

// GetAttr gives a name's value, and get(name, default).
func (c contextObject) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if v, ok := c.s.Lookup(name); ok {
		return v, true, nil
	}
	if name == "get" {
		return getter(c), true, nil
	}
	return nil, false, nil
}

// GetItem gives the same as GetAttr.
func (c contextObject) GetItem(rt *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	return c.GetAttr(rt, jinja.Str(key))
}

// Contains is `name in context`.
func (c contextObject) Contains(_ *jinja.Runtime, v jinja.Value) (bool, error) {
	_, ok := c.s.Lookup(jinja.Str(v))
	return ok, nil
}

// getter is dict's get over an object's items.
func getter(o jinja.Indexer) *jinja.Func {
	return jinja.NewFunc("get", func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("get", jinja.Req("key"), jinja.Opt("default", nil))
		if err != nil {
			return nil, err
		}
		v, ok, err := o.GetItem(rt, bound[0])
		if err != nil || ok {
			return v, err
		}
		return bound[1], nil
	})
}
