package macros_test

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// The time that a model takes beside its SQL: rendering the materialization,
// the swap and the commit, against the same statements sent by hand.
func BenchmarkMaterialization(b *testing.B) {
	for _, kind := range []string{"table", "view"} {
		b.Run(kind, func(b *testing.B) {
			w := newWorld(b)
			w.node("m", "select 1 as a").mustBuild(kind)
			var ours, ref time.Duration
			for b.Loop() {
				start := time.Now()
				w.node("m", "select 1 as a").mustBuild(kind)
				ours += time.Since(start)
				w.sql = w.sql[max(0, len(w.sql)-3):]
				statements := map[string][]string{
					"table": {"create table s.m__t as (select 1 as a)", "drop table if exists s.m cascade", "alter table s.m__t rename to m"},
					"view":  {"create or replace view s.m as (select 1 as a)"},
				}[kind]
				ctx := context.Background()
				start = time.Now()
				if err := w.session.Begin(ctx); err != nil {
					b.Fatal(err)
				}
				for _, s := range statements {
					if _, err := w.session.Exec(ctx, s); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.session.Commit(ctx); err != nil {
					b.Fatal(err)
				}
				ref += time.Since(start)
			}
			fmt.Printf("bench: materialization_%s ours=%v ref=%v ratio=%.2f\n", kind,
				ours/time.Duration(b.N), ref/time.Duration(b.N), float64(ours)/float64(ref))
		})
	}
}
