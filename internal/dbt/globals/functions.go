package globals

import (
	"bytes"
	"crypto/md5" //nolint:gosec // local_md5 is a fingerprint for names, not a safeguard
	"encoding/hex"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// fromJSON reads JSON with the order of keys kept; the default on bad input, as dbt.
func fromJSON(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("fromjson", jinja.Req("string"), jinja.Opt("default", nil))
	if err != nil {
		return nil, err
	}
	v, err := jinja.ParseJSON([]byte(jinja.Str(bound[0])))
	if err != nil {
		return bound[1], nil //nolint:nilerr // dbt answers bad input with the default
	}
	return v, nil
}

func toJSON(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("tojson", jinja.Req("value"), jinja.Opt("default", nil), jinja.Opt("sort_keys", false))
	if err != nil {
		return nil, err
	}
	value := bound[0]
	if jinja.Truth(bound[2]) {
		value = sortedKeys(value)
	}
	out, err := jinja.ToJSON(value)
	if err != nil {
		return bound[1], nil //nolint:nilerr // dbt answers what cannot be written with the default
	}
	return string(out), nil
}

func fromYAML(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("fromyaml", jinja.Req("value"), jinja.Opt("default", nil))
	if err != nil {
		return nil, err
	}
	n, err := yamlvalue.Read("fromyaml", []byte(jinja.Str(bound[0])))
	if err != nil {
		return bound[1], nil //nolint:nilerr // dbt answers bad input with the default
	}
	return yamlvalue.Value(n), nil
}

func toYAML(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("toyaml", jinja.Req("value"), jinja.Opt("default", nil), jinja.Opt("sort_keys", false))
	if err != nil {
		return nil, err
	}
	value := bound[0]
	if jinja.Truth(bound[2]) {
		value = sortedKeys(value)
	}
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(yamlvalue.Node(value)); err != nil {
		return bound[1], nil //nolint:nilerr // as tojson
	}
	return out.String(), nil
}

func localMD5(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("local_md5", jinja.Req("value"))
	if err != nil {
		return nil, err
	}
	sum := md5.Sum([]byte(jinja.Str(bound[0]))) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:]), nil
}

// diffOfTwoDicts gives what of the lists in dict_a is not in those of dict_b,
// names compared without case.
func diffOfTwoDicts(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("diff_of_two_dicts", jinja.Req("dict_a"), jinja.Req("dict_b"))
	if err != nil {
		return nil, err
	}
	a, okA := bound[0].(*jinja.Dict)
	b, okB := bound[1].(*jinja.Dict)
	if !okA || !okB {
		return nil, fault.New(fault.Compile, "diff_of_two_dicts takes two dicts of lists")
	}
	have := map[string]bool{}
	for k, v := range b.All() {
		for _, item := range listItems(v) {
			have[foldKey(k, item)] = true
		}
	}
	out := jinja.NewDict()
	for k, v := range a.All() {
		left := jinja.NewList()
		for _, item := range listItems(v) {
			if !have[foldKey(k, item)] {
				left.Append(item)
			}
		}
		if len(left.Items) > 0 {
			out.SetStr(jinja.Str(k), left)
		}
	}
	return out, nil
}
