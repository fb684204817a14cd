package jinja

// generator is a lazy sequence that can be walked once, as filters such as map
// give it.
type generator struct {
	name string
	pull Iterator
	done bool
}

func newGenerator(name string, pull Iterator) *generator {
	return &generator{name: name, pull: pull}
}

// GetAttr gives nothing.
func (g *generator) GetAttr(*Runtime, string) (Value, bool, error) { return nil, false, nil }

// TypeName is Python's.
func (g *generator) TypeName() string { return "generator" }

// Repr is Python's without the address.
func (g *generator) Repr() string { return "<generator object " + g.name + ">" }

// Truth is always true: nobody knows whether something will come.
func (g *generator) Truth() bool { return true }

// Iterate goes on where the last walk stopped.
func (g *generator) Iterate(*Runtime) (Iterator, error) { return g.next, nil }

func (g *generator) next() (Value, bool, error) {
	if g.done {
		return nil, false, nil
	}
	v, ok, err := g.pull()
	if err != nil || !ok {
		g.done = true
	}
	return v, ok, err
}
