package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func batches(t *testing.T) string {
	t.Helper()
	return project(t, files{
		"seeds/events.csv": "id,happened\n1,2026-11-19 10:00:00\n2,2026-11-20 11:00:00\n3,2026-11-21 01:00:00\n",
		"seeds/seeds.yml":  "seeds: [{name: events, config: {event_time: happened}}]",
		"models/mb.sql": `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened', batch_size='day',
    begin='2026-11-19', lookback=1, pre_hook="insert into hooks values ('pre')", post_hook="insert into hooks values ('post')") }}
select *, '{{ model.batch.id if model.batch }}' as batch, {{ is_incremental() }} as adds from {{ ref('events') }}
{% if var('boom', none) %}where case when happened::date = '{{ var('boom') }}' then error('boom') else true end{% endif %}`,
		"models/below.sql": "select * from {{ ref('mb') }}",
		"models/all.sql":   "{{ config(materialized='table') }} select * from {{ ref('events') }}",
		"dbt_project.yml":  projectFile + "on-run-start: create table if not exists hooks (kind text)\n",
	})
}

// results gives status, message and the number of batches of the model mb.
func batchResults(t *testing.T, dir string) (status, message string, well, badly int) {
	t.Helper()
	var doc struct {
		Results []struct {
			ID      string `json:"unique_id"`
			Status  string
			Message string
			Batches *struct{ Successful, Failed [][]string } `json:"batch_results"`
		}
	}
	if err := json.Unmarshal([]byte(read(t, dir, "target", "run_results.json")), &doc); err != nil {
		t.Fatal(err)
	}
	for _, r := range doc.Results {
		if r.ID == "model.shop.mb" && r.Batches != nil {
			return r.Status, r.Message, len(r.Batches.Successful), len(r.Batches.Failed)
		}
	}
	t.Fatal("the model mb has no batches")
	return
}

const rowsOfBatches = "select string_agg(id || ' ' || batch || ' ' || adds, ', ' order by id) as rows from main.mb"

func TestMicrobatch(t *testing.T) {
	t.Parallel()
	dir := batches(t)
	well(t, dir, "seed")
	out := well(t, dir, "run", "--select", "mb")
	for _, line := range []string{
		"1 of 1 START sql microbatch model main.mb ... [RUN]",
		"Batch 1 of 3 START batch 2026-11-19 of main.mb ... [RUN]",
		"Batch 3 of 3 OK created batch 2026-11-21 of main.mb ... [OK in 0.00s]",
		"1 of 1 OK created sql microbatch model main.mb ... [SUCCESS in 0.00s]",
	} {
		if !strings.Contains(squeezed(out.stdout), line) {
			t.Errorf("no %q in\n%s", line, out.stdout)
		}
	}
	if got := csv(t, dir, rowsOfBatches); got != `"1 20261119 false, 2 20261120 true, 3 20261121 true"` {
		t.Error(got)
	}
	if got := csv(t, dir, "select string_agg(kind order by kind) as kinds from hooks"); got != `"post,pre"` {
		t.Errorf("hooks ran as %s", got)
	}
	// Only the last day and the one before are built again.
	well(t, dir, "query", "select 1")
	write(t, dir, files{"seeds/events.csv": "id,happened\n7,2026-11-19 10:00:00\n8,2026-11-20 11:00:00\n9,2026-11-21 01:00:00\n"})
	well(t, dir, "seed")
	well(t, dir, "run", "--select", "mb")
	if got := csv(t, dir, rowsOfBatches); got != `"1 20261119 false, 8 20261120 true, 9 20261121 true"` {
		t.Error(got)
	}
	well(t, dir, "run", "--select", "mb", "--event-time-start", "2026-11-19", "--event-time-end", "2026-11-20")
	if got := csv(t, dir, rowsOfBatches); got != `"7 20261119 true, 8 20261120 true, 9 20261121 true"` {
		t.Error(got)
	}
	well(t, dir, "run", "--select", "mb", "--full-refresh")
	if got := csv(t, dir, rowsOfBatches); got != `"7 20261119 false, 8 20261120 true, 9 20261121 true"` {
		t.Error(got)
	}
}

func TestFailedBatchesAreRetried(t *testing.T) {
	t.Parallel()
	dir := batches(t)
	well(t, dir, "seed")
	out := kith(t, dir, "run", "--select", "mb+", "--vars", "{boom: 2026-11-20}")
	if out.code != 1 || !strings.Contains(squeezed(out.stdout), "PARTIALLY created sql microbatch model main.mb ... [PARTIAL SUCCESS (2/3)") ||
		!strings.Contains(out.stdout, "Invalid Input Error: boom") || !strings.Contains(out.stdout, "SKIP relation main.below") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	if status, message, well, badly := batchResults(t, dir); status != "partial success" || message != "PARTIAL SUCCESS (2/3)" || well != 2 || badly != 1 {
		t.Error(status, message, well, badly)
	}
	out = well(t, dir, "retry", "--vars", "{boom: 1999-01-01}")
	if !strings.Contains(out.stdout, "Batch 1 of 1 START batch 2026-11-20 of main.mb") || !strings.Contains(out.stdout, "Done. PASS=3") {
		t.Error(out.stdout)
	}
	if got := csv(t, dir, rowsOfBatches); got != `"1 20261119 false, 2 20261120 true, 3 20261121 true"` {
		t.Error(got)
	}
	if status, _, well, badly := batchResults(t, dir); status != "success" || well != 3 || badly != 0 {
		t.Error(status, well, badly)
	}
	// The first batch makes the table, so nothing can follow where it fails.
	out = kith(t, dir, "run", "--select", "mb", "--full-refresh", "--vars", "{boom: 2026-11-19}")
	if out.code != 1 || !strings.Contains(squeezed(out.stdout), "Batch 2 of 3 SKIP batch 2026-11-20 of main.mb ... [SKIPPED in 0.00s]") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	if status, message, well, badly := batchResults(t, dir); status != "error" || message != "ERROR" || well != 0 || badly != 3 {
		t.Error(status, message, well, badly)
	}
}

func TestSampleAndEmpty(t *testing.T) {
	t.Parallel()
	dir := batches(t)
	well(t, dir, "seed")
	for _, c := range []struct{ args, ids string }{
		{"--sample|1 day", "\"2,3\""},
		{"--sample|{start: 2026-11-19, end: 2026-11-20}", "1"},
		{"--empty", ""},
		{"--no-empty", "\"1,2,3\""},
	} {
		well(t, dir, append([]string{"run", "--select", "all"}, strings.Split(c.args, "|")...)...)
		if got := csv(t, dir, "select coalesce(string_agg(id order by id), '') as ids from main.all"); strings.Trim(got, `"`) != strings.Trim(c.ids, `"`) {
			t.Errorf("%s: %s, want %s", c.args, got, c.ids)
		}
	}
	if out := (invocation{dir: dir, env: []string{"DBT_SAMPLE=1 day"}}).kith(t, "run", "--select", "mb"); out.code != 0 || !strings.Contains(out.stdout, "Batch 1 of 2") {
		t.Errorf("exit %d\n%s", out.code, out.stdout)
	}
	for args, want := range map[string]string{
		"run --sample 3":                                                `--sample: "3" is no window of time`,
		"run --event-time-start 2026-01-01":                             "--event-time-start needs --event-time-end",
		"run --event-time-end 2026-01-01":                               "--event-time-end needs --event-time-start",
		"run --event-time-start x --event-time-end 2026-01-01":          `--event-time-start: "x" is no time`,
		"run --event-time-start 2026-01-02 --event-time-end 2026-01-01": "--event-time-start must be before --event-time-end",
	} {
		if out := kith(t, dir, strings.Fields(args)...); out.code != 2 || !strings.Contains(out.stderr, want) {
			t.Errorf("%s: exit %d, %s", args, out.code, out.stderr)
		}
	}
}

func TestBadMicrobatchModels(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		"begin='2026-01-01', batch_size='day'":                                       "models/mb.sql:1: the microbatch model mb has no event_time",
		"event_time='t', batch_size='day'":                                           "the microbatch model mb has no begin",
		"event_time='t', batch_size='day', begin='soon'":                             "has the begin soon, which is no date",
		"event_time='t', batch_size='week', begin='2026-01-01'":                      "has no batch_size; add batch_size: hour, day, month or year",
		"event_time='t', batch_size='day', begin='2026-01-01', lookback='yesterday'": "has the lookback yesterday, which is no whole number",
	} {
		dir := project(t, files{"models/mb.sql": "{{ config(materialized='incremental', incremental_strategy='microbatch', " + config + ") }} select 1 as id"})
		if out := kith(t, dir, "parse"); out.code != 2 || !strings.Contains(out.stderr, want) {
			t.Errorf("%s: exit %d, %s", config, out.code, out.stderr)
		}
	}
}
