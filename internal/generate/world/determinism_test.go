package world

import (
	"errors"
	"fmt"
	"testing"

	"github.com/kith-analytics/kith/internal/warehouse"
)

func TestTheSameConfigurationGivesTheSameRows(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	first := everything(t, made(t, cfg, cfg.Days), cfg.Base(), 1)
	for _, parts := range []int{1, 2, 5} {
		again := everything(t, made(t, cfg, cfg.Days), cfg.Base(), parts)
		for name := range first {
			same(t, fmt.Sprintf("%s in %d parts", name, parts), again[name], first[name])
		}
	}
	cfg.Seed = 2
	other := everything(t, made(t, cfg, cfg.Days), cfg.Base(), 1)
	if fmt.Sprint(texts(other["bronze.transactions"])) == fmt.Sprint(texts(first["bronze.transactions"])) {
		t.Error("another seed gives the same transactions")
	}
}

// keys name the rows that tell a state, which come again when it changes.
func keys() map[string]string {
	return map[string]string{
		"bronze.support_tickets": "ticket_id", "bronze.referrals": "referral_id", "bronze.communications": "communication_id",
	}
}

// newest keeps the last row of each key.
func newest(rows []record, key string) []record {
	at := map[string]int{}
	var out []record
	for _, r := range rows {
		if i, ok := at[r.text(key)]; ok {
			out[i] = r
			continue
		}
		at[r.text(key)] = len(out)
		out = append(out, r)
	}
	return out
}

// A world, then three further days one by one, is the world of a horizon that is
// three days longer.
func TestALongerHorizonBeginsLikeAShorterOne(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	const more = 3
	_, step := base(t, cfg)
	for day := cfg.Days; day < cfg.Days+more; day++ {
		w := made(t, cfg, day+1)
		next := everything(t, w, Window{day, day + 1}, 2)
		for name, rows := range next {
			if name == "truth.transactions_dirty" || name[:6] == "bronze" {
				step[name] = append(step[name], rows...)
			} else {
				step[name] = rows
			}
		}
	}
	whole := everything(t, made(t, cfg, cfg.Days+more), Window{0, cfg.Days + more}, 3)
	for name, rows := range whole {
		if key := keys()[name]; key != "" {
			same(t, name, newest(step[name], key), newest(rows, key))
			continue
		}
		same(t, name, step[name], rows)
	}
	if len(whole["bronze.customers"]) <= 300 {
		t.Error("nobody signed up or changed")
	}
}

func TestRowsHaveLinesOfTheirOwn(t *testing.T) {
	t.Parallel()
	_, rows := base(t, tiny(t))
	for name, list := range rows {
		if name[:6] != "bronze" {
			continue
		}
		seen := map[any]bool{}
		for _, r := range list {
			if seen[r["_line"]] {
				t.Fatalf("%s has the line %v twice", name, r["_line"])
			}
			seen[r["_line"]] = true
			if r.text("_file") != "synthetic:test" || r.number("_load_id") != 7 {
				t.Fatalf("%s: the provenance is %v %v", name, r["_file"], r["_load_id"])
			}
		}
	}
}

// failing is a sink on a full disk.
type failing struct{}

func (failing) AppendBatch(*warehouse.Batch) error { return errors.New("full") }

func TestASinkThatFailsEndsTheWork(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	w := made(t, cfg, cfg.Days)
	target := Target{Open: func(Table) (Sink, Stamp, error) { return failing{}, Stamp{}, nil }}
	_, peopleErr := w.People(t.Context(), cfg.Base(), 0, w.Customers(), target)
	for name, err := range map[string]error{
		"transactions": w.Transactions(t.Context(), cfg.Base(), 0, cfg.Days, target),
		"people":       peopleErr,
		"summary":      w.Summary(cfg.Base(), nil, target),
		"reference":    w.Reference(t.Context(), cfg.Base(), target),
	} {
		if err == nil || err.Error() != "full" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A later load brings rows of days before it: the late ones, the repeated ones and
// what was brought back, and no others.
func TestLateRowsComeLater(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Late, cfg.Duplicates = 0.1, 0.05
	v := Window{cfg.Days, cfg.Days + 20}
	rows := everything(t, made(t, cfg, v.To), v, 1)
	odd := map[string]map[string]bool{}
	for _, r := range rows["truth.transactions_dirty"] {
		if odd[r.text("transaction_id")] == nil {
			odd[r.text("transaction_id")] = map[string]bool{}
		}
		odd[r.text("transaction_id")][r.text("kind")] = true
	}
	start, end := cfg.Start.AddDate(0, 0, v.From), cfg.Start.AddDate(0, 0, v.To)
	before := map[string]int{}
	for _, r := range rows["bronze.transactions"] {
		id, at := r.text("transaction_id"), r.time("transaction_at")
		kinds := odd[id]
		switch {
		case at.Before(start) && kinds[dirtLate]:
			before[dirtLate]++
		case at.Before(start) && kinds[dirtDuplicate]:
			before[dirtDuplicate]++
		case at.Before(start):
			t.Fatal("came late, and the truth does not tell: ", r)
		case kinds[dirtLate] && at.After(end.AddDate(0, 0, -1)):
			t.Fatal("late, but came within a day: ", r)
		}
	}
	if before[dirtLate] == 0 || before[dirtDuplicate] == 0 {
		t.Errorf("from before the load came %v", before)
	}
}
