package jinja

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"sort"
)

// FromGo takes in a Go value: the kinds Value lists stay, other integers,
// floats, json.Number, slices, arrays, maps and pointers are converted. Maps
// become dicts with sorted keys, as Go keeps no order. What has no counterpart
// becomes an object that prints as fmt does.
func FromGo(v any) Value { return fromGo(v, 0) }

func fromGo(v any, depth int) Value {
	if depth > maxValueDepth {
		return nil
	}
	switch x := v.(type) {
	case nil, bool, int64, float64, string, Markup, *List, Tuple, *Dict, *Set, *Decimal, *Undefined, *Macro, *Func, Object:
		return v
	case int:
		return int64(x)
	case *big.Int:
		if x == nil {
			return nil
		}
		return smallInt(x)
	case []byte:
		return string(x)
	case json.Number:
		return numberFromText(string(x))
	case []any:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = fromGo(x[i], depth+1)
		}
		return &List{Items: items}
	case []string:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = x[i]
		}
		return &List{Items: items}
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		d := newDictSize(len(keys))
		for _, k := range keys {
			d.SetStr(k, fromGo(x[k], depth+1))
		}
		return d
	}
	return fromReflect(reflect.ValueOf(v), depth)
}

// numberFromText gives the number a JSON document wrote.
func numberFromText(s string) Value {
	if n, err := parseInt(s, 10); err == nil {
		return n
	}
	if f, ok := parseFloat(s); ok {
		return f
	}
	return s
}

func fromReflect(r reflect.Value, depth int) Value {
	switch r.Kind() {
	case reflect.Bool:
		return r.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if u := r.Uint(); u > math.MaxInt64 {
			return new(big.Int).SetUint64(u)
		}
		return int64(r.Uint()) //nolint:gosec // checked above
	case reflect.Float32, reflect.Float64:
		return r.Float()
	case reflect.String:
		return r.String()
	case reflect.Slice, reflect.Array:
		items := make([]Value, r.Len())
		for i := range items {
			items[i] = fromGo(r.Index(i).Interface(), depth+1)
		}
		return &List{Items: items}
	case reflect.Map:
		return fromMap(r, depth)
	case reflect.Pointer, reflect.Interface:
		if r.IsNil() {
			return nil
		}
		if r.Kind() == reflect.Pointer && r.Elem().Kind() == reflect.Struct {
			break
		}
		return fromGo(r.Elem().Interface(), depth+1)
	default:
	}
	return &opaque{val: r.Interface()}
}

func fromMap(r reflect.Value, depth int) Value {
	entries := make([]dictEntry, 0, r.Len())
	for it := r.MapRange(); it.Next(); {
		entries = append(entries, dictEntry{key: fromGo(it.Key().Interface(), depth+1), val: fromGo(it.Value().Interface(), depth+1)})
	}
	sort.SliceStable(entries, func(i, j int) bool {
		c, ok, err := order(entries[i].key, entries[j].key, "<")
		if err != nil || !ok {
			return Str(entries[i].key) < Str(entries[j].key)
		}
		return c < 0
	})
	d := newDictSize(len(entries))
	for _, e := range entries {
		if err := d.Set(e.key, e.val); err != nil {
			d.SetStr(Str(e.key), e.val)
		}
	}
	return d
}

// opaque is a Go value that templates can only print and pass on.
type opaque struct{ val any }

// GetAttr gives nothing.
func (o *opaque) GetAttr(*Runtime, string) (Value, bool, error) { return nil, false, nil }

// Str prints the value as Go does.
func (o *opaque) Str() string { return fmt.Sprint(o.val) }

// ToGo gives a value as plain Go: nil, bool, int64, *big.Int, float64, string,
// *Decimal, []any, and map[string]any with keys as they print. Undefined values
// become nil; other objects stay as they are.
func ToGo(v Value) any { return toGo(v, 0) }

func toGo(v Value, depth int) any {
	if depth > maxValueDepth {
		return nil
	}
	switch x := v.(type) {
	case Markup:
		return string(x)
	case *Undefined:
		return nil
	case *List:
		return itemsToGo(x.Items, depth)
	case Tuple:
		return itemsToGo(x, depth)
	case *Set:
		return itemsToGo(x.Items(), depth)
	case *groupTuple:
		return itemsToGo(x.pair(), depth)
	case *rangeValue, *generator, *view:
		items, err := Collect(x)
		if err != nil {
			return nil
		}
		return itemsToGo(items, depth)
	case *Dict:
		out := make(map[string]any, x.Len())
		for k, val := range x.All() {
			out[Str(k)] = toGo(val, depth+1)
		}
		return out
	case *opaque:
		return x.val
	}
	return v
}

func itemsToGo(items []Value, depth int) []any {
	out := make([]any, len(items))
	for i, it := range items {
		out[i] = toGo(it, depth+1)
	}
	return out
}
