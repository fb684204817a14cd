package adapter

import (
	"strconv"
	"strings"
)

// Column is a column of a relation, with its type in the engine's own words.
type Column struct {
	Name  string
	DType string
	// CharSize, Precision and Scale are nil where the type's text says all.
	CharSize, Precision, Scale *int64
}

// defaultStringSize is what dbt takes for a text column without a length.
const defaultStringSize = 256

// IsString says whether the column is of an unstructured text type.
func (c *Column) IsString() bool {
	return oneOf(c.DType, "text", "character varying", "character", "varchar")
}

// IsNumeric says whether the column is an exact number without a written precision.
func (c *Column) IsNumeric() bool { return oneOf(c.DType, "numeric", "decimal") }

// IsFloat says whether the column is a binary floating point number.
func (c *Column) IsFloat() bool {
	return oneOf(c.DType, "real", "float", "float4", "float8", "double", "double precision")
}

// IsInteger says whether the column is a whole number.
func (c *Column) IsInteger() bool {
	return oneOf(c.DType,
		"tinyint", "smallint", "integer", "bigint", "hugeint",
		"utinyint", "usmallint", "uinteger", "ubigint", "uhugeint",
		"int1", "int2", "int4", "int8", "short", "int", "signed", "long")
}

// IsStruct says whether the column is a STRUCT.
func (c *Column) IsStruct() bool { return strings.HasPrefix(strings.ToLower(c.DType), "struct") }

// StringSize is the length that a text column allows.
func (c *Column) StringSize() int64 {
	if c.CharSize == nil || strings.EqualFold(c.DType, "text") {
		return defaultStringSize
	}
	return *c.CharSize
}

// DataType gives the type as DDL writes it.
func (c *Column) DataType() string {
	switch {
	case c.IsString():
		return stringType(c.StringSize())
	case c.IsNumeric() && c.Precision != nil && c.Scale != nil:
		return numericType(c.DType, strconv.FormatInt(*c.Precision, 10), strconv.FormatInt(*c.Scale, 10))
	default:
		return c.DType
	}
}

// Quoted gives the name in double quotes.
func (c *Column) Quoted() string { return Quote(c.Name) }

// CanExpandTo says whether other is a longer text column than c.
func (c *Column) CanExpandTo(other *Column) bool {
	return c.IsString() && other.IsString() && other.StringSize() > c.StringSize()
}

// Flatten gives the leaves of a struct column, named a.b.c; other columns as they are.
func (c *Column) Flatten() []*Column {
	if !c.IsStruct() {
		return []*Column{c}
	}
	var out []*Column
	for _, f := range c.fields() {
		for _, leaf := range f.Flatten() {
			out = append(out, &Column{Name: c.Name + "." + leaf.Name, DType: leaf.DType})
		}
	}
	return out
}

// fields splits STRUCT(a INTEGER, b DECIMAL(3,2)) at the commas of its own level.
func (c *Column) fields() []*Column {
	open, end := strings.IndexByte(c.DType, '('), strings.LastIndexByte(c.DType, ')')
	if open < 0 || end < open {
		return nil
	}
	var out []*Column
	depth, quoted, start := 0, false, open+1
	body := c.DType[:end]
	add := func(part string) {
		if name, typ, ok := splitField(strings.TrimSpace(part)); ok {
			out = append(out, &Column{Name: name, DType: typ})
		}
	}
	for i := start; i < len(body); i++ {
		switch ch := body[i]; {
		case ch == '"':
			quoted = !quoted
		case quoted:
		case ch == '(':
			depth++
		case ch == ')':
			depth--
		case ch == ',' && depth == 0:
			add(body[start:i])
			start = i + 1
		}
	}
	add(body[start:])
	return out
}

func splitField(s string) (name, typ string, ok bool) {
	if strings.HasPrefix(s, `"`) {
		if end := strings.Index(s[1:], `" `); end >= 0 {
			return strings.ReplaceAll(s[1:end+1], `""`, `"`), strings.TrimSpace(s[end+3:]), true
		}
		return "", "", false
	}
	return strings.Cut(s, " ")
}

func oneOf(dtype string, names ...string) bool {
	for _, n := range names {
		if strings.EqualFold(dtype, n) {
			return true
		}
	}
	return false
}

// TranslateType gives DuckDB's name for one of dbt's type labels; other names as
// they are.
func TranslateType(label string) string {
	if strings.EqualFold(label, "string") {
		return "TEXT"
	}
	return label
}

func stringType(size int64) string { return "character varying(" + strconv.FormatInt(size, 10) + ")" }

func numericType(dtype, precision, scale string) string {
	return dtype + "(" + precision + "," + scale + ")"
}

// ParseColumn reads a column from its name and a type such as "decimal(10, 2)".
func ParseColumn(name, raw string) (*Column, bool) {
	dtype, rest, found := strings.Cut(raw, "(")
	c := &Column{Name: name, DType: dtype}
	if !found {
		return c, dtype != ""
	}
	size, _, _ := strings.Cut(rest, ")")
	var nums []*int64
	for part := range strings.SplitSeq(size, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(part), 10, 64)
		if err != nil {
			return nil, false
		}
		nums = append(nums, &n)
	}
	switch len(nums) {
	case 1:
		c.CharSize = nums[0]
	case 2:
		c.Precision, c.Scale = nums[0], nums[1]
	}
	return c, true
}
