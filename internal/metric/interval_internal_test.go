package metric

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// The quantile of Student's t is where a twin, which adds up the density, has 97.5 %.
func TestStudentAgreesWithItsDensity(t *testing.T) {
	engine, err := duckdb.Open(t.Context(), duckdb.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	session, err := engine.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	var quantile strings.Builder
	for _, p := range student(raw("d")).pieces {
		quantile.WriteString(p.text)
	}
	rows, err := session.Query(t.Context(), fmt.Sprintf("select d, %s from (select cast(range as double) as d from range(1, 201)) order by d", quantile.String()))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		v := rows.Values()
		degrees, got := v[0].(float64), v[1].(float64)
		if want := studentTwin(degrees); math.Abs(got/want-1) > 2e-4 {
			t.Errorf("t(%v) is %v, not %v", degrees, got, want)
		}
		seen++
	}
	if err := rows.Err(); err != nil || seen != 200 {
		t.Fatal(seen, err)
	}
}

// studentTwin adds up the density of Student's t from 0 in small steps until it comes to 0.475.
func studentTwin(degrees float64) float64 {
	const step = 1e-4
	high, _ := math.Lgamma((degrees + 1) / 2)
	low, _ := math.Lgamma(degrees / 2)
	factor := math.Exp(high-low) / math.Sqrt(degrees*math.Pi)
	area := 0.0
	for x := step / 2; ; x += step {
		if area += factor * math.Pow(1+x*x/degrees, -(degrees+1)/2) * step; area >= 0.475 {
			return x + step/2
		}
	}
}
