package globals

import "github.com/kith-analytics/kith/internal/jinja"

// attrs shows a dict as an object: its keys are attributes, and unknown ones
// are none rather than undefined, as dbt's flags object has it.
type attrs struct{ d *jinja.Dict }

// GetAttr gives the value of a key.
func (a attrs) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if a.d == nil {
		return nil, true, nil
	}
	if name == "get" {
		return fn("get", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind("get", jinja.Req("key"), jinja.Opt("default", nil))
			if err != nil {
				return nil, err
			}
			if v, ok := a.d.GetStr(jinja.Str(bound[0])); ok {
				return v, nil
			}
			return bound[1], nil
		}), true, nil
	}
	v, _ := a.d.GetStr(name)
	return v, true, nil
}
