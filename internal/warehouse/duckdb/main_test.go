package duckdb_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// holdFile names a database that this binary, started a second time by a test,
// opens and holds until its standard input ends.
const holdFile = "KITH_TEST_HOLD"

func TestMain(m *testing.M) {
	if path := os.Getenv(holdFile); path != "" {
		os.Exit(hold(path))
	}
	goleak.VerifyTestMain(m)
}

func hold(path string) int {
	e, err := duckdb.Open(context.Background(), duckdb.Config{Path: path})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := e.Close(); err != nil {
		return 1
	}
	return 0
}
