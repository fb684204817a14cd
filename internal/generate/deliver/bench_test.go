package deliver_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/generate/deliver"
	"github.com/kith-analytics/kith/internal/generate/world"
)

// The whole world, side tables included, against the engine writing as many rows of
// transactions that mean nothing.
func TestBenchGenerate(t *testing.T) {
	if os.Getenv("KITH_BENCH") == "" {
		t.Skip("figures are taken with KITH_BENCH=1")
	}
	cfg, err := world.NewConfig("large")
	if err != nil {
		t.Fatal(err)
	}
	// As many transactions a customer as at the large scale.
	cfg.Scale, cfg.Customers, cfg.Transactions = world.Custom, 2_500, 3_000_000
	ours := newStore(t)
	start := time.Now()
	sum := ours.run(deliver.Request{Config: cfg})
	took := time.Since(start)

	plain, err := os.ReadFile("testdata/plain.sql")
	if err != nil {
		t.Fatal(err)
	}
	sql := strings.NewReplacer("$rows", strconv.FormatInt(sum.Rows(), 10), "$customers", strconv.Itoa(cfg.Customers)).Replace(string(plain))
	ref := newStore(t)
	start = time.Now()
	ref.exec(sql)
	plainTook := time.Since(start)
	perSecond := func(d time.Duration) float64 { return float64(sum.Rows()) / d.Seconds() }
	fmt.Printf("bench: generate ours=%.0f_rows/s ref=%.0f_rows/s ratio=%.2f\n", perSecond(took), perSecond(plainTook), took.Seconds()/plainTook.Seconds())
}
