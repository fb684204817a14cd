package adapter

import (
	"github.com/kith-analytics/kith/internal/jinja"
)

// sequence is an ordered run of values that may have names, as agate's
// MappedSequence: read by position or by name.
type sequence struct {
	typeName string
	items    []jinja.Value
	names    []string       // nil when the values have none
	index    map[string]int // position of a name
}

// GetAttr gives keys, values, items, get and dict; other names are those of the values.
func (s *sequence) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "keys":
		return noArgs(name, func() (jinja.Value, error) {
			if s.names == nil {
				return nil, nil
			}
			return stringTuple(s.names), nil
		}), true, nil
	case "values":
		return noArgs(name, func() (jinja.Value, error) { return jinja.Tuple(s.items), nil }), true, nil
	case "items":
		return noArgs(name, func() (jinja.Value, error) {
			pairs := make([]jinja.Value, len(s.names))
			for i, n := range s.names {
				pairs[i] = jinja.NewTuple(n, s.items[i])
			}
			return jinja.NewList(pairs...), nil
		}), true, nil
	case "dict":
		return noArgs(name, func() (jinja.Value, error) {
			d := jinja.NewDict()
			for i, n := range s.names {
				d.SetStr(n, s.items[i])
			}
			return d, nil
		}), true, nil
	case "get":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind("get", jinja.Req("key"), jinja.Opt("default", nil))
			if err != nil {
				return nil, err
			}
			if v, ok, err := s.at(bound[0]); ok || err != nil {
				return v, err
			}
			return bound[1], nil
		}), true, nil
	}
	if i, ok := s.index[name]; ok {
		return s.items[i], true, nil
	}
	return nil, false, nil
}

// GetItem gives a value by name or position; positions may count from the end.
func (s *sequence) GetItem(_ *jinja.Runtime, key jinja.Value) (jinja.Value, bool, error) {
	return s.at(key)
}

func (s *sequence) at(key jinja.Value) (jinja.Value, bool, error) {
	switch key := key.(type) {
	case int64:
		if key < 0 {
			key += int64(len(s.items))
		}
		if key < 0 || key >= int64(len(s.items)) {
			return nil, false, nil
		}
		return s.items[key], true, nil
	case string:
		if i, ok := s.index[key]; ok {
			return s.items[i], true, nil
		}
	}
	return nil, false, nil
}

// Iterate gives the values.
func (s *sequence) Iterate(*jinja.Runtime) (jinja.Iterator, error) {
	i := -1
	return func() (jinja.Value, bool, error) {
		if i++; i >= len(s.items) {
			return nil, false, nil
		}
		return s.items[i], true, nil
	}, nil
}

// Len gives the number of values.
func (s *sequence) Len() int { return len(s.items) }

// Repr is agate's.
func (s *sequence) Repr() string {
	return "<agate." + s.typeName + ": " + jinja.Repr(jinja.Tuple(s.items)) + ">"
}

// TypeName is agate's.
func (s *sequence) TypeName() string { return s.typeName }

func stringTuple(items []string) jinja.Tuple {
	out := make(jinja.Tuple, len(items))
	for i, s := range items {
		out[i] = s
	}
	return out
}

func stringList(items []string) *jinja.List { return jinja.NewList(stringTuple(items)...) }

func noArgs(name string, f func() (jinja.Value, error)) *jinja.Func {
	return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		if _, err := args.Bind(name); err != nil {
			return nil, err
		}
		return f()
	})
}
