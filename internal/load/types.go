package load

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// colType is a type of column that values are converted to.
type colType struct {
	kind     warehouse.Kind
	sql      string
	scale    uint8
	from, to int64 // bounds of whole and unscaled numbers
}

func text() colType { return colType{kind: warehouse.KindText, sql: "VARCHAR"} }
func whole() colType {
	return colType{kind: warehouse.KindInt, sql: "BIGINT", from: math.MinInt64, to: math.MaxInt64}
}
func float() colType     { return colType{kind: warehouse.KindFloat, sql: "DOUBLE"} }
func date() colType      { return colType{kind: warehouse.KindDate, sql: "DATE"} }
func timestamp() colType { return colType{kind: warehouse.KindTimestamp, sql: "TIMESTAMP"} }
func boolean() colType   { return colType{kind: warehouse.KindBool, sql: "BOOLEAN"} }

func decimal(width, scale int) colType {
	bound := int64(math.Pow10(width)) - 1
	return colType{
		kind: warehouse.KindDecimal, sql: fmt.Sprintf("DECIMAL(%d,%d)", width, scale),
		scale: uint8(scale), from: -bound, to: bound, //nolint:gosec // checked by the callers
	}
}

// maxWidth is the most digits of a DECIMAL that fit the 64 bits of a batch.
const maxWidth = 18

func parseType(name string) (colType, *fault.Error) {
	switch upper := strings.ToUpper(strings.ReplaceAll(name, " ", "")); upper {
	case "", "VARCHAR", "TEXT", "STRING":
		return text(), nil
	case "BIGINT", "INT64", "LONG":
		return whole(), nil
	case "INTEGER", "INT":
		return colType{kind: warehouse.KindInt, sql: "INTEGER", from: math.MinInt32, to: math.MaxInt32}, nil
	case "DOUBLE", "FLOAT":
		return float(), nil
	case "DATE":
		return date(), nil
	case "TIMESTAMP", "DATETIME":
		return timestamp(), nil
	case "BOOLEAN", "BOOL":
		return boolean(), nil
	default:
		m := regexp.MustCompile(`^(?:DECIMAL|NUMERIC)\((\d+),(\d+)\)$`).FindStringSubmatch(upper)
		if m == nil {
			return colType{}, fault.New(fault.Invalid, "the type %q cannot be loaded into", name).
				WithHint("use VARCHAR, BIGINT, INTEGER, DOUBLE, DECIMAL(18,4), DATE, TIMESTAMP or BOOLEAN")
		}
		width, _ := strconv.Atoi(m[1])
		scale, _ := strconv.Atoi(m[2])
		if width < 1 || width > maxWidth || scale > width {
			return colType{}, fault.New(fault.Invalid, "the type %q cannot be loaded into", name).
				WithHint("a DECIMAL has up to %d digits", maxWidth)
		}
		return decimal(width, scale), nil
	}
}

// formats is the set of ways in which a date may be written.
type formats uint16

const (
	formatISO formats = 1 << iota
	formatMDY
	formatDMY
	formatYMD
	formatExcel
	formatUnix
	formatUnixMS
	formatUnixUS
	formatCompact

	formatLast = formatCompact
)

// formatNames lists the formats by name; the order of trying is that of the bits,
// which matters only between mdy and dmy.
func formatNames() []string {
	return []string{"iso", "mdy", "dmy", "ymd", "excel", "unix", "unix_ms", "unix_us", "compact"}
}

func parseFormats(names []string) (formats, *fault.Error) {
	var f formats
	for _, name := range names {
		found := false
		for i, known := range formatNames() {
			if strings.EqualFold(name, known) {
				f |= 1 << i
				found = true
			}
		}
		if !found {
			return 0, fault.New(fault.Invalid, "the date format %q is not known", name).
				WithHint("known are: %s", strings.Join(formatNames(), ", "))
		}
	}
	if f&formatMDY != 0 && f&formatDMY != 0 {
		return 0, fault.New(fault.Invalid, "mdy and dmy cannot be told apart in one column").WithHint("keep one of them")
	}
	return f, nil
}

func (f formats) String() string {
	var names []string
	for i, name := range formatNames() {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
