package adapter

import (
	"regexp"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// ExternalLocation fills the external_location of a source in: {name} and its
// like become the source's fields, and a bare path is put in quotes. A field that
// the source does not have is an error.
//
// formatter is "newstyle" (also ""), "oldstyle" (%(name)s) or "template" ($name).
func ExternalLocation(template, formatter string, fields map[string]string) (string, error) {
	var pattern *regexp.Regexp
	switch formatter {
	case "", "newstyle":
		pattern = regexp.MustCompile(`\{\{|\}\}|\{(\w+)\}`)
	case "oldstyle":
		pattern = regexp.MustCompile(`%%|%\((\w+)\)s`)
	case "template":
		pattern = regexp.MustCompile(`\$\$|\$\{?(\w+)\}?`)
	default:
		return "", fault.New(fault.Compile, "unknown formatter '%s' of an external_location", formatter).
			WithHint("use newstyle, oldstyle or template")
	}
	missing := ""
	out := pattern.ReplaceAllStringFunc(template, func(m string) string {
		name := pattern.FindStringSubmatch(m)[1]
		if name == "" {
			return m[:1] // a doubled sign stands for one
		}
		v, ok := fields[name]
		if !ok {
			missing = name
		}
		return v
	})
	if missing != "" {
		return "", fault.New(fault.Compile, "external_location %s names {%s}, which the source does not have", template, missing)
	}
	if !strings.Contains(out, "(") && !strings.HasPrefix(out, "'") {
		out = "'" + out + "'"
	}
	return out, nil
}
