package app

import (
	"fmt"
	"slices"
	"strings"
)

// argumentsOf tells the flags that choose what a command works on, for its record:
// "--select orders+ --full-refresh". Others, which may hold secrets, are left out.
func argumentsOf(args map[string]any) string {
	var parts []string
	for _, name := range []string{"select", "exclude", "selector", "resource_types", "full_refresh", "macro"} {
		flag := "--" + strings.ReplaceAll(name, "_", "-")
		switch v := args[name].(type) {
		case bool:
			if v {
				parts = append(parts, flag)
			}
		case string:
			if v != "" {
				parts = append(parts, flag+" "+v)
			}
		case []string:
			if len(v) > 0 {
				parts = append(parts, flag+" "+strings.Join(v, " "))
			}
		case nil:
		default:
			parts = append(parts, fmt.Sprintf("%s %v", flag, v))
		}
	}
	return strings.Join(slices.Clip(parts), " ")
}
