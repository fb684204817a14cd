package e2e

import (
	"maps"
	"slices"
	"strings"
)

// sorted writes a map as "a=1 b=2".
func sorted(m map[string]string) string {
	out := make([]string, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, k+"="+m[k])
	}
	return strings.Join(out, " ")
}
