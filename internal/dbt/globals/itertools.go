package globals

import (
	"slices"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// maxCombinations bounds what the combinatoric functions give; dbt projects use
// them for column lists, where millions are a mistake.
const maxCombinations = 1_000_000

// itertoolsModule is the part of Python's itertools that ends: the endless
// iterators (count, cycle) are left out, for a template cannot stop them.
func itertoolsModule() jinja.Value {
	d := jinja.NewDict()
	add := func(name string, f func(args jinja.Args) (jinja.Value, error)) {
		d.SetStr(name, fn(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) { return f(args) }))
	}
	add("chain", chain)
	add("product", product)
	add("combinations", func(args jinja.Args) (jinja.Value, error) { return arrange("combinations", args) })
	add("permutations", func(args jinja.Args) (jinja.Value, error) { return arrange("permutations", args) })
	add("combinations_with_replacement", func(args jinja.Args) (jinja.Value, error) {
		return arrange("combinations_with_replacement", args)
	})
	add("zip_longest", zipLongest)
	add("repeat", repeat)
	add("islice", islice)
	return d
}

func chain(args jinja.Args) (jinja.Value, error) {
	out := jinja.NewList()
	for _, arg := range args.Pos {
		items, err := jinja.Collect(arg)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, items...)
	}
	return out, nil
}

func product(args jinja.Args) (jinja.Value, error) {
	pools := args.Pos
	if n, ok := args.Keyword("repeat"); ok {
		times, _ := n.(int64)
		pools = nil
		for range min(times, 20) {
			pools = append(pools, args.Pos...)
		}
	}
	rows := []jinja.Tuple{{}}
	for _, pool := range pools {
		items, err := jinja.Collect(pool)
		if err != nil {
			return nil, err
		}
		if len(rows)*len(items) > maxCombinations {
			return nil, tooManyCombinations("product")
		}
		next := make([]jinja.Tuple, 0, len(rows)*len(items))
		for _, row := range rows {
			for _, item := range items {
				next = append(next, append(slices.Clip(row), item))
			}
		}
		rows = next
	}
	return tuples(rows), nil
}

// arrange gives combinations or permutations of r items in Python's order.
func arrange(kind string, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind(kind, jinja.Req("iterable"), jinja.Opt("r", nil))
	if err != nil {
		return nil, err
	}
	items, err := jinja.Collect(bound[0])
	if err != nil {
		return nil, err
	}
	size := len(items)
	if r, ok := bound[1].(int64); ok {
		size = int(r)
	}
	var rows []jinja.Tuple
	used := make([]bool, len(items))
	var extend func(row jinja.Tuple, from int) bool
	extend = func(row jinja.Tuple, from int) bool {
		if len(row) == size {
			rows = append(rows, append(jinja.Tuple{}, row...))
			return len(rows) <= maxCombinations
		}
		start := from
		if kind == "permutations" {
			start = 0
		}
		for i := start; i < len(items); i++ {
			if kind == "permutations" && used[i] {
				continue
			}
			next := i + 1
			if kind == "combinations_with_replacement" {
				next = i
			}
			used[i] = true
			ok := extend(append(row, items[i]), next)
			used[i] = false
			if !ok {
				return false
			}
		}
		return true
	}
	if size < 0 || !extend(nil, 0) {
		return nil, tooManyCombinations(kind)
	}
	return tuples(rows), nil
}

func tooManyCombinations(kind string) error {
	return fault.New(fault.Compile, "itertools.%s would give more than %d rows", kind, maxCombinations)
}

func zipLongest(args jinja.Args) (jinja.Value, error) {
	fill, _ := args.Keyword("fillvalue")
	columns := make([][]jinja.Value, len(args.Pos))
	longest := 0
	for i, arg := range args.Pos {
		items, err := jinja.Collect(arg)
		if err != nil {
			return nil, err
		}
		columns[i] = items
		longest = max(longest, len(items))
	}
	rows := make([]jinja.Tuple, longest)
	for r := range rows {
		for _, column := range columns {
			v := fill
			if r < len(column) {
				v = column[r]
			}
			rows[r] = append(rows[r], v)
		}
	}
	return tuples(rows), nil
}

func repeat(args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("repeat", jinja.Req("object"), jinja.Req("times"))
	if err != nil {
		return nil, err
	}
	times, _ := bound[1].(int64)
	if times > maxCombinations {
		return nil, tooManyCombinations("repeat")
	}
	out := jinja.NewList()
	for range times {
		out.Append(bound[0])
	}
	return out, nil
}

func islice(args jinja.Args) (jinja.Value, error) {
	if len(args.Pos) < 2 || len(args.Pos) > 4 {
		return nil, fault.New(fault.Compile, "islice() takes an iterable and stop, or start, stop and step")
	}
	items, err := jinja.Collect(args.Pos[0])
	if err != nil {
		return nil, err
	}
	start, stop, step := int64(0), int64(len(items)), int64(1)
	bounds := []*int64{&start, &stop, &step}
	if len(args.Pos) == 2 {
		bounds = bounds[1:2]
	}
	for i, target := range bounds {
		if i+1 < len(args.Pos) {
			if n, ok := args.Pos[i+1].(int64); ok {
				*target = n
			}
		}
	}
	if start < 0 || stop < 0 || step < 1 {
		return nil, fault.New(fault.Compile, "islice() bounds are not negative, and its step is at least 1")
	}
	out := jinja.NewList()
	for i := start; i < min(stop, int64(len(items))); i += step {
		out.Append(items[i])
	}
	return out, nil
}

func tuples(rows []jinja.Tuple) *jinja.List {
	out := jinja.NewList()
	for _, row := range rows {
		out.Append(row)
	}
	return out
}
