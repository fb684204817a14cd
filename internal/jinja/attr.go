package jinja

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// method is a method of a built-in type.
type method func(rt *Runtime, recv Value, args Args) (Value, error)

// methodOf gives the method of a value's type, or nil.
func methodOf(v Value, name string) method {
	switch v.(type) {
	case string, Markup:
		return strMethod(name)
	case *List:
		return listMethod(name)
	case *Dict:
		return dictMethod(name)
	case Tuple:
		return tupleMethod(name)
	case *Set:
		return setMethod(name)
	case int64, *big.Int, bool, float64, *Decimal:
		return numberMethod(v, name)
	case *rangeValue:
		return rangeMethod(name)
	}
	return nil
}

// boundMethod is a method taken from its object without calling it.
type boundMethod struct {
	recv Value
	name string
	fn   method
}

// Call calls the method.
func (b *boundMethod) Call(rt *Runtime, args Args) (Value, error) { return b.fn(rt, b.recv, args) }

// GetAttr gives nothing: methods have no attributes templates may see.
func (b *boundMethod) GetAttr(*Runtime, string) (Value, bool, error) { return nil, false, nil }

// TypeName is Python's.
func (b *boundMethod) TypeName() string { return "builtin_function_or_method" }

// Repr is Python's without the address.
func (b *boundMethod) Repr() string {
	return "<built-in method " + b.name + " of " + TypeName(b.recv) + " object>"
}

// getAttr is v.name in a template: an attribute, else an item.
func getAttr(rt *Runtime, v Value, name string) (Value, error) {
	switch x := v.(type) {
	case *Dict:
		if m := dictMethod(name); m != nil {
			return &boundMethod{v, name, m}, nil
		}
		if val, ok := x.GetStr(name); ok {
			return val, nil
		}
	case *Undefined:
		return x.use()
	case Object:
		val, ok, err := x.GetAttr(rt, name)
		if err != nil {
			return nil, err
		}
		if ok {
			return hostValue(val), nil
		}
		if ix, isIndexer := v.(Indexer); isIndexer {
			if val, ok, err = ix.GetItem(rt, name); err != nil || ok {
				return hostValue(val), err
			}
		}
		if m := methodOf(v, name); m != nil {
			return &boundMethod{v, name, m}, nil
		}
	default:
		if m := methodOf(v, name); m != nil {
			return &boundMethod{v, name, m}, nil
		}
		if val, ok := numberAttr(v, name); ok {
			return val, nil
		}
	}
	if isUnsafe(name) {
		return &Undefined{name: name, hint: "access to attribute '" + name + "' of '" + TypeName(v) + "' object is unsafe.", mode: rt.mildMode()}, nil
	}
	return rt.noAttr(v, name), nil
}

// isUnsafe says whether Jinja's sandbox hides an attribute of any object.
func isUnsafe(name string) bool { return strings.HasPrefix(name, "__") }

// plainAttr is Python's getattr without the fallback to items: the attr filter.
func plainAttr(rt *Runtime, v Value, name string) (Value, error) {
	if _, ok := v.(*Dict); ok {
		if m := dictMethod(name); m != nil {
			return &boundMethod{v, name, m}, nil
		}
		return rt.noAttr(v, name), nil
	}
	return getAttr(rt, v, name)
}

// getItem is v[key] in a template: an item, else the attribute of that name.
func getItem(rt *Runtime, v, key Value) (Value, error) {
	switch x := v.(type) {
	case *Dict:
		val, ok, err := x.Get(key)
		if err != nil {
			return rt.noItem(v, key), nil //nolint:nilerr // as Jinja: a bad key is a missing item
		}
		if ok {
			return val, nil
		}
	case *List:
		if i, ok := indexIn(key, len(x.Items)); ok {
			return x.Items[i], nil
		}
	case Tuple:
		if i, ok := indexIn(key, len(x)); ok {
			return x[i], nil
		}
	case string:
		if c, ok := charAt(x, key); ok {
			return c, nil
		}
	case Markup:
		if c, ok := charAt(string(x), key); ok {
			return Markup(c), nil
		}
	case *Undefined:
		return x.use()
	case Indexer:
		val, ok, err := x.GetItem(rt, key)
		if err != nil {
			return nil, err
		}
		if ok {
			return hostValue(val), nil
		}
	}
	if name, ok := textOf(key); ok {
		if _, isDict := v.(*Dict); isDict {
			return plainAttr(rt, v, name)
		}
		if o, isObj := v.(Object); isObj {
			val, ok, err := o.GetAttr(rt, name)
			if err != nil || ok {
				return hostValue(val), err
			}
			return rt.noAttr(v, name), nil
		}
		return getAttr(rt, v, name)
	}
	return rt.noItem(v, key), nil
}

// indexIn gives the position that key means in a sequence of n.
func indexIn(key Value, n int) (int, bool) {
	i, ok := asIndex(key)
	if !ok {
		return 0, false
	}
	if i < 0 {
		i += int64(n)
	}
	if i < 0 || i >= int64(n) {
		return 0, false
	}
	return int(i), true
}

func charAt(s string, key Value) (string, bool) {
	if isASCII(s) {
		i, ok := indexIn(key, len(s))
		if !ok {
			return "", false
		}
		return s[i : i+1], true
	}
	i, ok := indexIn(key, utf8.RuneCountInString(s))
	if !ok {
		return "", false
	}
	from := runeOffset(s, i)
	_, n := utf8.DecodeRuneInString(s[from:])
	return s[from : from+n], true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runeOffset gives the byte offset of the n-th character, or len(s).
func runeOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// sliceOf is v[start:stop:step]. Bounds are nil when left out.
func sliceOf(rt *Runtime, v Value, b [3]Value) (Value, error) {
	if u, ok := v.(*Undefined); ok {
		return u.use()
	}
	var n int
	switch x := v.(type) {
	case *List:
		n = len(x.Items)
	case Tuple:
		n = len(x)
	case string, Markup:
		n, _ = length(x)
	case *rangeValue:
		n = x.n
	default:
		if _, ok := v.(*Dict); ok {
			return nil, typeErrorf("unhashable type: 'slice'")
		}
		return nil, typeErrorf("'%s' object is not subscriptable", TypeName(v))
	}
	start, step, count, stop, err := sliceBounds(b, n)
	if err != nil {
		return nil, err
	}
	switch x := v.(type) {
	case *List:
		items, err := pick(rt, x.Items, start, step, count)
		return &List{Items: items}, err
	case Tuple:
		items, err := pick(rt, x, start, step, count)
		return Tuple(items), err
	case *rangeValue:
		return &rangeValue{first: x.at(start), stop: x.at(stop), step: x.step * int64(step), n: count}, nil
	}
	text, _ := textOf(v)
	out, err := pickText(rt, text, start, step, count)
	return sameText(v, out), err
}

// sliceBounds gives the first index, the step, the number of items, and the
// index to stop at.
func sliceBounds(b [3]Value, n int) (start, step, count, stop int, err error) {
	var at [3]int64
	for i, v := range b {
		if v == nil {
			continue
		}
		idx, ok := asIndex(v)
		if !ok {
			return 0, 0, 0, 0, typeErrorf("slice indices must be integers or None or have an __index__ method")
		}
		at[i] = idx
	}
	stepBy := int64(1)
	if b[2] != nil {
		stepBy = at[2]
	}
	if stepBy == 0 {
		return 0, 0, 0, 0, valueErrorf("slice step cannot be zero")
	}
	size := int64(n)
	lowest, highest := int64(0), size
	if stepBy < 0 {
		lowest, highest = -1, size-1
	}
	clip := func(i int64) int64 {
		if i < 0 {
			return max(i+size, lowest)
		}
		return min(i, highest)
	}
	first, last := lowest, highest
	if stepBy < 0 {
		first, last = highest, lowest
	}
	if b[0] != nil {
		first = clip(at[0])
	}
	if b[1] != nil {
		last = clip(at[1])
	}
	switch {
	case stepBy > 0 && first < last:
		count = int((last-first-1)/stepBy) + 1
	case stepBy < 0 && first > last:
		count = int((first-last-1)/max(-stepBy, 1)) + 1
		if stepBy < -size {
			count = 1
		}
	}
	if count <= 1 {
		stepBy = max(min(stepBy, size+1), -size-1)
	}
	return int(first), int(stepBy), count, int(last), nil
}

func pick(rt *Runtime, items []Value, start, step, count int) ([]Value, error) {
	if err := rt.reserveItems(count); err != nil {
		return nil, err
	}
	if count == 0 {
		return nil, nil
	}
	out := make([]Value, count)
	for i := range out {
		out[i] = items[start+i*step]
	}
	return out, nil
}

func pickText(rt *Runtime, s string, start, step, count int) (string, error) {
	if count == 0 {
		return "", nil
	}
	if step == 1 {
		if isASCII(s) {
			return s[start : start+count], nil
		}
		from := runeOffset(s, start)
		return s[from : from+runeOffset(s[from:], count)], nil
	}
	if err := rt.reserve(count); err != nil {
		return "", err
	}
	runes := []rune(s)
	var b strings.Builder
	b.Grow(count)
	for i := range count {
		b.WriteRune(runes[start+i*step])
	}
	return b.String(), nil
}
