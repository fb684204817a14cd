package jinja

// filterFunc is a filter: v | name(args).
type filterFunc func(rt *Runtime, v Value, args Args) (Value, error)

// builtinFilter gives the filter of that name, or nil.
func builtinFilter(name string) filterFunc {
	if f := textFilter(name); f != nil {
		return f
	}
	if f := sequenceFilter(name); f != nil {
		return f
	}
	switch name {
	case "abs":
		return filterAbs
	case "attr":
		return filterAttr
	case "default", "d":
		return filterDefault
	case "float":
		return filterFloat
	case "int":
		return filterInt
	case "round":
		return filterRound
	case "filesizeformat":
		return filterFileSize
	case "tojson":
		return filterToJSON
	case "pprint":
		return filterPrettyPrint
	case "dictsort":
		return filterDictSort
	case "items":
		return filterItems
	case "is_list":
		return func(_ *Runtime, v Value, _ Args) (Value, error) {
			_, ok := v.(*List)
			return ok, nil
		}
	case "as_text", "as_bool", "as_native", "as_number":
		return markerFilter(name)
	}
	return nil
}

// textFilter gives a filter that works on strings, or nil.
func textFilter(name string) filterFunc {
	switch name {
	case "capitalize":
		return viaString(capitalize)
	case "lower":
		return viaMethod(strMethod("lower"))
	case "upper":
		return viaMethod(strMethod("upper"))
	case "title":
		return viaString(filterTitle)
	case "trim":
		return viaMethod(strMethod("strip"))
	case "center":
		return filterCenter
	case "string":
		return filterString
	case "replace":
		return filterReplace
	case "indent":
		return filterIndent
	case "truncate":
		return filterTruncate
	case "wordcount":
		return filterWordCount
	case "wordwrap":
		return filterWordWrap
	case "format":
		return filterFormat
	case "e", "escape":
		return filterEscape
	case "forceescape":
		return filterForceEscape
	case "safe":
		return filterSafe
	case "striptags":
		return filterStripTags
	case "urlencode":
		return filterURLEncode
	case "urlize":
		return filterURLize
	case "xmlattr":
		return filterXMLAttr
	}
	return nil
}

// sequenceFilter gives a filter that works on sequences, or nil.
func sequenceFilter(name string) filterFunc {
	switch name {
	case "length", "count":
		return filterLength
	case "first":
		return filterFirst
	case "last":
		return filterLast
	case "random":
		return filterRandom
	case "join":
		return filterJoin
	case "list":
		return filterList
	case "reverse":
		return filterReverse
	case "sort":
		return filterSort
	case "unique":
		return filterUnique
	case "min", "max":
		return filterExtreme(name == "max")
	case "sum":
		return filterSum
	case "groupby":
		return filterGroupBy
	case "batch":
		return filterBatch
	case "slice":
		return filterSlice
	case "map":
		return filterMap
	case "select", "reject":
		return filterSelect(name == "select", false)
	case "selectattr", "rejectattr":
		return filterSelect(name == "selectattr", true)
	}
	return nil
}

// viaString makes a filter without arguments out of a function on strings.
func viaString(fn func(string) string) filterFunc {
	return viaMethod(textMap("filter", fn))
}

// viaMethod makes a filter out of a method of str.
func viaMethod(m method) filterFunc {
	return func(rt *Runtime, v Value, args Args) (Value, error) {
		t, err := rt.text(v)
		if err != nil {
			return nil, err
		}
		return m(rt, t, args)
	}
}

// text gives v as a str, keeping Markup.
func (rt *Runtime) text(v Value) (Value, error) {
	switch v.(type) {
	case string, Markup:
		return v, nil
	}
	return rt.strValue(v)
}

func (rt *Runtime) strValue(v Value) (Value, error) {
	s, err := rt.str(v)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func filterAbs(_ *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("abs"); err != nil {
		return nil, err
	}
	if u, ok := v.(*Undefined); ok {
		return u.use()
	}
	if !isNumber(v) {
		return nil, typeErrorf("bad operand type for abs(): '%s'", TypeName(v))
	}
	if f, ok := v.(float64); ok && f == 0 {
		return 0.0, nil
	}
	c, ok := compareNumbers(v, int64(0))
	return signed(v, ok && c < 0)
}

func filterAttr(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_attr", Req("name"))
	if err != nil {
		return nil, err
	}
	name, err := rt.str(a[0])
	if err != nil {
		return nil, err
	}
	return plainAttr(rt, v, name)
}

func filterDefault(_ *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_default", Opt("default_value", ""), Opt("boolean", false))
	if err != nil {
		return nil, err
	}
	if _, ok := v.(*Undefined); ok || Truth(a[1]) && !Truth(v) {
		return a[0], nil
	}
	return v, nil
}

func filterItems(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_items"); err != nil {
		return nil, err
	}
	if _, ok := v.(*Undefined); ok {
		return newGenerator("do_items", func() (Value, bool, error) { return nil, false, nil }), nil
	}
	d, err := rt.mapping(v)
	if err != nil {
		return nil, typeErrorf("Can only get item pairs from a mapping.")
	}
	it, err := (&view{dict: d, kind: "items"}).Iterate(rt)
	return newGenerator("do_items", it), err
}

// ignoreCase makes the key that sorting and grouping without case use.
func ignoreCase(v Value) Value {
	if s, ok := textOf(v); ok {
		return lowerText(s)
	}
	return v
}

func filterDictSort(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_dictsort", Opt("case_sensitive", false), Opt("by", "key"), Opt("reverse", false))
	if err != nil {
		return nil, err
	}
	pos := 0
	switch a[1] {
	case "key":
	case "value":
		pos = 1
	default:
		return nil, &pyError{kind: "FilterArgumentError", msg: `You can only sort by either "key" or "value"`}
	}
	d, err := rt.mapping(v)
	if err != nil {
		if u, ok := v.(*Undefined); ok && u.mode != Silent {
			return nil, u.fail()
		}
		return nil, typeErrorf("'%s' object has no attribute 'items'", TypeName(v))
	}
	pairs := make([]Value, 0, d.Len())
	for k, val := range d.All() {
		pairs = append(pairs, Tuple{k, val})
	}
	out, err := sortItems(rt, pairs, func(p Value) (Value, error) {
		t, _ := p.(Tuple)
		if Truth(a[0]) {
			return t[pos], nil
		}
		return ignoreCase(t[pos]), nil
	}, Truth(a[2]))
	return &List{Items: out}, err
}
