package metric

import (
	"strconv"
	"strings"
)

// Dialect is what differs between engines in the SQL of metrics. Nothing else here
// knows which engine runs.
type Dialect interface {
	// Literal writes a bound value out, for people to read; false for a kind of
	// value that queries do not bind.
	Literal(v any) (string, bool)

	// days gives one column, calendar_day, with the days from first to last: a
	// table function's call that stands in a lateral join.
	days(first, last fragment) fragment
	// lines gives a row a line of a text whose lines end with semicolons: a table
	// function's call that stands in a select list.
	lines(text fragment) fragment
	// localDay gives the day of a UTC timestamp in a time zone.
	localDay(timestamp, zone fragment) fragment
	// percentile gives the interpolated percentile of a value.
	percentile(value, at fragment) fragment
	// dayBit gives the number whose only bit set is that of the day in its month.
	dayBit(day fragment) fragment
	// hasBits says whether two sets of bits have one in common.
	hasBits(a, b fragment) fragment
	// monthOf gives the first day of a day's month.
	monthOf(day fragment) fragment
}

// DuckDB is the dialect of the embedded engine.
type DuckDB struct{}

// Literal writes texts in single quotes, days as DATE '2006-01-02', and numbers as they are.
func (DuckDB) Literal(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "NULL", true
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	}
	return "", false
}

func (DuckDB) days(first, last fragment) fragment {
	return form("unnest(generate_series(%, %, interval 1 day))", first, last)
}

func (DuckDB) lines(text fragment) fragment { return form("unnest(string_split(%, ';'))", text) }

func (DuckDB) localDay(timestamp, zone fragment) fragment {
	return form("cast(timezone(%, timezone('UTC', %)) as date)", zone, timestamp)
}

func (DuckDB) percentile(value, at fragment) fragment {
	return form("quantile_cont(cast(% as double), %)", value, at)
}

func (DuckDB) dayBit(day fragment) fragment {
	return form("(cast(1 as bigint) << cast(extract(day from %) - 1 as integer))", day)
}

func (DuckDB) hasBits(a, b fragment) fragment { return form("(% & %) <> 0", a, b) }

func (DuckDB) monthOf(day fragment) fragment {
	return form("cast(date_trunc('month', %) as date)", day)
}
