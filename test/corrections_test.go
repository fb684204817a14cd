package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// corrected asks for a twentieth of the transactions as a later delivery has them:
// another day, customer, product, amount or basket, a return, or nobody's. Which
// of them, the round says.
const corrected = `
select
    transaction_id,
    case kind when 6 then 'C' || (hash(transaction_id) %% 40) else order_id end as order_id,
    case kind
        when 1 then (select min(customer_id) from bronze.transactions)
        when 2 then null
        when 7 then 'somebody new'
        else customer_id
    end as customer_id,
    case kind when 0 then transaction_at - interval 1 day * (hash(transaction_id) %% 200) else transaction_at end as transaction_at,
    case kind when 5 then 'return' else transaction_type end as transaction_type,
    case kind when 3 then (select max(product_id) from bronze.transactions) else product_id end as product_id,
    merchant_category_id,
    channel,
    quantity,
    unit_price,
    discount_amount,
    case kind when 4 then amount * 2 when 8 then 0 else amount end as amount,
    currency,
    country
from (
    select *, hash(transaction_id || '%[1]d') %% 9 as kind
    from bronze.transactions
    where hash('%[1]d' || transaction_id) %% 20 = 0
    qualify row_number() over (partition by transaction_id order by _load_id desc, _line desc) = 1
)
order by transaction_id`

// Corrections of transactions that were built already, twice, each followed by a
// build: the same as all deliveries and one build. Tables of sums know what the
// replaced rows had added to them.
func TestCorrectionsEqualOneBuild(t *testing.T) {
	t.Parallel()
	w := theWorld(t)
	dir, whole := shopWith(t, filepath.Join(w.dir, warehouseFile)), shopWith(t, w.loadedFile)
	for round, more := range [][]string{incremental(), nil} {
		before := fingerprints(t, dir)
		text, err := answered(dir, fmt.Sprintf(corrected, round))
		if err != nil {
			t.Fatal(err)
		}
		for _, shop := range []string{dir, whole} {
			name := fmt.Sprintf("corrections%d.csv", round)
			write(t, shop, files{name: text})
			well(t, shop, "load", "transactions", name, "--quiet")
		}
		build(t, dir, more...)
		after := fingerprints(t, dir)
		for _, relation := range []string{"silver.int_customer_products", "silver.int_customer_starts", "gold.metric_daily"} {
			if before[relation] == after[relation] {
				t.Errorf("round %d changed nothing in %s, so that nothing was tried", round, relation)
			}
		}
	}
	build(t, whole)
	sameWarehouses(t, dir, whole, buildColumns(), loadReports())
}

// A first purchase that comes late, after a build in which nobody's first purchase moved: the
// lines between it and what was thought to be the first are those of a returning customer.
func TestALateFirstPurchaseEqualsOneBuild(t *testing.T) {
	t.Parallel()
	const head = "transaction_id,customer_id,transaction_at,transaction_type,amount\n"
	dir, whole := emptyShop(t), emptyShop(t)
	for i, lines := range []string{
		"1,a,2025-03-10 09:00:00,sale,10\n2,a,2025-03-12 09:00:00,return,-5\n3,a,2025-03-20 09:00:00,sale,20\n4,b,2025-03-01 09:00:00,sale,7\n",
		"5,a,2025-03-21 09:00:00,sale,30\n",
		"6,a,2025-03-05 09:00:00,sale,40\n",
	} {
		name := fmt.Sprintf("day%d.csv", i)
		for _, shop := range []string{dir, whole} {
			write(t, shop, files{name: head + lines})
			well(t, shop, "load", "transactions", name, "--quiet")
		}
		build(t, dir, incremental()...)
	}
	build(t, whole, incremental()...)
	sameWarehouses(t, dir, whole, buildColumns(), loadReports())
}

// A stored row is found again wherever it lies: without a time, beyond the years of the
// calendar, and in an order of which another line comes later on another day.
func TestCorrectedRowsAreFoundOnAnyDay(t *testing.T) {
	t.Parallel()
	const head = "transaction_id,order_id,customer_id,transaction_at,amount\n"
	dir, whole := emptyShop(t), emptyShop(t)
	write(t, dir, files{
		"../before.csv": head + "t1,o1,a,,10.00\nt2,o2,b,12025-03-01 10:00:00,20.00\nt3,o3,c,2024-03-01 10:00:00,30.00\nt4,,d,2024-03-02 10:00:00,5.00\n",
		"../after.csv":  head + "t1,o1,a,2024-03-03 10:00:00,10.00\nt2,o2,b,2024-03-04 10:00:00,20.00\nt5,o3,c,2024-02-01 10:00:00,7.00\n",
	})
	for _, step := range []string{"../before.csv", "../after.csv"} {
		for _, shop := range []string{dir, whole} {
			well(t, shop, "load", "transactions", "--quiet", filepath.Join(filepath.Dir(dir), filepath.Base(step)))
		}
		build(t, dir, incremental()...)
	}
	build(t, whole, incremental()...)
	const got = "select string_agg(transaction_id || ' ' || transaction_day || ' ' || coalesce(order_amount::varchar, '-'), ', ' order by transaction_id) " +
		"from silver.int_transactions"
	const want = "t1 2024-03-03 10.00, t2 2024-03-04 20.00, t3 2024-03-01 -, t4 2024-03-02 5.00, t5 2024-02-01 37.00"
	if rows := strings.Trim(query(t, dir, got), `"`); rows != want {
		t.Errorf("stored are %s, want %s", rows, want)
	}
	sameWarehouses(t, dir, whole, buildColumns(), loadReports())
}

// A parent left out of a selection would keep rows out of a table for good, as the next
// build has seen their build: the table is refused, and stays as it was.
func TestAnOldParentIsRefused(t *testing.T) {
	t.Parallel()
	const head = "transaction_id,customer_id,transaction_at,transaction_type,amount\n"
	dir, whole := emptyShop(t), emptyShop(t)
	for i, lines := range []string{"1,a,2025-03-10 09:00:00,sale,10\n", "2,b,2025-03-20 09:00:00,sale,20\n"} {
		name := fmt.Sprintf("day%d.csv", i)
		for _, shop := range []string{dir, whole} {
			write(t, shop, files{name: head + lines})
			well(t, shop, "load", "transactions", name, "--quiet")
		}
		if i == 0 {
			build(t, dir, incremental()...)
		}
	}
	for _, c := range []struct{ parent, selected, table string }{
		{"int_snapshot", "int_transactions", "gold.mart_customer_daily"},
		{"int_customer_numbers", "int_transactions int_snapshot", "gold.mart_customer_daily"},
		{"mart_customer_daily", "+int_customer_numbers int_snapshot", "silver.int_customer_monthly"},
	} {
		before := query(t, dir, "from "+c.table)
		_, model, _ := strings.Cut(c.table, ".")
		out := kith(t, dir, "run", "--select", c.selected+" "+model)
		if out.code != 1 {
			t.Errorf("--select %s %s: exit %d", c.selected, model, out.code)
		}
		holds(t, out.stdout, []string{c.parent + " is older than int_transactions", "--select +" + model})
		if after := query(t, dir, "from "+c.table); after != before {
			t.Errorf("the table is now\n%s", after)
		}
	}
	build(t, dir, incremental()...)
	build(t, whole, incremental()...)
	sameWarehouses(t, dir, whole, buildColumns(), loadReports())
}
