package cli_test

import (
	stdcsv "encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// history gives a snapshot's rows as the golden has them: the times of the runs
// as now1, now2 ..., and ids made from such times left out.
func history(t *testing.T, dir, table string) []string {
	t.Helper()
	out := well(t, dir, "query", "--format", "csv", "select coalesce(columns(*)::varchar, 'None') from main."+table)
	rows, err := stdcsv.NewReader(strings.NewReader(out.stdout)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var recent []string
	for _, row := range rows[1:] {
		for _, v := range row {
			if len(v) >= 19 && v[4] == '-' && v[:4] > "2025" && v[:4] < "9000" && !slices.Contains(recent, v) {
				recent = append(recent, v)
			}
		}
	}
	slices.Sort(recent)
	lines := make([]string, 0, len(rows))
	for _, row := range rows[1:] {
		for i, v := range row {
			switch at := slices.Index(recent, v); {
			case at >= 0:
				row[i] = fmt.Sprintf("now%d", at+1)
			case (rows[0][i] == "dbt_scd_id" || rows[0][i] == "row_id") && len(recent) > 0:
				row[i] = "by now"
			case v == "false":
				row[i] = "False"
			case v == "true":
				row[i] = "True"
			}
		}
		lines = append(lines, strings.Join(row, " | "))
	}
	slices.Sort(lines)
	return append([]string{strings.Join(rows[0], " ")}, lines...)
}

// The golden is what dbt's snapshots hold after the same four rounds of data; see
// golden.py beside it.
func TestSnapshotsKeepTheHistoryThatDbtKeeps(t *testing.T) {
	t.Parallel()
	var want map[string][]string
	if err := json.Unmarshal([]byte(read(t, "testdata", "snapshots", "golden.json")), &want); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "snapshots"))); err != nil {
		t.Fatal(err)
	}
	for round := 1; round <= 4; round++ {
		write(t, dir, files{"seeds/people.csv": read(t, dir, "rounds", strconv.Itoa(round), "people.csv")})
		well(t, dir, "seed", "--full-refresh")
		out := well(t, dir, "snapshot")
		if !strings.Contains(squeezed(out.stdout), "OK snapshotted main.by_time ... [OK in") && !strings.Contains(out.stdout, "OK snapshotted snapshot main.by_time") {
			t.Error(out.stdout)
		}
		for _, table := range []string{"by_time", "by_check", "closes", "tells", "tells_time"} {
			key := fmt.Sprintf("%d %s", round, table)
			if diff := cmp.Diff(want[key], history(t, dir, table)); diff != "" {
				t.Errorf("%s (-dbt +kith):\n%s", key, diff)
			}
		}
	}
}
