package adapter

import (
	"crypto/md5" //nolint:gosec // a name, not a secret
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// index is one entry of a model's `indexes` config.
type index struct {
	columns []string
	unique  bool
	stamp   string // tells the name from that of the index it replaces
}

func (o *object) parseIndex(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("parse_index", jinja.Req("raw_index"))
	if err != nil {
		return nil, err
	}
	if bound[0] == nil {
		return nil, nil //nolint:nilnil // none stays none
	}
	bad := func(why string) error {
		return fault.New(fault.Compile, "an index is not as it should be: %s", why).
			WithHint("write {'columns': ['a', 'b'], 'unique': true}")
	}
	d, ok := bound[0].(*jinja.Dict)
	if !ok {
		return nil, bad(jinja.Repr(bound[0]) + " is not a mapping")
	}
	ix := &index{stamp: o.a.cfg.Now().UTC().Format("2006-01-02T15:04:05.000000")}
	for key, v := range d.All() {
		switch key {
		case "columns":
			list, ok := v.(*jinja.List)
			if !ok {
				return nil, bad("'columns' is not a list")
			}
			for _, item := range list.Items {
				ix.columns = append(ix.columns, jinja.Str(item))
			}
		case "unique":
			b, ok := v.(bool)
			if !ok {
				return nil, bad("'unique' is neither true nor false")
			}
			ix.unique = b
		default:
			return nil, bad("the key " + jinja.Repr(key) + " is unknown")
		}
	}
	if len(ix.columns) == 0 {
		return nil, bad("'columns' is missing")
	}
	return ix, nil
}

// GetAttr gives columns, unique and render(relation), the index's name.
func (x *index) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "columns":
		return stringList(x.columns), true, nil
	case "unique":
		return x.unique, true, nil
	case "render":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			r, err := bindRelations(name, args, "relation")
			if err != nil {
				return nil, err
			}
			return x.name(r[0]), nil
		}), true, nil
	}
	return nil, false, nil
}

func (x *index) name(r *Relation) string {
	parts := append(append([]string(nil), x.columns...), r.Render(), strconv.FormatBool(x.unique), x.stamp)
	sum := md5.Sum([]byte(strings.Join(parts, "_"))) //nolint:gosec // a name, not a secret
	return hex.EncodeToString(sum[:])
}
