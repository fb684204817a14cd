package globals

import (
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// contractError says how the columns of a model differ from its contract. Both
// arguments are lists of dicts with name and formatted ("name type").
func contractError(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("raise_contract_error", jinja.Req("yaml_columns"), jinja.Req("sql_columns"))
	if err != nil {
		return nil, err
	}
	declared, actual := columnTypes(bound[0]), columnTypes(bound[1])
	var diffs []string
	for _, c := range actual.order {
		want, ok := declared.types[c]
		switch {
		case !ok:
			diffs = append(diffs, c+" is not in the contract")
		case !strings.EqualFold(want, actual.types[c]):
			diffs = append(diffs, c+" is "+actual.types[c]+", the contract says "+want)
		}
	}
	for _, c := range declared.order {
		if _, ok := actual.types[c]; !ok {
			diffs = append(diffs, c+" is in the contract and not in the SQL")
		}
	}
	return nil, fault.New(fault.Compile, "this model has an enforced contract that failed: %s", strings.Join(diffs, "; ")).
		WithHint("change the SQL or the contract")
}

type columnList struct {
	order []string
	types map[string]string
}

func columnTypes(v jinja.Value) columnList {
	out := columnList{types: map[string]string{}}
	for _, item := range listItems(v) {
		d, ok := item.(*jinja.Dict)
		if !ok {
			continue
		}
		name, _ := d.GetStr("name")
		kind, ok := d.GetStr("data_type")
		if !ok {
			kind, _ = d.GetStr("formatted")
		}
		key := strings.ToLower(jinja.Str(name))
		out.order = append(out.order, key)
		out.types[key] = jinja.Str(kind)
	}
	return out
}
