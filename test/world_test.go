package e2e

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// world is a small generated world as files, one a source, and a project that was
// built from them in one go. In loadedFile is its warehouse before the build.
type world struct {
	dir, loadedFile string
	sources         map[string]string // CSV by source
}

var makeWorld = sync.OnceValues(newWorld)

func theWorld(t *testing.T) *world {
	t.Helper()
	w, err := makeWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// newWorld generates, takes the sources out as files and builds from the files.
func newWorld() (*world, error) {
	home := filepath.Dir(binary) // goes away with the binary
	w := &world{dir: filepath.Join(home, "world"), loadedFile: filepath.Join(home, "world.duckdb"), sources: map[string]string{}}
	made := filepath.Join(home, "made")
	if err := ran(home, "init", "made"); err != nil {
		return nil, err
	}
	if err := ran(made, "generate", "--customers", "250", "--transactions", "6000", "--duplicates", "0.02", "--dirty", "0.03"); err != nil {
		return nil, err
	}
	tables, err := answered(made, `select table_name from information_schema.tables
		where table_schema = 'bronze' and table_name not in ('loads', 'rejects') order by table_name`)
	if err != nil {
		return nil, err
	}
	for _, table := range strings.Fields(tables)[1:] {
		w.sources[table], err = answered(made, fmt.Sprintf(
			"select * exclude (_file, _line, _load_id, _loaded_at) from bronze.%s order by _load_id, _line", table))
		if err != nil {
			return nil, err
		}
	}
	if err := ran(home, "init", "world"); err != nil {
		return nil, err
	}
	if err := w.load(w.dir, "", func(string, int) bool { return true }); err != nil {
		return nil, err
	}
	if err := copied(filepath.Join(w.dir, warehouseFile), w.loadedFile); err != nil {
		return nil, err
	}
	return w, ran(w.dir, "build", "--quiet")
}

// answered gives what a query prints as CSV.
func answered(dir, sql string) (string, error) {
	cmd := command(context.Background(), dir, "query", "--format", "csv", sql)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", sql, err)
	}
	return string(out), nil
}

// load writes the rows that keep names into a file a source, and loads them all at once:
// their columns tell which source they are.
func (w *world) load(dir, prefix string, keep func(source string, row int) bool) error {
	args, wants := []string{"load"}, []string{}
	for _, source := range slices.Sorted(maps.Keys(w.sources)) {
		records, err := csv.NewReader(strings.NewReader(w.sources[source])).ReadAll()
		if err != nil {
			return err
		}
		kept := records[:1:1]
		for i, r := range records[1:] {
			if keep(source, i) {
				kept = append(kept, r)
			}
		}
		if len(kept) == 1 {
			continue
		}
		path := filepath.Join(dir, prefix+source+".csv")
		if err := os.WriteFile(path, []byte(asCSV(kept)), 0o600); err != nil {
			return err
		}
		args, wants = append(args, path), append(wants, " rows into bronze."+source+" (")
	}
	out, err := command(context.Background(), dir, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("load: %w\n%s", err, out)
	}
	for _, want := range wants {
		if !strings.Contains(string(out), want) {
			return fmt.Errorf("no %q in\n%s", want, out)
		}
	}
	return nil
}

// coin throws one for each row of each source: the same at every call.
func coin(source string, row int) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(source + strconv.Itoa(row))) // never fails
	return h.Sum32()>>7&1 == 0
}

// halvedWorld is a project that was built from half of the rows of every source, and again
// with the other half. In the folder first is its warehouse after the first build.
type halvedWorld struct{ dir, first string }

var makeHalvedWorld = sync.OnceValues(newHalvedWorld)

func theHalvedWorld(t *testing.T) *halvedWorld {
	t.Helper()
	theWorld(t)
	halved, err := makeHalvedWorld()
	if err != nil {
		t.Fatal(err)
	}
	return halved
}

func newHalvedWorld() (*halvedWorld, error) {
	w, err := makeWorld()
	if err != nil {
		return nil, err
	}
	home := filepath.Dir(binary) // goes away with the binary
	h := &halvedWorld{dir: filepath.Join(home, "halved"), first: filepath.Join(home, "half")}
	if err := errors.Join(ran(home, "init", "halved"), os.Mkdir(h.first, 0o755)); err != nil {
		return nil, err
	}
	if err := w.load(h.dir, "first_", coin); err != nil {
		return nil, err
	}
	if err := ran(h.dir, append(modelsAlone(), incremental()...)...); err != nil {
		return nil, err
	}
	if err := copied(filepath.Join(h.dir, warehouseFile), filepath.Join(h.first, warehouseFile)); err != nil {
		return nil, err
	}
	if err := w.load(h.dir, "second_", func(source string, row int) bool { return !coin(source, row) }); err != nil {
		return nil, err
	}
	return h, ran(h.dir, modelsAlone()...)
}

// buildColumns say in which build a row was written, and from which loads.
func buildColumns() []string {
	columns := append(loadColumns(), "_build_number", "_inputs", "_snapshot_date", "_members_build", "_customer_number", "replaced_first_order_day")
	for _, replaced := range []string{"day", "class", "source_system", "customer_id", "product_id", "merchant_category_id", "quantity", "amount"} {
		columns = append(columns, "replaced_"+replaced)
	}
	// Of customers who came into another segment with a build.
	for _, attribute := range []string{
		"rfm_group", "activity_status", "value_tier", "risk_group", "spending_segment", "behavioural_group", "ml_segment",
		"loyalty_tier", "acquisition_channel", "age_band", "income_band",
	} {
		columns = append(columns, "replaced_"+attribute)
	}
	return append(columns, "has_replaced")
}

// loadReports are relations that report the loads and builds themselves.
func loadReports() []string {
	return append(loadTables(), "gold.data_sources", "silver.int_transaction_changes",
		"silver.int_customer_numbers", "silver.int_customer_day_builds", "silver.int_campaign_inputs", "ml.int_churn_cell_inputs", "ml.int_churn_cutoff_inputs")
}

// Any half of the rows of every source, a build, the other half, a build that has
// tables to add to: baskets, versions of customers and products are torn apart, and
// still it is the same as all of them and one build.
func TestWorldInHalvesEqualsWorldInOne(t *testing.T) {
	t.Parallel()
	w, halved := theWorld(t), theHalvedWorld(t)
	sameWarehouses(t, halved.dir, w.dir, buildColumns(), loadReports())
	before, after := fingerprints(t, halved.first), fingerprints(t, halved.dir)
	for _, relation := range []string{"gold.fct_transactions", "gold.dim_customer", "gold.mart_customer_daily", "silver.int_customer_monthly"} {
		if before[relation] == after[relation] {
			t.Errorf("the second half changed nothing in %s, so that nothing was tried", relation)
		}
	}
	dir := shopWith(t, filepath.Join(halved.dir, warehouseFile))
	build(t, dir)
	again := fingerprints(t, dir)
	for relation, before := range after {
		if again[relation] != before {
			t.Errorf("a build without new data changed %s", relation)
		}
	}
}

// Customers who came later have later numbers. When all are numbered anew, tables that hold
// numbers are made anew with them.
func TestANewNumberingIsFollowed(t *testing.T) {
	t.Parallel()
	w, halved := theWorld(t), theHalvedWorld(t)
	dir := shopWith(t, filepath.Join(halved.dir, warehouseFile))
	const numbers = "select customer_id, customer_number from silver.int_customer_numbers order by all"
	before := query(t, dir, numbers)
	well(t, dir, "run", "--select", "int_customer_numbers", "--full-refresh", "--quiet")
	if query(t, dir, numbers) == before {
		t.Fatal("the customers have the numbers that they had, so that nothing is tried")
	}
	const held = "assert_numbers_are_of_their_customers"
	if out := kith(t, dir, "test", "--select", held); out.code != 1 {
		t.Fatalf("%s with stale numbers: exit %d\n%s", held, out.code, out.stdout)
	}
	build(t, dir)
	well(t, dir, "test", "--select", held)
	sameWarehouses(t, dir, w.dir, buildColumns(), loadReports())
}

// The order of the rows, the number of files and the machine's time zone change nothing.
func TestWorldDependsOnNothingElse(t *testing.T) {
	t.Parallel()
	w := theWorld(t)
	dir := emptyShop(t)
	other := &world{sources: map[string]string{}}
	for source, text := range w.sources {
		other.sources[source] = shuffled(t, text)
	}
	if err := other.load(dir, "one_", coin); err != nil {
		t.Fatal(err)
	}
	if err := other.load(dir, "two_", func(source string, row int) bool { return !coin(source, row) }); err != nil {
		t.Fatal(err)
	}
	cmd := command(t.Context(), dir, modelsAlone()...)
	cmd.Env = append(cmd.Env, "TZ=Asia/Tokyo")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sameWarehouses(t, dir, w.dir, buildColumns(), loadReports())
}

// A day is added to a built world: the same as a world that had the day at once.
func TestAddedDayEqualsLongerWorld(t *testing.T) {
	t.Parallel()
	size := []string{"generate", "--customers", "250", "--transactions", "6000", "--quiet"}
	added, whole := emptyShop(t), emptyShop(t)
	well(t, added, size...)
	build(t, added, incremental()...)
	for range 2 {
		well(t, added, "generate", "--more", "1", "--quiet")
		build(t, added, incremental()...)
	}
	well(t, whole, size...)
	well(t, whole, "generate", "--more", "2", "--quiet")
	build(t, whole, incremental()...)
	sameWarehouses(t, added, whole, buildColumns(), loadReports())
}

// The key of every line against the definition of the dimension, customer by
// customer: of the versions of the raw table that began by then, the last.
func TestKeysOfTheTimeAgainstTwin(t *testing.T) {
	t.Parallel()
	w := theWorld(t)
	versions := map[string][][2]string{} // by customer: time and what tells versions apart, as delivered
	for _, row := range rowsOf(t, w.dir, `select customer_id, strftime(updated_at, '%Y%m%d%H%M%S'),
		coalesce(city, '') || '|' || coalesce(income_band, '') || '|' || coalesce(credit_limit::varchar, '')
		|| '|' || coalesce(account_status, 'active') || '|' || coalesce(email, '')
		from bronze.customers order by customer_id, updated_at, _line`) {
		versions[row[0]] = append(versions[row[0]], [2]string{row[1], row[2]})
	}
	several, compared := 0, 0
	for _, row := range rowsOf(t, w.dir, `select f.customer_id, strftime(f.transaction_at, '%Y%m%d%H%M%S'),
		coalesce(d.city, '') || '|' || coalesce(d.income_band, '') || '|' || coalesce(d.credit_limit::varchar, '')
		|| '|' || d.account_status || '|' || coalesce(d.email, '')
		from gold.fct_transactions f join gold.dim_customer d using (customer_key) where f.customer_id is not null`) {
		of := versions[row[0]]
		if of == nil {
			continue // known from the log only
		}
		want := of[0][1]
		for _, v := range of[1:] {
			if v[0] <= row[1] {
				want = v[1]
			}
		}
		if row[2] != want {
			t.Fatalf("%s at %s has the version %q, want %q", row[0], row[1], row[2], want)
		}
		compared++
		if len(of) > 1 {
			several++
		}
	}
	if compared < 4000 || several < 500 {
		t.Errorf("%d lines compared, %d of customers with several versions: too few to tell", compared, several)
	}
}

// rowsOf gives the rows of a query as texts.
func rowsOf(t *testing.T, dir, sql string) [][]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(well(t, dir, "query", "--format", "csv", sql))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records[1:]
}
