package macros_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
)

// Workers build different models over connections of their own at the same time,
// and each sees what the others have finished.
func TestWorkersDoNotGetInEachOthersWay(t *testing.T) {
	w := newWorld(t)
	w.exec("create table s.base as select 1 as a")
	reload(w)
	var wg sync.WaitGroup
	for i := range 4 {
		session, err := w.engine.Session(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		own := &world{t: t, engine: w.engine, session: session, cache: w.cache, defs: w.defs, flags: w.flags, clock: w.clock}
		own.adapter = adapter.New(adapter.Config{
			Session: session, Cache: w.cache, Database: w.engine.Database(), Quote: adapter.All(), Now: own.now,
		})
		wg.Go(func() {
			defer func() {
				if err := session.Close(); err != nil {
					t.Error(err)
				}
			}()
			for range 10 {
				for _, kind := range []string{"table", "view", "incremental", "test"} {
					n := own.node(fmt.Sprintf("%s%d", kind, i), "select * from s.base", "unique_key", "a", "store_failures", true,
						"fail_calc", "count(*)", "warn_if", "!= 0", "error_if", "!= 0")
					if err := n.build(kind); err != nil {
						t.Errorf("worker %d, %s: %v", i, kind, err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	want(t, w.rows("select count(*) from duckdb_tables() where schema_name = 's'"), "13")
	want(t, w.rows("select count(*) from s.incremental0"), "1")
}
