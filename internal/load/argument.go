package load

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// SplitArguments takes the arguments of a load apart: the source, where the first is
// the name of one, and the paths. exists tells whether a path is there. A name that
// is a source and a path is the path when nothing follows it; with more behind it,
// only a person can tell.
//
// Errors are of code Usage: no file, a name of both, a word that is neither.
func SplitArguments(args []string, exists func(path string) bool) (source string, paths []string, err error) {
	if len(args) == 0 {
		return "", nil, fault.New(fault.Usage, "no file to load is named")
	}
	all, err := Presets()
	if err != nil {
		return "", nil, err
	}
	first := args[0]
	known := slices.ContainsFunc(all, func(m *Mapping) bool { return m.named(first) })
	there := exists(first)
	switch {
	case known && there && len(args) > 1:
		return "", nil, fault.New(fault.Usage, "%s is a source, and a file or folder here", first).
			WithHint("write ./%s for what is here, or --preset %s for the source", first, first)
	case known && !there && len(args) == 1:
		return "", nil, fault.New(fault.Usage, "no file to load is named").WithHint("as in `kith load %s FILE`", first)
	case known && !there:
		return first, args[1:], nil
	case !there && len(args) > 1 && !strings.ContainsAny(first, `./\*?[`):
		return "", nil, neither(first, all)
	}
	return "", args, nil
}

// neither refuses a word that is no source and no path.
func neither(word string, all []*Mapping) error {
	var names []string
	for _, m := range all {
		names = append(append(names, m.Source), m.Also...)
	}
	e := fault.New(fault.Usage, "there is no source and no file %q", word)
	if near := Nearest(word, names); near != "" {
		return e.WithHint("did you mean %s?", near)
	}
	return e.WithHint("see `kith load sources`")
}
