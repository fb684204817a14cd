package load

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// converter turns the bytes of a field into a value of its column.
type converter struct {
	colType
	formats formats
	comma   bool // the decimal separator is a comma
	id      bool // drop blanks and ".0"
	notNull bool
	epoch   int64 // day 0 of excel dates, in days since 1970
	newest  int64 // the last year that two digits may mean; 0 is newestYear
	nulls   []string
	// What stands around a number is dropped; percent divides by 100 where the sign is.
	money, percent bool
	trues, falses  []string
	numbered       bool

	scratch []byte // for numbers that are undressed

	// Neighbouring rows often have the same date: the last one read is kept.
	seen      []byte
	seenValue int64
}

// The reasons of rejection.
const (
	reasonEmpty    = "there is no value, and one is required"
	reasonWhole    = "not a whole number"
	reasonNumber   = "not a number"
	reasonRange    = "the number does not fit the column"
	reasonDecimals = "the number has more decimals than the column"
	reasonDate     = "not a date that exists, or of another format"
	reasonBool     = "neither true nor false"
)

// add converts field into the vector, or gives the reason why it cannot. A nil
// field is no value.
func (c *converter) add(v *warehouse.Vector, field []byte) (reason string) {
	if c.kind == warehouse.KindText {
		return c.addText(v, field)
	}
	field = trim(field)
	if len(field) == 0 || c.isNull(field) {
		return c.addNull(v)
	}
	hundredth := false
	if (c.money || c.percent) && !plainNumber(field) {
		var number []byte
		number, hundredth = undressed(field, c.scratch[:0])
		if hundredth && !c.percent {
			return reasonNumber
		}
		field = number
	}
	var n int64
	switch c.kind { //nolint:exhaustive // texts are done above
	case warehouse.KindInt:
		n, reason = c.whole(field)
	case warehouse.KindDecimal:
		n, reason = c.decimal(field, hundredth)
	case warehouse.KindDate, warehouse.KindTimestamp:
		n, reason = c.moment(field)
	case warehouse.KindBool:
		n, reason = c.truth(field)
	case warehouse.KindFloat:
		f, reason := c.float(field)
		if hundredth {
			f /= 100
		}
		if reason == "" {
			v.AddFloat(f)
		}
		return reason
	}
	if reason == "" {
		v.AddInt(n)
	}
	return reason
}

func (c *converter) addText(v *warehouse.Vector, field []byte) string {
	if c.id {
		field = cleanedID(field)
	}
	if len(field) == 0 || (field[0] <= ' ' && len(trim(field)) == 0) || len(c.nulls) > 0 && c.isNull(field) {
		return c.addNull(v)
	}
	v.AddText(field)
	return ""
}

func (c *converter) addNull(v *warehouse.Vector) string {
	if c.notNull {
		return reasonEmpty
	}
	v.AddNull()
	return ""
}

// isNull knows the usual words for no value in a column that is not text, and the
// mapping's own in any.
func (c *converter) isNull(field []byte) bool {
	if slices.Contains(c.nulls, string(field)) {
		return true
	}
	return c.kind != warehouse.KindText && noValue(field)
}

func noValue(field []byte) bool {
	if c := field[0]; c >= '0' && c <= '9' || len(field) > 4 {
		return false
	}
	for _, word := range []string{"null", "na", "n/a", "nan", "none", `\n`} {
		if equalFold(field, word) {
			return true
		}
	}
	return false
}

// cleanedID drops blanks around an id, and the ".0" of a spreadsheet that took it
// for a number.
func cleanedID(b []byte) []byte {
	b = trim(b)
	if n := len(b) - 2; n > 0 && b[n] == '.' && b[n+1] == '0' && digits(b[:n]) {
		return b[:n]
	}
	return b
}

func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// trim drops ASCII blanks around b.
func trim(b []byte) []byte {
	for len(b) > 0 && b[0] <= ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// equalFold compares with a word of lower-case ASCII.
func equalFold(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

// plainNumber knows the numbers around which nothing stands.
func plainNumber(b []byte) bool {
	for i, c := range b {
		if (c < '0' || c > '9') && c != '.' && c != ',' && (c != '-' || i > 0) {
			return false
		}
	}
	return b[len(b)-1] != '-'
}

// truth knows the column's own words before the usual ones.
func (c *converter) truth(b []byte) (int64, string) {
	for i, words := range [][]string{c.falses, c.trues} {
		for _, word := range words {
			if strings.EqualFold(unsafe.String(unsafe.SliceData(b), len(b)), word) {
				return int64(i), ""
			}
		}
	}
	return truth(b)
}

func truth(b []byte) (int64, string) {
	for _, word := range []string{"true", "t", "yes", "y", "1"} {
		if equalFold(b, word) {
			return 1, ""
		}
	}
	for _, word := range []string{"false", "f", "no", "n", "0"} {
		if equalFold(b, word) {
			return 0, ""
		}
	}
	return 0, reasonBool
}

// whole reads a whole number, also one with decimals that are all zero.
func (c *converter) whole(b []byte) (int64, string) {
	n, reason := unscaled(b, 0, c.comma)
	switch {
	case reason == reasonDecimals:
		return 0, reasonWhole
	case reason == reasonNumber:
		return 0, reasonWhole
	case reason != "":
		return 0, reason
	case n < c.from || n > c.to:
		return 0, reasonRange
	}
	return n, ""
}

// decimal reads a number times ten to the scale; a hundredth of it has two
// decimals fewer to fill.
func (c *converter) decimal(b []byte, hundredth bool) (int64, string) {
	scale := int(c.scale)
	if hundredth {
		scale -= 2
	}
	n, reason := unscaled(b, scale, c.comma)
	if reason == "" && (n < c.from || n > c.to) {
		return 0, reasonRange
	}
	return n, reason
}

// unscaled reads a number times ten to the scale, exactly. Thousands may be
// grouped by the separator that is not the decimal one.
//
//nolint:gocognit // a grammar in one go, on the hot path
func unscaled(b []byte, scale int, comma bool) (int64, string) {
	point, group := byte('.'), byte(',')
	if comma {
		point, group = group, point
	}
	negative := false
	i := 0
	if b[0] == '-' || b[0] == '+' {
		negative = b[0] == '-'
		i++
	}
	const limit = math.MaxInt64 / 10
	var n int64
	count, decimals, grouped := 0, -1, -1
	for ; i < len(b); i++ {
		ch := b[i]
		switch {
		case ch >= '0' && ch <= '9':
			count++
			if grouped >= 0 {
				grouped++
			}
			if decimals >= 0 {
				if decimals == scale {
					if ch != '0' {
						return exotic(b, scale, comma, reasonDecimals)
					}
					continue
				}
				decimals++
			}
			if n > limit || n == limit && ch > '7' {
				return 0, reasonRange
			}
			n = n*10 + int64(ch-'0')
		case ch == point && decimals < 0 && (grouped < 0 || grouped == 3):
			decimals, grouped = 0, -1
		case ch == group && decimals < 0 && count > 0 && (grouped == 3 || grouped < 0 && count <= 3):
			grouped = 0
		default:
			return exotic(b, scale, comma, reasonNumber)
		}
	}
	if count == 0 || grouped >= 0 && grouped != 3 {
		return 0, reasonNumber
	}
	for d := max(decimals, 0); d < scale; d++ {
		if n > limit {
			return 0, reasonRange
		}
		n *= 10
	}
	if negative {
		n = -n
	}
	return n, ""
}

// exotic reads numbers such as 1e-3, which are rare.
func exotic(b []byte, scale int, comma bool, reason string) (int64, string) {
	if bytes.IndexByte(b, 'e') < 0 && bytes.IndexByte(b, 'E') < 0 {
		return 0, reason
	}
	f, err := strconv.ParseFloat(string(pointed(b, comma)), 64)
	if err != nil || math.IsInf(f, 0) {
		return 0, reasonNumber
	}
	plain := strconv.FormatFloat(f, 'f', -1, 64)
	return unscaled([]byte(plain), scale, false)
}

func (c *converter) float(b []byte) (float64, string) {
	for _, ch := range b {
		if ch == 'x' || ch == 'X' || ch == '_' || ch == 'p' || ch == 'P' {
			return 0, reasonNumber // Go would read 0x1p-2 and 1_000
		}
	}
	if bytes.IndexByte(b, ',') >= 0 {
		b = pointed(b, c.comma)
	}
	f, err := strconv.ParseFloat(unsafe.String(unsafe.SliceData(b), len(b)), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return 0, reasonNumber
	}
	return f, ""
}

// pointed gives the number with a point and without groups.
func pointed(b []byte, comma bool) []byte {
	out := make([]byte, 0, len(b))
	for _, ch := range b {
		switch {
		case comma && ch == ',':
			out = append(out, '.')
		case comma && ch == '.', !comma && ch == ',':
		default:
			out = append(out, ch)
		}
	}
	return out
}
