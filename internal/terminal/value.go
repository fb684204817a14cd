package terminal

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// kind is what the type of a column means for its layout and its form.
type kind int

const (
	textual kind = iota
	numeric
	dated // a calendar day
	timed // a moment, told in UTC
	zoned // a moment whose column carries a time zone
	bits
)

// isList says whether a column holds lists or arrays, such as DATE[].
func isList(c warehouse.Column) bool { return strings.HasSuffix(c.Type, "]") }

// kindOf reads the engine's name of a type; for a list, of its elements.
func kindOf(c warehouse.Column) kind {
	name := strings.ToUpper(c.Type)
	for strings.HasSuffix(name, "]") {
		name = name[:strings.LastIndexByte(name, '[')]
	}
	name, _, _ = strings.Cut(name, "(")
	switch strings.TrimSpace(name) {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
		"UHUGEINT", "BIGNUM", "FLOAT", "REAL", "DOUBLE", "DECIMAL", "NUMERIC":
		return numeric
	case "DATE":
		return dated
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATETIME":
		return timed
	case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ":
		return zoned
	case "BIT":
		return bits
	default:
		return textual
	}
}

// text gives a value as a person and a CSV file read it; not for nil. Decimals
// keep all their digits, floats the fewest that give the same float back,
// lists and structs are JSON, bytes are \x and hexadecimal digits.
func text(value any, k kind) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return float(v)
	case warehouse.Decimal:
		return v.String()
	case *big.Int:
		return v.String()
	case time.Time:
		return moment(v, k)
	case []byte:
		if k == bits {
			return string(v)
		}
		return `\x` + strings.ToUpper(hex.EncodeToString(v))
	case warehouse.Interval:
		return interval(v)
	case []any, map[string]any:
		return string(appendJSON(nil, v, k))
	default:
		return fmt.Sprint(v)
	}
}

func float(v float64) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return strconv.FormatFloat(v, 'f', 1, 64)
	default:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
}

// moment writes 2011-12-09 12:50:00, with as many fractional digits as there are.
func moment(v time.Time, k kind) string {
	switch k {
	case dated:
		return v.UTC().Format(time.DateOnly)
	case zoned:
		return v.UTC().Format("2006-01-02 15:04:05.999999999Z")
	default:
		return v.UTC().Format("2006-01-02 15:04:05.999999999")
	}
}

// interval writes 1 year 2 months 3 days 04:05:06.5, the parts that are there.
func interval(v warehouse.Interval) string {
	const perYear = 12
	var parts []string
	add := func(n int64, unit string) {
		switch n {
		case 0:
		case 1, -1:
			parts = append(parts, fmt.Sprintf("%d %s", n, unit))
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", n, unit))
		}
	}
	add(int64(v.Months/perYear), "year")
	add(int64(v.Months%perYear), "month")
	add(int64(v.Days), "day")
	if v.Micros != 0 || len(parts) == 0 {
		parts = append(parts, clock(v.Micros))
	}
	return strings.Join(parts, " ")
}

func clock(micros int64) string {
	const perSecond, perMinute = 1_000_000, 60
	sign := ""
	// The magnitude is unsigned: that of the least int64 has no signed form.
	rest := uint64(micros) //nolint:gosec // two's complement, turned around below
	if micros < 0 {
		sign, rest = "-", -rest
	}
	seconds := rest / perSecond
	whole := fmt.Sprintf("%s%02d:%02d:%02d", sign,
		seconds/perMinute/perMinute, seconds/perMinute%perMinute, seconds%perMinute)
	if fraction := rest % perSecond; fraction != 0 {
		whole += "." + strings.TrimRight(fmt.Sprintf("%06d", fraction), "0")
	}
	return whole
}
