package app

import (
	"math/big"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// verdictOf reads the one row of a test's SQL: failures, should_warn, should_error.
func verdictOf(node *manifest.Node, table *adapter.Table, out *run.Outcome) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Compile, format, args...).At(node.OriginalFilePath, node.PatchLine).
			WithHint("a test's SQL is one row of failures, should_warn and should_error; see get_test_sql")
	}
	if table == nil {
		return bad("the test gave no rows")
	}
	rows, err := table.Rows()
	if err != nil {
		return err
	}
	if len(rows) != 1 {
		return bad("the test gave %d rows instead of one", len(rows))
	}
	for i, column := range table.ColumnNames() {
		value := rows[0][i]
		switch strings.ToLower(column) {
		case "failures":
			n, ok := wholeNumber(value)
			if !ok {
				return bad("the test's fail_calc gave %s, which is no whole number", jinja.Repr(value))
			}
			out.Failures = &n
		case "should_warn":
			out.ShouldWarn = boolean(value)
		case "should_error":
			out.ShouldError = boolean(value)
		}
	}
	if out.Failures == nil {
		return bad("the test's row has no column failures")
	}
	return nil
}

// wholeNumber takes any number without a fraction.
func wholeNumber(v jinja.Value) (int, bool) {
	switch v := v.(type) {
	case int64:
		return int(v), true
	case *big.Int:
		return int(v.Int64()), v.IsInt64()
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case float64:
		n := int(v)
		return n, float64(n) == v
	case warehouse.Decimal:
		f := v.Float64()
		n := int(f)
		return n, float64(n) == f
	}
	return 0, false
}

// boolean reads what engines give for a condition; nil when it is none.
func boolean(v jinja.Value) *bool {
	var on bool
	switch v := v.(type) {
	case bool:
		on = v
	case int64:
		on = v != 0
	case string:
		switch strings.ToLower(v) {
		case "y", "yes", "t", "true", "on", "1":
			on = true
		case "n", "no", "f", "false", "off", "0":
		default:
			return nil
		}
	default:
		return nil
	}
	return &on
}
