package jinja

// Scope gives the global names of a rendering. It must be safe for concurrent
// use when several renderings share it. It should give Values: a plain Go map or
// slice is converted anew on each lookup, so that changes to it are lost.
type Scope interface {
	Lookup(name string) (Value, bool)
}

// MapScope is a Scope made of a map.
type MapScope map[string]Value

// Lookup gives the value of name.
func (m MapScope) Lookup(name string) (Value, bool) {
	v, ok := m[name]
	return v, ok
}

// ScopeFunc is a Scope made of a function.
type ScopeFunc func(name string) (Value, bool)

// Lookup calls f.
func (f ScopeFunc) Lookup(name string) (Value, bool) { return f(name) }

// Chain gives a Scope that asks scopes in order; the first to know a name wins.
// Nil scopes are skipped.
func Chain(scopes ...Scope) Scope {
	kept := make(chain, 0, len(scopes))
	for _, s := range scopes {
		if s != nil {
			kept = append(kept, s)
		}
	}
	return kept
}

type chain []Scope

func (c chain) Lookup(name string) (Value, bool) {
	for _, s := range c {
		if v, ok := s.Lookup(name); ok {
			return v, true
		}
	}
	return nil, false
}
