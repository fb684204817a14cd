package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// A till that exports its last weeks again and again says many lines several times. They
// count once, whatever was built between the loads, and what the files say is all found
// in the waterfalls.
func TestOverlappingLogsCountOnce(t *testing.T) {
	t.Parallel()
	models := []string{"--select", "+obt_customer_kpis_and_segmentation", "+int_sku_price_behavior", "+mart_transaction_waterfall", "+mart_loss_waterfall"}
	whole := emptyShop(t)
	loadLog(t, whole, "whole.csv", exported(1, 40))
	build(t, whole, models...)
	parts := emptyShop(t)
	for i, span := range [][2]int{{1, 20}, {11, 30}, {5, 12}, {25, 40}, {1, 40}} {
		loadLog(t, parts, fmt.Sprintf("export%d.csv", i), exported(span[0], span[1]))
		if i == 0 || i == 3 {
			build(t, parts, models...)
		}
	}
	build(t, parts, models...)
	const (
		customers = "select * from gold.obt_customer_kpis_and_segmentation order by customer_id"
		prices    = "select * from silver.int_sku_price_behavior order by product_code"
		left      = "select row_count, amount from gold.mart_transaction_waterfall where transaction_class <> 'duplicate' and source_system = 'transaction_logs' order by step_order"
		again     = "select line_class, line_count from gold.mart_loss_waterfall where line_class = 'duplicate'"
		delivered = "select row_count from gold.mart_transaction_waterfall where transaction_class = 'duplicate' and source_system = 'transaction_logs'"
	)
	for _, sql := range []string{customers, prices, left} {
		if got, want := query(t, parts, sql), query(t, whole, sql); got != want || want == "" {
			t.Errorf("%s: %s\nwant %s", sql, got, want)
		}
	}
	// 20 + 20 + 8 + 16 + 40 invoices of three lines, 40 of them once.
	for sql, want := range map[string]string{again: "duplicate,192", delivered: "192"} {
		if got := query(t, parts, sql); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
}

// exported is the log of some invoices. Each has a mug that was scanned twice, and some are
// credit notes.
func exported(first, last int) string {
	var out strings.Builder
	out.WriteString("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n")
	for i := first; i <= last; i++ {
		invoice, sign := strconv.Itoa(1000+i), ""
		if i%7 == 0 {
			invoice, sign = "C"+invoice, "-"
		}
		for _, line := range []string{"84029,MUG,%s1,%s,2.50", "84029,MUG,%s1,%s,2.50", "22423,CAKE STAND,%s2,%s,12.75"} {
			at := fmt.Sprintf("2025-%02d-%02d 10:00:00", 1+i/28, 1+i%28)
			fmt.Fprintf(&out, "%s,"+line+",C%d,France\n", invoice, sign, at, i%5)
		}
	}
	return out.String()
}
