package profile_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/profile"
)

// Of a large table what cannot be counted is estimated, and said to be.
func TestALargeTableIsEstimatedWhereItMust(t *testing.T) {
	t.Parallel()
	const rows = 1_300_000
	s := session(t, fmt.Sprintf(`create table t as select
		case when i %% 10 = 0 then 'anonymous' else 'C' || (i %% 400000) end as customer, i %% 50 as shop, i as line, (i %% 1000) / 8.0 as amount,
		case when i = 77 then 'late' else (date '2020-01-01' + (i %% 900)::integer)::varchar end as day
		from range(%d) as r (i)`, rows))
	table := look(t, s, "t")
	byName := map[string]profile.Column{}
	for _, c := range table.Columns {
		byName[c.Name] = c
	}
	customers := byName["customer"]
	want := 360_001.0
	if d := customers.Distinct; !d.Approximate || math.Abs(float64(d.Count)-want) > 5*d.Error*want || d.Error <= 0 || d.Error > 0.02 {
		t.Errorf("%.0f customers are taken for %+v", want, d)
	}
	if f := customers.Frequent; len(f) == 0 || f[0] != (profile.Frequency{Value: "anonymous", Count: rows / 10}) {
		t.Errorf("the most frequent are %+v", f)
	}
	if c := byName["shop"]; c.Distinct != (profile.Distinct{Count: 50}) || c.Frequent[0].Count != rows/50 {
		t.Errorf("shops are %+v", c)
	}
	amount := byName["amount"]
	if n := amount.Numbers; n == nil || !n.Approximate || math.Abs(n.Median-62.4) > 1 || math.Abs(n.Mean-62.4375) > 1e-9 {
		t.Errorf("amounts are %+v", n)
	}
	if c := byName["day"]; c.Kind != profile.Date || c.Malformed != 1 || c.MalformedExamples[0] != "late" {
		t.Errorf("days are %+v", c)
	}
	if table.DuplicateRows != 0 {
		t.Errorf("%d rows are repeated", table.DuplicateRows)
	}
}

// A sample is said to be one, and all its figures are of the same rows.
func TestASampleIsSaidToBeOne(t *testing.T) {
	t.Parallel()
	s := session(t, "create table t as select i as id, i % 7 as shop from range(5000) as r (i)")
	table := look(t, s, "t", func(r *profile.Request) { r.Sample = 300 })
	if table.Rows != 5000 || table.Sampled == nil || *table.Sampled != 300 {
		t.Errorf("%d rows, sample %v", table.Rows, table.Sampled)
	}
	for _, c := range table.Columns {
		total := int64(0)
		for _, n := range c.Histogram.Counts {
			total += n
		}
		if total != 300 {
			t.Errorf("%s: the bars have %d rows", c.Name, total)
		}
	}
	if table.Columns[0].Distinct.Count != 300 {
		t.Errorf("%d of 300 ids are different", table.Columns[0].Distinct.Count)
	}
	if all := look(t, s, "t", func(r *profile.Request) { r.Sample = 5000 }); all.Sampled != nil {
		t.Error("all rows are called a sample")
	}
}

func TestAWideTable(t *testing.T) {
	t.Parallel()
	var parts []string
	for i := range 400 {
		parts = append(parts, fmt.Sprintf(`i %% %d as "column %d"`, i+1, i), fmt.Sprintf(`'v' || (i %% 3) as "text %d"`, i))
	}
	s := session(t, "create table t as select "+strings.Join(parts, ", ")+" from range(20) as r (i)")
	table := look(t, s, "t")
	if len(table.Columns) != 800 || table.Columns[4].Distinct.Count != 3 || table.Columns[799].Frequent[0].Value != "v0" {
		t.Errorf("%d columns", len(table.Columns))
	}
}

func TestLookingIsStopped(t *testing.T) {
	t.Parallel()
	s := session(t, "create table t as select i as id from range(10) as r (i)")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := profile.Read(ctx, s, profile.Request{Name: "t", Relation: "t", Columns: []profile.Input{{Name: "id", Type: "BIGINT"}}, Now: noon()})
	if !fault.Is(err, fault.Cancelled) {
		t.Errorf("%v", err)
	}
}

func TestRequestsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := session(t, "create table t (id integer)")
	for name, r := range map[string]profile.Request{
		"no columns":      {Relation: "t"},
		"negative sample": {Relation: "t", Columns: []profile.Input{{Name: "id", Type: "INTEGER"}}, Sample: -1},
		"unknown key":     {Relation: "t", Columns: []profile.Input{{Name: "id", Type: "INTEGER"}}, Keys: [][]string{{"no"}}},
	} {
		if _, err := profile.Read(t.Context(), s, r); err == nil {
			t.Errorf("%s is answered", name)
		}
	}
}

// Every rule has a name of its own and says whose it is.
func TestRulesAreNamedAndReferred(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range profile.Rules() {
		if seen[r.Name] || r.Name == "" || r.Text == "" || r.Reference == "" {
			t.Errorf("%+v", r)
		}
		seen[r.Name] = true
	}
}
