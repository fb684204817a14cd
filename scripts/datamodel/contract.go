package main

import (
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// contractTable is a table of analytics/models/sources.
type contractTable struct {
	Name        string           `yaml:"name"`
	Description string           `yaml:"description"`
	Columns     []contractColumn `yaml:"columns"`
	Config      struct {
		Meta struct {
			Grain string `yaml:"grain"`
		} `yaml:"meta"`
	} `yaml:"config"`
}

type contractColumn struct {
	Name        string `yaml:"name"`
	Type        string `yaml:"data_type"`
	Description string `yaml:"description"`
	Config      struct {
		Meta struct {
			PII bool `yaml:"pii"`
		} `yaml:"meta"`
	} `yaml:"config"`
}

// readContract gives the tables of the project's sources by name.
func readContract(project fs.FS) (map[string]contractTable, error) {
	files, err := fs.Glob(project, "models/sources/*.yml")
	if err != nil {
		return nil, fmt.Errorf("find the contract: %w", err)
	}
	out := map[string]contractTable{}
	for _, file := range files {
		raw, err := fs.ReadFile(project, file)
		if err != nil {
			return nil, fmt.Errorf("read the contract: %w", err)
		}
		var doc struct {
			Sources []struct {
				Tables []contractTable `yaml:"tables"`
			} `yaml:"sources"`
		}
		if err := yaml.Unmarshal(raw, &doc); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		for _, s := range doc.Sources {
			for _, table := range s.Tables {
				out[table.Name] = table
			}
		}
	}
	return out, nil
}
