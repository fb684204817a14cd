package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// minimalSales writes a file of transactions with the named columns alone, in which
// twelve customers buy once a month for a year and give back their last purchase.
func minimalSales(columns ...string) string {
	var b strings.Builder
	fmt.Fprintln(&b, strings.Join(columns, ","))
	for customer := range 12 {
		first := time.Date(2024, 1, 3+customer, 10, customer, 0, 0, time.UTC)
		for purchase := range 13 {
			quantity, at := 1+customer%3, first.AddDate(0, purchase, 0)
			if purchase == 12 {
				quantity, at = -quantity, first.AddDate(0, 11, 5)
			}
			value := map[string]string{
				"transaction_id": fmt.Sprintf("T-%d-%d", customer, purchase),
				"customer_id":    fmt.Sprintf("C-%d", customer),
				"transaction_at": at.Format(time.DateTime),
				"quantity":       strconv.Itoa(quantity),
				"unit_price":     "2.50",
				"amount":         fmt.Sprintf("%.2f", 2.5*float64(quantity)),
			}
			row := make([]string, len(columns))
			for i, column := range columns {
				row[i] = value[column]
			}
			fmt.Fprintln(&b, strings.Join(row, ","))
		}
	}
	return b.String()
}

// TestAFileWithTheNeededColumnsAloneIsBuilt loads transactions that say no more than
// the contract asks for: the project is built from them, and every test holds, now and
// after a second build.
func TestAFileWithTheNeededColumnsAloneIsBuilt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		columns   []string
		customers string
	}{
		"amounts of guests": {[]string{"transaction_id", "transaction_at", "amount"}, "0"},
		"units and prices of customers": {
			[]string{"transaction_id", "customer_id", "transaction_at", "quantity", "unit_price"}, "12",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := emptyShop(t)
			write(t, dir, files{"sales.csv": minimalSales(c.columns...)})
			well(t, dir, "load", "transactions", "sales.csv")
			for _, more := range [][]string{nil, incremental()} {
				holds(t, well(t, dir, append([]string{"build", "--exclude-resource-type", "unit_test"}, more...)...), []string{"WARN=0 ERROR=0 SKIP=0"})
			}
			for sql, want := range map[string]string{
				// Four customers each of one, two and three units a month.
				"select count(*), sum(amount), count(country) from silver.int_transactions where amount > 0": "144,720.00,0",
				"select count(*), sum(amount) from silver.int_transactions where amount < 0":                 "12,-60.00",
				"select count(*) from gold.obt_customer_kpis_and_segmentation where country is null":         c.customers,
			} {
				if got := query(t, dir, sql); got != want {
					t.Errorf("%s gives %s, want %s", sql, got, want)
				}
			}
		})
	}
}
