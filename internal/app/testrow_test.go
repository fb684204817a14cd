package app

import (
	"math/big"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
	"github.com/kith-analytics/kith/internal/warehouse"
)

func testTable(rows ...[]jinja.Value) *adapter.Table {
	return adapter.NewTable([]adapter.TableColumn{{Name: "FAILURES"}, {Name: "should_warn"}, {Name: "should_error"}}, rows)
}

func TestVerdictOfATestsRow(t *testing.T) {
	t.Parallel()
	node := &manifest.Node{Name: "t", OriginalFilePath: "models/schema.yml", PatchLine: 7}
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	for _, tc := range []struct {
		name  string
		table *adapter.Table
		want  int
		fails string
	}{
		{"number", testTable([]jinja.Value{int64(3), true, false}), 3, ""},
		{"big number", testTable([]jinja.Value{big.NewInt(4), int64(1), int64(0)}), 4, ""},
		{"decimal", testTable([]jinja.Value{warehouse.Decimal{Unscaled: big.NewInt(50), Scale: 1}, "true", "f"}), 5, ""},
		{"whole float", testTable([]jinja.Value{2.0, true, false}), 2, ""},
		{"truth", testTable([]jinja.Value{true, true, false}), 1, ""},
		{"no number", testTable([]jinja.Value{nil, true, false}), 0, "the test's fail_calc gave None"},
		{"fraction", testTable([]jinja.Value{0.5, true, false}), 0, "gave 0.5, which is no whole number"},
		{"beyond numbers", testTable([]jinja.Value{huge, true, false}), 0, "no whole number"},
		{"no rows", testTable(), 0, "gave 0 rows instead of one"},
		{"two rows", testTable([]jinja.Value{int64(1), true, true}, []jinja.Value{int64(1), true, true}), 0, "gave 2 rows"},
		{"nothing", nil, 0, "gave no rows"},
		{"other columns", adapter.NewTable([]adapter.TableColumn{{Name: "n"}}, [][]jinja.Value{{int64(1)}}), 0, "no column failures"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var out run.Outcome
			err := verdictOf(node, tc.table, &out)
			if tc.fails != "" {
				if err == nil || !strings.Contains(err.Error(), tc.fails) || !strings.HasPrefix(err.Error(), "models/schema.yml:7: ") || fault.CodeOf(err) != fault.Compile {
					t.Errorf("error %v", err)
				}
				return
			}
			if err != nil || *out.Failures != tc.want || out.ShouldWarn == nil || !*out.ShouldWarn || *out.ShouldError {
				t.Errorf("%v: %v %v %v", err, out.Failures, out.ShouldWarn, out.ShouldError)
			}
		})
	}
}
