package compile

import (
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// refArguments reads ref('name'), ref('package', 'name') and the version as v or version.
func refArguments(args jinja.Args) (manifest.Ref, error) {
	var ref manifest.Ref
	texts := make([]string, 0, 2)
	for _, v := range args.Pos {
		s, ok := v.(string)
		if err := unquoted("ref", v); err != nil {
			return ref, err
		}
		if !ok {
			return ref, fault.New(fault.Compile, "ref() takes texts, not %s %s", jinja.TypeName(v), jinja.Repr(v))
		}
		texts = append(texts, s)
	}
	for _, kw := range args.Kw {
		switch kw.Name {
		case "v", "version":
			if kw.Value != nil {
				ref.Version = jinja.Str(kw.Value)
			}
		case "package", "package_name":
			ref.Package = jinja.Str(kw.Value)
		default:
			return ref, fault.New(fault.Compile, "ref() takes no argument %q; it takes a name, a package before it, and version=", kw.Name)
		}
	}
	switch len(texts) {
	case 1:
		ref.Name = texts[0]
	case 2:
		ref.Package, ref.Name = texts[0], texts[1]
	default:
		return ref, fault.New(fault.Compile, "ref() takes a name, or a package and a name (%d given)", len(texts))
	}
	return ref, nil
}

// unquoted refuses a name that nothing sets: most often its quotes are missing.
func unquoted(function string, v jinja.Value) error {
	u, ok := v.(*jinja.Undefined)
	if !ok {
		return nil
	}
	return fault.New(fault.Compile, "%s() is given %s, and nothing sets that name", function, u.Name()).
		WithHint("write '%s' in quotes if the name itself is meant", u.Name())
}

func sourceArguments(args jinja.Args) (manifest.SourceRef, error) {
	for _, v := range args.Pos {
		if err := unquoted("source", v); err != nil {
			return manifest.SourceRef{}, err
		}
	}
	if len(args.Pos) != 2 || len(args.Kw) > 0 {
		return manifest.SourceRef{}, fault.New(fault.Compile, "source() takes the source's name and the table's (%d given)", args.Len())
	}
	s, ok1 := args.Pos[0].(string)
	t, ok2 := args.Pos[1].(string)
	if !ok1 || !ok2 {
		return manifest.SourceRef{}, fault.New(fault.Compile, "source() takes two texts")
	}
	return manifest.SourceRef{Source: s, Table: t}, nil
}

// configArguments reads config(key=value, ...) or config({...}).
func configArguments(args jinja.Args) (*jinja.Dict, error) {
	switch {
	case len(args.Pos) == 1 && len(args.Kw) == 0:
		if d, ok := args.Pos[0].(*jinja.Dict); ok {
			return d, nil
		}
	case len(args.Pos) == 0:
		return args.KwDict(), nil
	}
	return nil, fault.New(fault.Compile, "config() takes keyword arguments, or one dict").
		WithHint("write config(materialized='table', …)")
}
