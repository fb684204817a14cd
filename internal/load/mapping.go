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
	"github.com/kith-analytics/kith/internal/warehouse"
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
	Source string `yaml:"source"`
	// Also lists further names of the source.
	Also []string `yaml:"also"`
	// About says in a line what the source is.
	About string `yaml:"about"`
	Table string `yaml:"table"`
	// Key names the columns that together are different in every row as it is meant; what
	// repeats a key is loaded all the same, and models decide what counts. Empty for none.
	Key []string `yaml:"key"`
	// OneOf lists groups of columns: a file must have all columns of at least one
	// group. Empty asks for none.
	OneOf [][]string `yaml:"one_of"`
	// YieldsTo names the preset that is taken instead where it fits too.
	YieldsTo string          `yaml:"yields_to"`
	Columns  []MappingColumn `yaml:"columns"`

	shipped bool // a preset, whose own column names come before others
}

// MappingColumn is one column of the table.
type MappingColumn struct {
	// To is the column's name in the table.
	To string `yaml:"to"`
	// From lists names it may have in a file, compared without case, blanks and
	// punctuation; the first that the file has counts. Empty means To.
	From []string `yaml:"from"`
	// Generic lists names that files of many kinds have, such as id and date. They are
	// taken where none of From is there, and say nothing about what a file is.
	Generic []string `yaml:"generic"`
	// Type is VARCHAR (the default), BIGINT, INTEGER, DOUBLE, DECIMAL(p,s) with p up to
	// 18, DATE, TIMESTAMP or BOOLEAN.
	Type string `yaml:"type"`
	// Formats of dates, tried in order: iso (2010-12-01 08:26), mdy, dmy and ymd (with
	// / . or - between), excel (days since 1900), unix, unix_ms and unix_us (seconds,
	// milliseconds, microseconds since 1970), compact (20101201 or 20101201082600).
	// Empty means what the content shows.
	Formats []string `yaml:"formats"`
	// Past moments are not after the load: a year of two digits means the one that is not.
	Past bool `yaml:"past"`
	// Decimal is the decimal separator, "." or ","; empty means what the content shows.
	Decimal string `yaml:"decimal"`
	// Clean: id drops blanks around a text and the ".0" that spreadsheets add to ids;
	// money drops a currency's sign or code around a number, blanks and apostrophes
	// between its digits, and reads (5) and 5- as -5; percent reads 5 % as 0.05, and a
	// number without the sign as it is.
	Clean string `yaml:"clean"`
	// Required columns must be in the file.
	Required bool `yaml:"required"`
	// NotNull rejects rows without a value.
	NotNull bool `yaml:"not_null"`
	// Numbered says that a row without a value gets "row-LOAD-LINE", which no other row
	// has: for the ids of what is only counted, which many files lack.
	Numbered bool `yaml:"numbered"`
	// Nulls are texts that stand for no value, besides the empty one.
	Nulls []string `yaml:"nulls"`
	// Trues and Falses are texts of a BOOLEAN, in small letters, besides true, yes, 1
	// and the like.
	Trues  []string `yaml:"trues"`
	Falses []string `yaml:"falses"`
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

// firstLine is what YAML says, in one line and without the names of our types.
func firstLine(err error) string {
	said := strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "unmarshal errors:")), " ")
	return strings.NewReplacer(" not found in type load.MappingColumn", " is no setting of a column", " not found in type load.Mapping",
		" is no setting of a mapping").Replace(said)
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
		if strings.HasPrefix(c.To, "_") && slices.Contains(Provenance(), c.To) {
			return fault.New(fault.Invalid, "the column %s is filled by Kith", c.To).WithHint("choose another name")
		}
		t, err := parseType(c.Type)
		if err != nil {
			return err
		}
		if c.Numbered && t.kind != warehouse.KindText {
			return fault.New(fault.Invalid, "%s is numbered, and no VARCHAR", c.To).WithHint("only texts can be numbered")
		}
		if _, err := parseFormats(c.Formats); err != nil {
			return err
		}
		if c.Decimal != "" && c.Decimal != "." && c.Decimal != "," {
			return fault.New(fault.Invalid, "the decimal separator of %s is %q", c.To, c.Decimal).WithHint(`write "." or ","`)
		}
		if c.Clean != "" && c.Clean != cleanID && c.Clean != cleanMoney && c.Clean != cleanPercent {
			return fault.New(fault.Invalid, "clean of %s is %q", c.To, c.Clean).WithHint("known are: id, money, percent")
		}
		if c.Clean == cleanPercent && t.kind != warehouse.KindFloat && (t.kind != warehouse.KindDecimal || t.scale < 2) {
			return fault.New(fault.Invalid, "clean of %s is percent, and its type %s has no hundredths", c.To, t.sql).
				WithHint("use DOUBLE, or a DECIMAL with two decimals or more")
		}
	}
	return m.checkNames(seen)
}

// checkNames refuses names of columns that the mapping has not.
func (m *Mapping) checkNames(seen map[string]bool) *fault.Error {
	for _, name := range m.Key {
		if !seen[name] {
			return fault.New(fault.Invalid, "key names the column %s, which the mapping has not", name).WithHint("add it to columns")
		}
	}
	for _, group := range m.OneOf {
		for _, name := range group {
			if !seen[name] {
				return fault.New(fault.Invalid, "one_of names the column %s, which the mapping has not", name).WithHint("add it to columns")
			}
		}
	}
	return nil
}

const (
	cleanID      = "id"
	cleanMoney   = "money"
	cleanPercent = "percent"
)

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
		m.shipped = true
		out = append(out, m)
	}
	return out, nil
}

// PresetNames lists the presets' names without reading them: it is for the help,
// which every command makes.
func PresetNames() []string {
	entries, err := presetFiles.ReadDir("presets")
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".yml")
	}
	return names
}

// Required lists what a file must have for the mapping: columns, and for each
// group of OneOf its columns joined by " and ", the groups by " or ".
func (m *Mapping) Required() []string {
	var out []string
	for i := range m.Columns {
		if m.Columns[i].Required {
			out = append(out, m.Columns[i].To)
		}
	}
	groups := make([]string, len(m.OneOf))
	for i, group := range m.OneOf {
		groups[i] = strings.Join(group, " and ")
	}
	if len(groups) > 0 {
		out = append(out, strings.Join(groups, " or "))
	}
	return out
}

// named says whether the mapping has the name.
func (m *Mapping) named(name string) bool { return m.Source == name || slices.Contains(m.Also, name) }

// byName gives the mapping of a name.
func byName(all []*Mapping, name string) (*Mapping, error) {
	var names []string
	for _, m := range all {
		if m.named(name) {
			return m, nil
		}
		names = append(append(names, m.Source), m.Also...)
	}
	e := fault.New(fault.NotFound, "there is no source %q", name)
	if near := Nearest(name, names); near != "" {
		return nil, e.WithHint("did you mean %s? Known are: %s", near, strings.Join(names, ", "))
	}
	return nil, e.WithHint("known are: %s", strings.Join(names, ", "))
}
