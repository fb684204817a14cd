package adapter

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// converter turns a value of the engine into one that templates hold.
type converter func(v any) jinja.Value

// converterOf chooses by the engine's type name. Nested values become JSON text,
// times of day and intervals their text, as dbt's tables have them.
func converterOf(engineType string) (Kind, converter) {
	base, _, _ := strings.Cut(strings.ToUpper(engineType), "(")
	if strings.HasSuffix(engineType, "]") {
		return KindText, toText
	}
	switch base {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT",
		"UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", `"NULL"`, "NULL":
		return KindInteger, toNumber
	case "DECIMAL", "FLOAT", "DOUBLE":
		return KindNumber, toNumber
	case "BOOLEAN":
		return KindBoolean, func(v any) jinja.Value { return v }
	case "DATE":
		return KindDate, toTime(func(t time.Time) jinja.Value { return pydate.DateOf(t) })
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
		return KindDateTime, toTime(func(t time.Time) jinja.Value { return pydate.NaiveOf(t) })
	case "TIMESTAMP WITH TIME ZONE":
		return KindDateTime, toTime(func(t time.Time) jinja.Value { return pydate.AwareOf(t) })
	default:
		return KindText, toText
	}
}

func toNumber(v any) jinja.Value {
	switch v := v.(type) {
	case warehouse.Decimal:
		return jinja.NewDecimal(v.Unscaled, int(v.Scale))
	case *big.Int:
		return v
	default:
		return v
	}
}

func toTime(build func(time.Time) jinja.Value) converter {
	return func(v any) jinja.Value {
		t, ok := v.(time.Time)
		if !ok {
			return toText(v)
		}
		return build(t)
	}
}

func hasFraction(v jinja.Value) bool {
	switch v := v.(type) {
	case float64:
		return v != float64(int64(v))
	case *jinja.Decimal:
		_, frac, ok := strings.Cut(v.String(), ".")
		return ok && strings.Trim(frac, "0") != ""
	default:
		return false
	}
}

func toText(v any) jinja.Value {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return v
	case time.Time:
		return pydate.TimeOf(v).Str()
	case warehouse.Interval:
		return intervalText(v)
	case []byte:
		return hex.EncodeToString(v)
	case []any, map[string]any:
		var b strings.Builder
		writeJSON(&b, v)
		return b.String()
	case warehouse.Decimal:
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

// daysPerMonth is what Python's DuckDB client makes of a month in an interval.
const daysPerMonth = 30

func intervalText(v warehouse.Interval) string {
	days := int64(v.Days) + int64(v.Months)*daysPerMonth
	return pydate.NewDelta(days, 0, v.Micros).Str()
}

// writeJSON writes nested values with the spaces of Python's json.dumps; keys of
// structs are sorted, for the engine gives them without order.
func writeJSON(b *strings.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case *big.Int:
		b.WriteString(v.String())
	case float64:
		b.WriteString(jinja.Repr(v))
	case warehouse.Decimal:
		b.WriteString(v.String())
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		b.WriteByte('{')
		for i, k := range keys {
			if i > 0 {
				b.WriteString(", ")
			}
			writeJSON(b, k)
			b.WriteString(": ")
			writeJSON(b, v[k])
		}
		b.WriteByte('}')
	case time.Time:
		writeJSON(b, v.Format("2006-01-02T15:04:05.999999"))
	default:
		raw, err := json.Marshal(jinja.Str(toText(v)))
		if err != nil { // a string always marshals
			raw = []byte(`""`)
		}
		b.Write(raw)
	}
}
