package e2e

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/test/twin"
)

// The same file a second time adds nothing, and a second build changes nothing.
func TestTwoBuildsInARowAreIdentical(t *testing.T) {
	t.Parallel()
	shop := theSampledShop(t)
	again := shopWith(t, filepath.Join(shop.dir, warehouseFile))
	write(t, again, files{"again.csv": shop.whole})
	holds(t, well(t, again, "load", "--preset", "online-retail", "again.csv"), []string{"nothing added"})
	build(t, again)
	sameWarehouses(t, again, shop.dir, nil, nil)
}

// Half of the log, a build, the other half, a build that has tables to add to:
// the same as all of it and one build, whichever half comes first.
func TestIncrementalBuildEqualsFullBuild(t *testing.T) {
	t.Parallel()
	shop := theSampledShop(t)
	for name, parts := range map[string][2]string{
		"the earlier half first": {shop.early, shop.late}, "the later half first": {shop.late, shop.early},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := emptyShop(t)
			loadLog(t, dir, "first.csv", parts[0])
			build(t, dir, incremental()...)
			before := fingerprints(t, dir)
			loadLog(t, dir, "second.csv", parts[1])
			build(t, dir)
			sameWarehouses(t, dir, shop.dir, buildColumns(), loadReports())
			after := fingerprints(t, dir)
			for _, relation := range []string{"gold.obt_customer_kpis_and_segmentation", "gold.obt_customer_dau_mau_stickiness", "gold.mart_daily_revenue"} {
				if before[relation] == after[relation] {
					t.Errorf("the second half changed nothing in %s, so that nothing was tried", relation)
				}
			}
		})
	}
}

// The order of the rows, the number of files and the machine's time zone change no figure.
func TestFiguresDependOnNothingElse(t *testing.T) {
	t.Parallel()
	shop := theSampledShop(t)
	for name, tc := range map[string]struct {
		logs []string
		zone string
	}{
		// Days begin elsewhere east and west of Greenwich.
		"shuffled rows in Tokyo":     {logs: []string{shuffled(t, shop.whole)}, zone: "Asia/Tokyo"},
		"split files in Los Angeles": {logs: []string{shuffled(t, shop.late), shop.early}, zone: "America/Los_Angeles"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := emptyShop(t)
			in := func(args ...string) {
				t.Helper()
				cmd := command(t.Context(), dir, args...)
				if tc.zone != "" {
					cmd.Env = append(cmd.Env, "TZ="+tc.zone)
				}
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v: %v\n%s", args, err, out)
				}
			}
			load := []string{"load", "--preset", "online-retail", "--quiet"}
			for i, log := range tc.logs {
				name := fmt.Sprintf("part%d.csv", i)
				write(t, dir, files{"../" + name: log})
				load = append(load, "../"+name)
			}
			in(load...)
			in(modelsAlone()...)
			sameWarehouses(t, dir, shop.dir, buildColumns(), loadReports())
		})
	}
}

// Small logs that hold every kind of line, against the twin.
func TestRandomLogsAgainstTwin(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			dir := emptyShop(t)
			log := randomLog(t, rand.New(rand.NewPCG(seed, 7)))
			loadLog(t, dir, "log.csv", log)
			build(t, dir, "-s", "+obt_customer_kpis_and_segmentation", "+obt_customer_dau_mau_stickiness", "+mart_loss_waterfall")
			seeds, err := twin.ReadSeeds(filepath.Join(dir, "seeds"))
			if err != nil {
				t.Fatal(err)
			}
			lines, err := twin.Read(strings.NewReader(log))
			if err != nil {
				t.Fatal(err)
			}
			sameAsTwin(t, dir, seeds, lines, seeds.Classify(lines))
		})
	}
}

// randomLog makes a log of 1 to 600 lines from few words, so that they meet.
func randomLog(t *testing.T, r *rand.Rand) string {
	t.Helper()
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	records := [][]string{strings.Split(strings.TrimSpace(header), ",")}
	days := 1 + r.IntN(400)
	for range 1 + r.IntN(600) {
		description := one("HEART HOLDER", "RED BAG", "BLUE CHECK BAG", "check", "adjust", "Adjust bad debt", "???", "missing", "wrongly sold as set",
			"sale adjustment", "Manual", "POSTAGE", "", " ", "found", "Café ADJUST STOCK", "bank charges 2011", "MAILOUT")
		records = append(records, []string{
			one("", "", "", "", "C", "c", "A") + strconv.Itoa(536000+r.IntN(80)),
			one("85123A", "22423", "21777", "85123a", "M", "m", "D", "POST", "DOT", "B", "C2", "CRUK", "BANK CHARGES", "S", "TEST001", "16162M"),
			description,
			one("1", "2", "6", "12", "0", "-1", "-12"),
			fmt.Sprintf("%s %02d:%02d:00", twin.Date(14944+r.IntN(days)), r.IntN(24), r.IntN(60)),
			one("2.55", "0.85", "2.55", "12.75", "0.001", "0.005", "0", "-1.00", "1062.06"),
			one("", "17850", "13047", "12583", "14688", "12346", "15311", "16029", "12431"),
			one("United Kingdom", "France", "EIRE", "USA", "Unspecified", "European Community", ""),
		})
	}
	return asCSV(records)
}
