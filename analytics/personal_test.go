package analytics_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/analytics"
)

// schemaFile is what a schema file says of personal data.
type schemaFile struct {
	Models    []described
	Snapshots []described
	Sources   []struct{ Tables []described }
}

type described struct {
	Name    string
	Columns []struct {
		Name   string
		Config struct {
			Meta struct {
				PII  bool   `yaml:"pii"`
				Mask string `yaml:"mask"`
			}
		}
	}
}

// What is personal in one model is personal in every model that names a customer beside
// it, and masked alike: else the one shows what the other hides.
func TestPersonalColumnsArePersonalEverywhere(t *testing.T) {
	t.Parallel()
	masks := map[string]string{}
	var all []described
	err := fs.WalkDir(analytics.Project, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yml" {
			return err
		}
		text, err := fs.ReadFile(analytics.Project, name)
		if err != nil {
			return err
		}
		if !strings.Contains("\n"+string(text), "\nversion: 2") {
			return nil // metrics, dashboards and the project itself have another form
		}
		var file schemaFile
		if err := yaml.Unmarshal(text, &file); err != nil {
			return err
		}
		all = append(append(all, file.Models...), file.Snapshots...)
		for _, source := range file.Sources {
			all = append(all, source.Tables...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range all {
		for _, column := range model.Columns {
			if column.Config.Meta.PII && column.Name != "value" { // of a reject: it can be of any column
				masks[column.Name] = column.Config.Meta.Mask
			}
		}
	}
	if masks["email"] != "initial" || len(masks) < 10 {
		t.Fatalf("the personal columns are %v", masks)
	}
	for _, model := range all {
		person := false
		for _, column := range model.Columns {
			person = person || column.Name == "customer_id"
		}
		for _, column := range model.Columns {
			mask, personal := masks[column.Name]
			meta := column.Config.Meta
			if personal && person && (!meta.PII || meta.Mask != mask) {
				t.Errorf("%s.%s is not marked as personal, masked %q, as elsewhere", model.Name, column.Name, mask)
			}
		}
	}
}
