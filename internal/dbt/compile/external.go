package compile

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/jinja"
)

// external gives what a source with an external_location reads in place of a
// table, "" for a source that is a table. The keys may stand in meta or in config.
func external(s *manifest.Source) (string, error) {
	given := jinja.NewDict()
	if s.SourceMeta != nil {
		given.Update(s.SourceMeta)
	}
	if s.Meta != nil {
		given.Update(s.Meta)
	}
	if s.Config != nil && s.Config.Values != nil {
		given.Update(s.Config.Values)
	}
	location, _ := given.GetStr("external_location")
	if location == nil {
		return "", nil
	}
	formatter, _ := given.GetStr("formatter")
	fields := map[string]string{
		"name": s.Name, "identifier": s.Identifier, "schema": s.Schema, "database": s.Database, "tags": strings.Join(s.Tags, ", "),
	}
	for key, v := range given.All() {
		if _, own := fields[jinja.Str(key)]; !own && v != nil {
			fields[jinja.Str(key)] = jinja.Str(v)
		}
	}
	return adapter.ExternalLocation(jinja.Str(location), text(formatter), fields)
}

func text(v jinja.Value) string {
	if v == nil {
		return ""
	}
	return jinja.Str(v)
}
