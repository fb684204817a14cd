package jinja

import (
	"unicode/utf8"
)

// cursor walks over any value without boxing an iterator for the common kinds.
type cursor struct {
	kind  cursorKind
	i     int
	list  *List
	items []Value
	text  string
	dict  *Dict
	size  int // of dict when the walk began
	rng   rangeValue
	more  Iterator
}

type cursorKind uint8

const (
	overNothing cursorKind = iota
	overList
	overItems
	overText
	overDict
	overRange
	overIterator
)

// start points the cursor at the beginning of v.
func (c *cursor) start(rt *Runtime, v Value) error {
	switch x := v.(type) {
	case *List:
		c.kind, c.list = overList, x
	case Tuple:
		c.kind, c.items = overItems, x
	case *Dict:
		c.kind, c.dict, c.size = overDict, x, x.Len()
	case string:
		c.kind, c.text = overText, x
	case Markup:
		c.kind, c.text = overText, string(x)
	case *Set:
		c.kind, c.items = overItems, x.Items()
	case *Undefined:
		c.kind = overNothing
	case *rangeValue:
		c.kind, c.rng = overRange, *x
	case Iterable:
		it, err := x.Iterate(rt)
		if err != nil {
			return err
		}
		c.kind, c.more = overIterator, it
	default:
		return typeErrorf("'%s' object is not iterable", TypeName(v))
	}
	return nil
}

// next gives the next value. A list may grow meanwhile; a dict may not.
func (c *cursor) next() (Value, bool, error) {
	switch c.kind {
	case overList:
		if c.i >= len(c.list.Items) {
			return nil, false, nil
		}
		c.i++
		return c.list.Items[c.i-1], true, nil
	case overItems:
		if c.i >= len(c.items) {
			return nil, false, nil
		}
		c.i++
		return c.items[c.i-1], true, nil
	case overText:
		if c.i >= len(c.text) {
			return nil, false, nil
		}
		_, n := utf8.DecodeRuneInString(c.text[c.i:])
		c.i += n
		return c.text[c.i-n : c.i], true, nil
	case overDict:
		if c.dict.live != c.size {
			return nil, false, runtimeErrorf("dictionary changed size during iteration")
		}
		for c.i < len(c.dict.entries) {
			e := &c.dict.entries[c.i]
			c.i++
			if e.hash != nil {
				return e.key, true, nil
			}
		}
	case overRange:
		if c.i < c.rng.n {
			v := c.rng.at(c.i)
			c.i++
			return v, true, nil
		}
	case overIterator:
		return c.more()
	default:
	}
	return nil, false, nil
}

// left gives how many values are still to come, or -1 when nobody knows.
func (c *cursor) left() int {
	switch c.kind {
	case overList:
		return max(0, len(c.list.Items)-c.i)
	case overItems:
		return len(c.items) - c.i
	case overText:
		return utf8.RuneCountInString(c.text[c.i:])
	case overRange:
		return c.rng.n - c.i
	case overNothing:
		return 0
	case overDict:
		if c.i == 0 {
			return c.dict.live
		}
	default:
	}
	return -1
}

// canIterate says whether v can be looped over.
func canIterate(v Value) bool {
	switch v.(type) {
	case *List, Tuple, *Dict, *Set, string, Markup, *Undefined, Iterable:
		return true
	}
	return false
}

// Iterate gives the values of v in order, as a for loop sees them: the items of
// a list, the keys of a dict, the characters of a string.
func Iterate(v Value) (Iterator, error) {
	c := &cursor{}
	if err := c.start(nil, v); err != nil {
		return nil, err
	}
	return c.next, nil
}

// Collect gives all values of v in a new slice.
func Collect(v Value) ([]Value, error) {
	var rt *Runtime
	return rt.collect(v)
}

// collect gives all values of v in a new slice and counts the work.
func (rt *Runtime) collect(v Value) ([]Value, error) {
	var c cursor
	if err := c.start(rt, v); err != nil {
		return nil, err
	}
	n := c.left()
	if n > 0 {
		if err := rt.needItems(n); err != nil {
			return nil, err
		}
	}
	switch c.kind {
	case overList:
		return append([]Value(nil), c.list.Items...), nil
	case overItems:
		return append([]Value(nil), c.items...), nil
	default:
	}
	out := make([]Value, 0, max(n, 0))
	for {
		x, ok, err := c.next()
		if err != nil || !ok {
			return out, err
		}
		if n < 0 {
			if err := rt.needItems(1); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
		if n < 0 && len(out)&0xfff == 0 {
			if err := rt.needTotal(len(out)); err != nil {
				return nil, err
			}
		}
	}
}

// needItems is reserveItems for a runtime that may be missing.
func (rt *Runtime) needItems(n int) error {
	if rt == nil {
		return nil
	}
	return rt.reserveItems(n)
}

// needTotal checks the size that a growing list has reached.
func (rt *Runtime) needTotal(n int) error {
	if rt == nil || n <= rt.limits.OutputBytes/16 {
		return nil
	}
	return limitError("the template makes a list of more than %d items", rt.limits.OutputBytes/16)
}
