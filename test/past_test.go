package e2e

import "testing"

// A build at a past snapshot date is that of the log as it was then, table by table. What has every row however late it came
// is left out: the stored lines themselves, who is in them, and the account of what was delivered.
func TestPastSnapshotIsTheLogAsItWas(t *testing.T) {
	t.Parallel()
	shop := theSampledShop(t)
	past, then := emptyShop(t), emptyShop(t)
	for dir, log := range map[string]string{past: shop.whole, then: shop.early} {
		loadLog(t, dir, "log.csv", log)
		build(t, dir, "--vars", "{snapshot_date: 2011-07-01}")
	}
	sameWarehouses(t, past, then, append(buildColumns(), "last_transaction_day"), append(loadReports(),
		"bronze.transaction_logs", "silver.stg_transaction_logs", "silver.stg_log_transactions",
		"silver.int_transactions", "silver.int_transaction_classes", "silver.int_transaction_customers",
		"gold.dim_customer", "gold.mart_transaction_waterfall"))
	// Without lines of each kind nothing was tried.
	for _, relation := range []string{
		"silver.int_line_reasons", "silver.int_line_promo_flags", "silver.int_sku_price_behavior", "gold.mart_loss_reasons", "gold.mart_loss_waterfall",
	} {
		if query(t, past, "select count(*) from "+relation) == "0" {
			t.Errorf("%s is empty", relation)
		}
	}
}
