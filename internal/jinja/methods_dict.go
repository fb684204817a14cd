package jinja

import "slices"

// dictMethod gives a method of dict, or nil.
func dictMethod(name string) method {
	switch name {
	case "get":
		return dictGet
	case "items", "keys", "values":
		return dictView(name)
	case "update":
		return dictUpdate
	case "pop":
		return dictPop
	case "setdefault":
		return dictSetDefault
	case "copy":
		return dictCopy
	case "clear":
		return dictClear
	case "popitem":
		return dictPopItem
	case "fromkeys":
		return dictFromKeys
	}
	return nil
}

func dictOf(v Value) *Dict {
	d, _ := v.(*Dict)
	return d
}

func dictGet(_ *Runtime, recv Value, args Args) (Value, error) {
	var def Value
	switch {
	case len(args.Kw) > 0:
		return nil, typeErrorf("dict.get() takes no keyword arguments")
	case len(args.Pos) == 0:
		return nil, typeErrorf("get expected at least 1 argument, got 0")
	case len(args.Pos) > 2:
		return nil, typeErrorf("get expected at most 2 arguments, got %d", len(args.Pos))
	case len(args.Pos) == 2:
		def = args.Pos[1]
	}
	v, ok, err := dictOf(recv).Get(args.Pos[0])
	if err != nil || ok {
		return v, err
	}
	return def, nil
}

// dictView gives the method that makes a view of a dict.
func dictView(kind string) method {
	return func(_ *Runtime, recv Value, args Args) (Value, error) {
		if args.Len() > 0 {
			return nil, typeErrorf("dict.%s() takes no arguments (%d given)", kind, args.Len())
		}
		return &view{dict: dictOf(recv), kind: kind}, nil
	}
}

func dictUpdate(rt *Runtime, recv Value, args Args) (Value, error) {
	d := dictOf(recv)
	if len(args.Pos) > 1 {
		return nil, typeErrorf("update expected at most 1 argument, got %d", len(args.Pos))
	}
	if len(args.Pos) == 1 {
		other, err := rt.toDict(args.Pos[0])
		if err != nil {
			return nil, err
		}
		if err := rt.needItems(other.Len()); err != nil {
			return nil, err
		}
		d.Update(other)
	}
	for _, kw := range args.Kw {
		d.SetStr(kw.Name, kw.Value)
	}
	return nil, rt.needTotal(d.Len())
}

// toDict is Python's dict(v): a copy of a mapping, or a dict of pairs.
func (rt *Runtime) toDict(v Value) (*Dict, error) {
	if d, err := rt.mapping(v); err == nil {
		return d, nil
	}
	items, err := rt.collect(v)
	if err != nil {
		return nil, err
	}
	d := newDictSize(len(items))
	for i, it := range items {
		if !canIterate(it) {
			return nil, typeErrorf("cannot convert dictionary update sequence element #%d to a sequence", i)
		}
		pair, err := rt.collect(it)
		if err != nil {
			return nil, err
		}
		if len(pair) != 2 {
			return nil, valueErrorf("dictionary update sequence element #%d has length %d; 2 is required", i, len(pair))
		}
		if err := d.Set(pair[0], pair[1]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Mapping is an object that can be read as a dict: by **, dict() and the filters
// that take a dict.
type Mapping interface {
	ToDict(rt *Runtime) (*Dict, error)
}

// mapping gives v as a dict when it is one.
func (rt *Runtime) mapping(v Value) (*Dict, error) {
	switch x := v.(type) {
	case *Dict:
		return x, nil
	case Mapping:
		return x.ToDict(rt)
	}
	return nil, typeErrorf("'%s' object is not a mapping", TypeName(v))
}

func dictPop(_ *Runtime, recv Value, args Args) (Value, error) {
	if len(args.Kw) > 0 {
		return nil, typeErrorf("dict.pop() takes no keyword arguments")
	}
	if n := len(args.Pos); n < 1 {
		return nil, typeErrorf("pop expected at least 1 argument, got 0")
	} else if n > 2 {
		return nil, typeErrorf("pop expected at most 2 arguments, got %d", n)
	}
	v, ok, err := dictOf(recv).Delete(args.Pos[0])
	switch {
	case err != nil || ok:
		return v, err
	case len(args.Pos) == 2:
		return args.Pos[1], nil
	}
	return nil, keyError(args.Pos[0])
}

func dictSetDefault(rt *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("setdefault", Req("key"), Opt("default", nil))
	if err != nil {
		return nil, err
	}
	d := dictOf(recv)
	v, ok, err := d.Get(a[0])
	if err != nil || ok {
		return v, err
	}
	if err := rt.needItems(1); err != nil {
		return nil, err
	}
	return a[1], d.Set(a[0], a[1])
}

func dictCopy(rt *Runtime, recv Value, args Args) (Value, error) {
	if _, err := args.Bind("copy"); err != nil {
		return nil, err
	}
	d := dictOf(recv)
	if err := rt.needItems(d.Len()); err != nil {
		return nil, err
	}
	return d.Copy(), nil
}

func dictClear(_ *Runtime, recv Value, args Args) (Value, error) {
	dictOf(recv).Clear()
	_, err := args.Bind("clear")
	return nil, err
}

func dictPopItem(_ *Runtime, recv Value, args Args) (Value, error) {
	if _, err := args.Bind("popitem"); err != nil {
		return nil, err
	}
	d := dictOf(recv)
	d.ready()
	for i, v := range slices.Backward(d.entries) {
		if e := v; e.hash != nil {
			d.remove(i)
			return Tuple{e.key, e.val}, nil
		}
	}
	return nil, &pyError{kind: "KeyError", msg: "'popitem(): dictionary is empty'"}
}

func dictFromKeys(rt *Runtime, _ Value, args Args) (Value, error) {
	a, err := args.Bind("fromkeys", Req("iterable"), Opt("value", nil))
	if err != nil {
		return nil, err
	}
	keys, err := rt.collect(a[0])
	if err != nil {
		return nil, err
	}
	d := newDictSize(len(keys))
	for _, k := range keys {
		if err := d.Set(k, a[1]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// view is what keys, values and items give: it shows the dict as it is now.
type view struct {
	dict *Dict
	kind string
}

// GetAttr gives nothing.
func (w *view) GetAttr(*Runtime, string) (Value, bool, error) { return nil, false, nil }

// TypeName is Python's.
func (w *view) TypeName() string { return "dict_" + w.kind }

// Len gives the number of pairs.
func (w *view) Len() int { return w.dict.Len() }

// Repr is Python's.
func (w *view) Repr() string {
	var items []Value
	for k, v := range w.dict.All() {
		items = append(items, w.one(k, v))
	}
	return "dict_" + w.kind + "(" + Repr(&List{Items: items}) + ")"
}

func (w *view) one(k, v Value) Value {
	switch w.kind {
	case "keys":
		return k
	case "values":
		return v
	}
	return Tuple{k, v}
}

// Iterate gives the keys, values or pairs.
func (w *view) Iterate(*Runtime) (Iterator, error) {
	i, size := 0, w.dict.Len()
	return func() (Value, bool, error) {
		if w.dict.live != size {
			return nil, false, runtimeErrorf("dictionary changed size during iteration")
		}
		for i < len(w.dict.entries) {
			e := &w.dict.entries[i]
			i++
			if e.hash != nil {
				return w.one(e.key, e.val), true, nil
			}
		}
		return nil, false, nil
	}, nil
}

// Contains searches keys by hash and the rest one by one.
func (w *view) Contains(_ *Runtime, v Value) (bool, error) {
	if w.kind == "keys" {
		_, ok, err := w.dict.Get(v)
		return ok, err
	}
	w.dict.ready()
	return slices.ContainsFunc(w.dict.entries, func(e dictEntry) bool {
		return e.hash != nil && Equal(w.one(e.key, e.val), v)
	}), nil
}

// Equal compares keys and items as sets.
func (w *view) Equal(other Value) bool {
	o, ok := other.(*view)
	if !ok || w.kind == "values" || o.kind != w.kind || o.Len() != w.Len() {
		return ok && o == w
	}
	if w.kind == "items" {
		return Equal(w.dict, o.dict)
	}
	for k := range w.dict.All() {
		if _, has, err := o.dict.Get(k); err != nil || !has {
			return false
		}
	}
	return true
}
