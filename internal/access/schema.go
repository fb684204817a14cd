package access

import (
	"slices"
	"strings"
)

// Schema is what rights need to know of a project.
type Schema struct {
	Models map[string]Model
	// People is the model with one row a customer; without one, scopes that are narrowed
	// read nothing about customers.
	People People
	// Own gives the columns in which a model has dimensions of its own: what a sale's
	// country is, and not its customer's.
	Own map[string]map[string]string
	// Marked names the columns that the project's files mark as personal in any model,
	// built or not.
	Marked []string
}

// Model is a model or a source of the project.
type Model struct {
	Name          string
	Schema, Table string
	Columns       []Column
}

// Column is a column of a model.
type Column struct {
	Name string
	// Text says whether its type is a text.
	Text bool
	Mask Mask
	// Undeclared columns are in the table, and the project's files say nothing of them.
	Undeclared bool
}

// People says where a customer's attributes are.
type People struct {
	Model string
	// Key is the column that names a customer, here and, alone or behind an underscore,
	// in other models: customer_id, referrer_customer_id.
	Key string
	// Dimensions gives the column of each attribute.
	Dimensions map[string]string
}

// Names says whether a column holds the name of a customer by which tables and
// addresses know them. It is personal data and yet not masked: it is the handle that
// figures are followed down by, and leads to a person through the shop's records alone.
func (p People) Names(column string) bool {
	return p.Key != "" && (column == p.Key || strings.HasSuffix(column, "_"+p.Key))
}

// keys gives the columns of a model that name customers.
func (s *Schema) keys(m Model) (out []string) {
	for _, c := range m.Columns {
		if s.People.Names(c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

// MaskOf gives how a column is masked; Open for one that is not, or not known.
func (s *Schema) MaskOf(model, column string) Mask {
	if s.People.Names(column) {
		return Open
	}
	for _, c := range s.Models[model].Columns {
		if c.Name == column {
			return c.Mask
		}
	}
	return Open
}

// Personal gives the columns of a model that are masked, in its order.
func (s *Schema) Personal(model string) (out []string) {
	for _, c := range s.Models[model].Columns {
		if s.MaskOf(model, c.Name) != Open {
			out = append(out, c.Name)
		}
	}
	return out
}

// IsPersonal says whether the values of a column may be somebody's: where it is marked,
// or where nobody says what it is and a column of this name is marked in another model.
func (s *Schema) IsPersonal(model, column string) bool {
	if s.MaskOf(model, column) != Open {
		return true
	}
	if s.People.Names(column) {
		return false
	}
	for _, c := range s.Models[model].Columns {
		if c.Name == column && !c.Undeclared {
			return false
		}
	}
	return slices.ContainsFunc(s.Marked, func(marked string) bool { return strings.EqualFold(marked, column) })
}

// Impersonal gives the names of columns of a schema's models that hold no personal
// data in any model of the project, sorted.
func (s *Schema) Impersonal(schema string) []string {
	personal := map[string]bool{}
	var out []string
	for _, m := range s.Models {
		for _, c := range m.Columns {
			if c.Mask != Open {
				personal[c.Name] = true
			}
			if m.Schema == schema {
				out = append(out, c.Name)
			}
		}
	}
	out = slices.DeleteFunc(out, func(name string) bool { return personal[name] })
	slices.Sort(out)
	return slices.Compact(out)
}

// WithPersonal gives the names of a schema's models that have personal columns, sorted.
func (s *Schema) WithPersonal(schema string) []string {
	var out []string
	for name, m := range s.Models {
		if m.Schema == schema && len(s.Personal(name)) > 0 {
			out = append(out, m.Table)
		}
	}
	slices.Sort(out)
	return out
}

// has says whether a model has a column.
func (m Model) has(column string) bool {
	return slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Name == column })
}

// owned says whether any model has a dimension of its own.
func (s *Schema) owned(dimension string) bool {
	for _, columns := range s.Own {
		if columns[dimension] != "" {
			return true
		}
	}
	return false
}
