package deliver_test

import (
	"context"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/generate/world"
)

func TestAWorldIsDeliveredAndToldOf(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	sum := w.run(tiny(t))
	if sum.Skipped != "" || sum.Rows() == 0 || sum.Mark != "synthetic:seed=1,customers=120,transactions=4000" {
		t.Errorf("%+v", sum)
	}
	for _, table := range sum.Tables {
		if table.Rows == 0 {
			t.Errorf("%s is empty", table.Table)
		}
		got := w.text("SELECT count(*), count(DISTINCT _line), min(_file), max(_file), count(DISTINCT _load_id) FROM " + table.Table)
		told := w.text("SELECT rows_loaded, 1 * rows_loaded, file, file || '', 1 FROM bronze.loads WHERE table_name = '" + table.Table + "'")
		if got != told {
			t.Errorf("%s has %sand bronze.loads tells %s", table.Table, got, told)
		}
	}
	if got := w.text("SELECT count(*), count(DISTINCT load_id), min(started_at) = max(started_at), min(source), max(source) FROM bronze.loads"); got != "18|18|true|synthetic|synthetic\n" {
		t.Error("bronze.loads: ", got)
	}
	if left := w.text("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%generating%'"); left != "" {
		t.Error("left behind: ", left)
	}
}

func TestTheSameWorldIsNotAddedTwice(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.run(tiny(t))
	before := w.print()
	sum := w.run(tiny(t))
	if !strings.Contains(sum.Skipped, "already") {
		t.Errorf("%+v", sum)
	}
	if after := w.print(); after != before {
		t.Errorf("changed from\n%sto\n%s", before, after)
	}
	w.run(deliver.Request{More: 1})
	more := w.print()
	if sum := w.run(tiny(t)); sum.Skipped == "" || w.print() != more {
		t.Error("the world is added again after a further day")
	}
}

func TestWorkersDoNotMatter(t *testing.T) {
	t.Parallel()
	var prints []string
	for _, workers := range []int{1, 3} {
		w := newStore(t)
		r := tiny(t)
		r.Workers = workers
		w.run(r)
		prints = append(prints, w.print())
	}
	if prints[0] != prints[1] {
		t.Errorf("one worker makes\n%sthree make\n%s", prints[0], prints[1])
	}
}

func TestAnotherWorldIsInTheWay(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.run(tiny(t))
	before := w.print()
	r := tiny(t)
	r.Config.Seed = 2
	if _, err := deliver.Run(t.Context(), w.lane, r); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "--replace") {
		t.Error("two worlds at once: ", err)
	}
	if w.print() != before {
		t.Error("a refused world changed the warehouse")
	}
	r.Replace = true
	w.run(r)
	alone := newStore(t)
	alone.run(r)
	for _, table := range world.Tables() {
		name := table.Schema + "." + table.Name
		columns := "* EXCLUDE (_load_id)"
		if !table.Raw() {
			columns = "*"
		}
		sql := "SELECT count(*), sum(hash(r)) FROM (SELECT " + columns + " FROM " + name + ") r"
		if got, want := w.text(sql), alone.text(sql); got != want {
			t.Errorf("%s: %s in place of another world, %s alone", name, got, want)
		}
	}
}

func TestMoreDays(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	if _, err := deliver.Run(t.Context(), w.lane, deliver.Request{More: 1}); !fault.Is(err, fault.NotFound) {
		t.Error("more of nothing: ", err)
	}
	w.run(tiny(t))
	before := w.text("SELECT count(*), max(_load_id) FROM bronze.transactions")
	first := w.run(deliver.Request{More: 2})
	if first.From.Format("2006-01-02") != "2025-12-10" || first.To.Format("2006-01-02") != "2025-12-11" {
		t.Errorf("from %s to %s", first.From, first.To)
	}
	second := w.run(deliver.Request{More: 1})
	if second.From.Format("2006-01-02") != "2025-12-12" {
		t.Errorf("from %s", second.From)
	}
	if got := w.text("SELECT value FROM truth.parameters WHERE name = 'through'"); got != "734\n" {
		t.Error("the world goes up to day ", got)
	}
	if before == w.text("SELECT count(*), max(_load_id) FROM bronze.transactions") {
		t.Error("no transactions came")
	}
	if got := w.text("SELECT count(*) - count(DISTINCT load_id) FROM bronze.loads"); got != "0\n" {
		t.Error("loads share ids: ", got)
	}
	if got := w.text("SELECT count(*) FROM bronze.products GROUP BY product_id HAVING count(*) > 1"); got != "" {
		t.Error("products came again")
	}
	// The log goes on as well, and repeats nothing.
	if got := w.text("SELECT count(*) > 0, min(invoice_date) >= '2025-12-10' FROM bronze.transaction_logs WHERE _load_id > 18"); got != "true|true\n" {
		t.Error("the log's further days: ", got)
	}
}

func TestTablesThatAreThereAreKept(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	// One with rows and columns of its own in another order, one empty as the project
	// makes it, and one empty with a column that is ours to leave alone.
	w.exec(`CREATE SCHEMA bronze;
		CREATE TABLE bronze.merchant_categories (note VARCHAR, category_name VARCHAR, merchant_category_id VARCHAR, category_group VARCHAR,
			_file VARCHAR, _line BIGINT, _load_id BIGINT, _loaded_at TIMESTAMP);
		INSERT INTO bronze.merchant_categories VALUES ('mine', 'Circus', 'X1', 'discretionary', 'a.csv', 2, 1, '2026-01-01');
		CREATE TABLE bronze.loyalty_tiers (tier_name VARCHAR, min_points BIGINT, earn_multiplier DECIMAL(6,2), benefits VARCHAR,
			_file VARCHAR, _line BIGINT, _load_id BIGINT, _loaded_at TIMESTAMP);
		CREATE TABLE bronze.products (product_id VARCHAR, product_name VARCHAR, category VARCHAR, brand VARCHAR, merchant_category_id VARCHAR,
			unit_cost DECIMAL(18,4), list_price DECIMAL(18,4), sustainability_label VARCHAR, shelf VARCHAR,
			_file VARCHAR, _line BIGINT, _load_id BIGINT, _loaded_at TIMESTAMP);`)
	w.run(tiny(t))
	if got := w.text("SELECT count(*), count(note), count(category_group) FROM bronze.merchant_categories"); got != "51|1|51\n" {
		t.Error("categories: ", got)
	}
	if got := w.text("SELECT count(*) FROM bronze.loyalty_tiers"); got != "4\n" {
		t.Error("tiers: ", got)
	}
	if got := w.text("SELECT count(*) > 0, count(shelf) FROM bronze.products"); got != "true|0\n" {
		t.Error("products: ", got)
	}
}

func TestAStoppedRunLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	for _, start := range []string{"", "CREATE SCHEMA bronze; CREATE TABLE bronze.products (product_id VARCHAR); INSERT INTO bronze.products VALUES ('P1')"} {
		w := newStore(t)
		if start != "" {
			w.exec(start)
		}
		before := w.print()
		for _, rows := range []int64{1, 6_000} {
			ctx, cancel := context.WithCancel(t.Context())
			r := tiny(t)
			r.Progress = func(done, _ int64) {
				if done >= rows {
					cancel()
				}
			}
			_, err := deliver.Run(ctx, w.lane, r)
			cancel()
			if !fault.Is(err, fault.Cancelled) {
				t.Errorf("stopped after %d rows: %v", rows, err)
			}
			if after := w.print(); after != before {
				t.Errorf("stopped after %d rows, changed from\n%sto\n%s", rows, before, after)
			}
		}
	}
}

// What a killed process left under the names of tables being filled is cleared away.
func TestLeftoversAreClearedAway(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.exec(`CREATE SCHEMA bronze; CREATE TABLE bronze.transactions__generating (x INTEGER); CREATE TABLE bronze.other__generating (x INTEGER)`)
	w.run(tiny(t))
	if left := w.text("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%generating%'"); left != "" {
		t.Error("left behind: ", left)
	}
}

// A run that was killed between its end and its clearing away is one that is there already.
func TestLeftoversOfAWholeRunAreClearedAway(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.run(tiny(t))
	whole := w.print()
	w.exec("CREATE TABLE bronze.transaction_logs__generating AS SELECT 1 AS x")
	if sum := w.run(tiny(t)); sum.Skipped == "" {
		t.Errorf("%+v", sum)
	}
	if left := w.text("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%generating%'"); left != "" {
		t.Error("left behind: ", left)
	}
	if after := w.print(); after != whole {
		t.Errorf("changed from\n%sto\n%s", whole, after)
	}
}

func TestAForeignTruthIsNoWorld(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.exec(`CREATE SCHEMA truth; CREATE TABLE truth.parameters (name VARCHAR, value VARCHAR)`)
	if _, err := deliver.Run(t.Context(), w.lane, deliver.Request{More: 1}); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}
