package e2e

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/kith-analytics/kith/test/twin"
)

// The figures of the real log that are known from elsewhere.
func TestKnownFiguresOfTheRealLog(t *testing.T) {
	t.Parallel()
	shop := theRealShop(t)
	for _, tc := range []struct{ name, sql, want string }{
		{"lines and money", "select count(*), sum(amount) from silver.stg_transaction_logs", "541909,9747747.93"},
		{"lines as they came in", "select count(*) from bronze.transaction_logs", "541909"},
		{"nothing rejected", "select count(*) from bronze.rejects", "0"},
		{"the waterfall adds up", "select sum(line_count), sum(amount), count(*) from gold.mart_loss_waterfall", "541909,9747747.93,10"},
		{"lines without description", "select count(*) from bronze.transaction_logs where description is null", "1454"},
		{"staged lines without description", "select count(*) from silver.stg_transaction_logs where description is null", "1454"},
		{"lines without customer", "select count(*) from bronze.transaction_logs where customer_id is null", "135080"},
		{"staged lines without customer", "select count(*) from silver.stg_transaction_logs where customer_id is null", "135080"},
		{
			"lines without one of the classes",
			`select count(*) from silver.stg_transaction_logs where line_class is null or line_class not in (
				'zero_value', 'return', 'adjustment', 'bad_debt', 'suspicious', 'operational', 'guest', 'sale', 'unmapped_region')`, "0",
		},
		{
			"lines in more than one class",
			"select count(*) - count(distinct (_load_id, _file, _line)) from silver.stg_transaction_logs", "0",
		},
		{
			"customer 17850 in classic mode",
			`select recency, tenure, frequency, monetary, line_count, cltv_classic_profit, cltv_classic_revenue, round(cltv_classic_profit / cltv_classic_revenue, 4)
				from silver.int_customer_classic_kpis where customer_id = '17850'`,
			"303,374,35,5288.63,312,133131.0898,221885.1497,0.6",
		},
		{
			"customer 17850 as it is",
			`select recency, tenure, frequency, monetary, net_revenue, average_order_value, historic_margin, is_churned, churn_risk_group, snapshot_date
				from gold.obt_customer_kpis_and_segmentation where customer_id = '17850'`,
			"373,374,34,5391.21,5288.63,155.5479,3173.1780,true,Churned,2011-12-10",
		},
		{
			"segments add up to all customers",
			`select (select count(*) from gold.obt_customer_kpis_and_segmentation), (select sum(n) from (select count(*) as n from gold.obt_customer_kpis_and_segmentation group by rfm_segmentation having rfm_segmentation in (from bronze.rfm_segments select rfm_segmentation))),
				(select count(distinct customer_id) from silver.stg_transaction_logs where line_class = 'sale')`,
			"4329,4329,4329",
		},
		{
			"cells without a name, or with two",
			`select count(*), count(distinct (r_score, f_score, m_score)), count(rfm_segmentation),
				bool_and(r_score between 1 and 5 and f_score between 1 and 5 and m_score between 1 and 5) from bronze.rfm_segment_mapping`,
			"125,125,125,true",
		},
	} {
		if got := query(t, shop.dir, tc.sql); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	out, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// All figures of the real log, line by line, customer by customer and day by day,
// against the twin.
func TestRealLogAgainstTwin(t *testing.T) {
	t.Parallel()
	shop := theRealShop(t)
	sameAsTwin(t, shop.dir, shop.seeds, shop.lines, shop.classes)
}

// sameAsTwin compares a project that was built from one file with the twin.
func sameAsTwin(t *testing.T, dir string, seeds *twin.Seeds, lines []twin.Line, classes []string) {
	t.Helper()
	sameClasses(t, dir, lines, classes)
	sameCustomers(t, dir, seeds.Customers(lines, classes))
	sameClassic(t, dir, seeds.Classic(lines, classes))
	sameActivity(t, dir, twin.Activity(lines, classes))
}

func sameClasses(t *testing.T, dir string, lines []twin.Line, classes []string) {
	t.Helper()
	got := rows(t, dir, "select _line, line_class, cast(amount * 100 as bigint) from silver.stg_transaction_logs order by _line")
	if len(got) != len(lines) {
		t.Fatalf("%d lines, want %d", len(got), len(lines))
	}
	for i, row := range got {
		want := []string{strconv.Itoa(lines[i].Row), classes[i], strconv.FormatInt(lines[i].Money(classes[i]), 10)}
		if !slices.Equal(row, want) {
			t.Fatalf("line, class, pence: %v, want %v (%+v)", row, want, lines[i])
		}
	}
	counts := map[string][2]int64{}
	for i, c := range classes {
		counts[c] = [2]int64{counts[c][0] + 1, counts[c][1] + lines[i].Money(classes[i])}
	}
	for _, row := range rows(t, dir, "select line_class, line_count, cast(amount * 100 as bigint) from gold.mart_loss_waterfall") {
		if want := counts[row[0]]; row[1] != strconv.FormatInt(want[0], 10) || row[2] != strconv.FormatInt(want[1], 10) {
			t.Errorf("the waterfall's %v, want %v", row, want)
		}
	}
}

func sameCustomers(t *testing.T, dir string, want []twin.Customer) {
	t.Helper()
	got := rows(t, dir, `select customer_id, recency, frequency, tenure, cast(monetary * 100 as bigint), cast(net_revenue * 100 as bigint),
		r_score, f_score, m_score, rfm_segmentation, cltv_profit_segmentation, churn_risk_group, is_churned, average_order_value, historic_margin
		from gold.obt_customer_kpis_and_segmentation order by customer_id`)
	if len(got) != len(want) {
		t.Fatalf("%d customers, want %d", len(got), len(want))
	}
	for i, c := range want {
		text := fmt.Sprintln(c.ID, c.Recency, c.Frequency, c.Tenure, c.Monetary, c.Net(), c.R, c.F, c.M, c.Segment, c.Tier, c.Risk, c.Churned)
		if is := sprintRow(got[i][:13]); is != text {
			t.Errorf("customer: %swant      %s", is, text)
		}
		near(t, c.ID+": average_order_value", got[i][13], c.AverageOrder)
		near(t, c.ID+": historic_margin", got[i][14], c.Margin)
	}
	monotone(t, "recency", want, func(c twin.Customer) (int64, int) { return -int64(c.Recency), c.R })
	monotone(t, "frequency", want, func(c twin.Customer) (int64, int) { return int64(c.Frequency), c.F })
	monotone(t, "monetary", want, func(c twin.Customer) (int64, int) { return c.Monetary, c.M })
}

// monotone checks that a better value never has a lower score, and an equal one the same.
func monotone(t *testing.T, name string, all []twin.Customer, of func(twin.Customer) (value int64, score int)) {
	t.Helper()
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b twin.Customer) int {
		v, _ := of(a)
		w, _ := of(b)
		return cmp.Compare(v, w)
	})
	for i := range max(0, len(all)-1) {
		value, score := of(all[i])
		next, nextScore := of(all[i+1])
		if nextScore < score || (next == value && nextScore != score) {
			t.Errorf("%s: %+v and the better %+v", name, all[i], all[i+1])
		}
	}
}

func sameClassic(t *testing.T, dir string, want map[string]twin.Classic) {
	t.Helper()
	got := rows(t, dir, `select customer_id, recency, tenure, frequency, line_count, cast(monetary * 100 as bigint), cltv_classic_revenue, cltv_classic_profit
		from silver.int_customer_classic_kpis`)
	if len(got) != len(want) {
		t.Fatalf("%d customers with sale or return lines, want %d", len(got), len(want))
	}
	for _, row := range got {
		c := want[row[0]]
		if is, text := sprintRow(row[1:6]), fmt.Sprintln(c.Recency, c.Tenure, c.Frequency, c.Lines, c.Monetary); is != text {
			t.Errorf("classic figures of %s: %swant %s", row[0], is, text)
		}
		near(t, row[0]+": cltv_classic_revenue", row[6], number(t, c.Revenue))
		near(t, row[0]+": cltv_classic_profit", row[7], number(t, c.Profit))
	}
}

func sameActivity(t *testing.T, dir string, want []twin.Active) {
	t.Helper()
	got := rows(t, dir, "select activity_date, dau, wau, mau, stickiness from gold.obt_customer_dau_mau_stickiness order by activity_date")
	if len(got) != len(want) {
		t.Fatalf("%d days, want %d", len(got), len(want))
	}
	for i, a := range want {
		if is, text := sprintRow(got[i][:4]), fmt.Sprintln(twin.Date(a.Day), a.DAU, a.WAU, a.MAU); is != text {
			t.Errorf("day: %swant %s", is, text)
		}
		if a.MAU == 0 {
			if got[i][4] != "" {
				t.Errorf("%s: stickiness %s of nobody", got[i][0], got[i][4])
			}
			continue
		}
		near(t, got[i][0]+": stickiness", got[i][4], float64(a.DAU)/float64(a.MAU))
	}
}

func sprintRow(row []string) string {
	out := make([]any, len(row))
	for i, v := range row {
		out[i] = v
	}
	return fmt.Sprintln(out...)
}

// near checks a figure that the warehouse keeps to four decimals. It divides as
// doubles do, so that what lies halfway may be rounded either way.
func near(t *testing.T, name, got string, want float64) {
	t.Helper()
	if math.Abs(number(t, got)-want) > 0.000101 {
		t.Errorf("%s: %s, want %.4f", name, got, want)
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	out, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
