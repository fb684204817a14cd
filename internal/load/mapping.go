package load

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/fault"
)

//go:embed presets/*.yml
var presetFiles embed.FS

// Mapping says which columns of a file go where. It is the form of the presets and
// of a user's own mapping file:
//
//	source: shop
//	table: bronze.orders
//	columns:
//	  - {to: order_id, from: [Order, "Order No"], type: VARCHAR, clean: id, required: true}
//	  - {to: amount, from: [Amount], type: "DECIMAL(18,2)", decimal: ","}
//	  - {to: ordered_at, from: [Date], type: TIMESTAMP, formats: [dmy]}
type Mapping struct {
	Source  string          `yaml:"source"`
	Table   string          `yaml:"table"`
	Columns []MappingColumn `yaml:"columns"`
}

// MappingColumn is one column of the table.
type MappingColumn struct {
	// To is the column's name in the table.
	To string `yaml:"to"`
	// From lists names it may have in a file, compared without case, blanks and
	// punctuation. Empty means To.
	From []string `yaml:"from"`
	// Type is VARCHAR (the default), BIGINT, INTEGER, DOUBLE, DECIMAL(p,s) with p up to
	// 18, DATE, TIMESTAMP or BOOLEAN.
	Type string `yaml:"type"`
	// Formats of dates, tried in order: iso (2010-12-01 08:26), mdy, dmy and ymd (with
	// / . or - between), excel (days since 1900), unix and unix_ms. Empty means iso, or
	// what the content shows.
	Formats []string `yaml:"formats"`
	// Decimal is the decimal separator, "." or ","; empty means what the content shows.
	Decimal string `yaml:"decimal"`
	// Clean: id drops blanks around a text and the ".0" that spreadsheets add to ids.
	Clean string `yaml:"clean"`
	// Required columns must be in the file.
	Required bool `yaml:"required"`
	// NotNull rejects rows without a value.
	NotNull bool `yaml:"not_null"`
	// Nulls are texts that stand for no value, besides the empty one.
	Nulls []string `yaml:"nulls"`
}

// ReadMapping reads a mapping file.
func ReadMapping(path string) (*Mapping, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, fault.New(fault.NotFound, "the mapping file %s does not exist", path)
		}
		return nil, fault.Wrap(err, fault.Disk, "the mapping file %s cannot be read", path)
	}
	return parseMapping(path, raw)
}

func parseMapping(path string, raw []byte) (*Mapping, error) {
	m := &Mapping{}
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(m); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fault.New(fault.Invalid, "the mapping is empty").At(path, 0).WithHint("list its columns")
		}
		return nil, fault.New(fault.Invalid, "the mapping cannot be read: %s", firstLine(err)).At(path, 0)
	}
	if err := m.check(); err != nil {
		return nil, err.At(path, 0)
	}
	return m, nil
}

func firstLine(err error) string {
	return strings.Join(strings.Fields(strings.TrimPrefix(err.Error(), "yaml: ")), " ")
}

func (m *Mapping) check() *fault.Error {
	if len(m.Columns) == 0 {
		return fault.New(fault.Invalid, "the mapping has no columns").WithHint("list them under columns")
	}
	seen := map[string]bool{}
	for i := range m.Columns {
		c := &m.Columns[i]
		switch {
		case c.To == "" && len(c.From) == 0:
			return fault.New(fault.Invalid, "column %d of the mapping has no name", i+1).WithHint("give it a to")
		case c.To == "":
			c.To = snake(c.From[0])
		case len(c.From) == 0:
			c.From = []string{c.To}
		}
		if seen[c.To] {
			return fault.New(fault.Invalid, "the mapping names the column %s twice", c.To)
		}
		seen[c.To] = true
		if strings.HasPrefix(c.To, "_") && slices.Contains(provenance(), c.To) {
			return fault.New(fault.Invalid, "the column %s is filled by Kith", c.To).WithHint("choose another name")
		}
		if _, err := parseType(c.Type); err != nil {
			return err
		}
		if _, err := parseFormats(c.Formats); err != nil {
			return err
		}
		if c.Decimal != "" && c.Decimal != "." && c.Decimal != "," {
			return fault.New(fault.Invalid, "the decimal separator of %s is %q", c.To, c.Decimal).WithHint(`write "." or ","`)
		}
		if c.Clean != "" && c.Clean != cleanID {
			return fault.New(fault.Invalid, "clean of %s is %q", c.To, c.Clean).WithHint("only id is known")
		}
	}
	return nil
}

const cleanID = "id"

// Presets gives the mappings that come with Kith, by name.
func Presets() ([]*Mapping, error) {
	entries, err := presetFiles.ReadDir("presets")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "presets")
	}
	var out []*Mapping
	for _, e := range entries {
		raw, err := presetFiles.ReadFile("presets/" + e.Name())
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "preset %s", e.Name())
		}
		m, err := parseMapping(e.Name(), raw)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

func preset(name string) (*Mapping, error) {
	all, err := Presets()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, m := range all {
		if m.Source == name {
			return m, nil
		}
		names[i] = m.Source
	}
	return nil, fault.New(fault.NotFound, "there is no source %q", name).WithHint("known are: %s", strings.Join(names, ", "))
}
