package twin

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// Seeds are the words and bounds that the business may change.
type Seeds struct {
	rules     []rule
	order     map[string]int // of the classes
	classes   []string       // by order
	countries map[string]string
	dropped   map[string]bool
	bands     []band
	cells     map[[3]int]string
	// margin is the gross margin in millionths.
	margin int64
}

type rule struct{ class, matchOn, pattern string }

// band is a risk group and the recency it begins with.
type band struct {
	name string
	from int
}

// ReadSeeds reads the seeds of a project.
func ReadSeeds(dir string) (*Seeds, error) {
	r := reader{dir: dir}
	s := &Seeds{order: map[string]int{}, countries: map[string]string{}, dropped: map[string]bool{}, cells: map[[3]int]string{}}
	for _, row := range r.rows("line_class_rules") {
		s.rules = append(s.rules, rule{class: row[0], matchOn: row[1], pattern: row[2]})
	}
	for i, row := range r.rows("line_classes") {
		if r.whole(row[1]) != i-1 { // -1 is what was delivered again
			return nil, fmt.Errorf("line_classes: %s is not in order", row[0])
		}
		s.order[row[0]] = i
		s.classes = append(s.classes, row[0])
	}
	for _, row := range r.rows("country_mapping") {
		s.countries[row[0]] = row[1]
		s.dropped[row[0]] = row[3] != ""
	}
	for _, row := range r.rows("churn_risk_mapping") {
		if row[0] != churned {
			s.bands = append(s.bands, band{name: row[0], from: r.whole(row[1])})
		}
	}
	for _, row := range r.rows("rfm_segment_mapping") {
		s.cells[[3]int{r.whole(row[0]), r.whole(row[1]), r.whole(row[2])}] = row[3]
	}
	for _, row := range r.rows("business_constants") {
		if row[0] != "gross_margin" {
			continue
		}
		share, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return nil, fmt.Errorf("business_constants: %w", err)
		}
		s.margin = int64(share*1_000_000 + 0.5)
	}
	return s, r.err
}

// reader keeps the first error, so that a missing seed is told once.
type reader struct {
	dir string
	err error
}

func (r *reader) rows(name string) [][]string {
	f, err := os.Open(filepath.Join(r.dir, name+".csv"))
	if err != nil {
		r.fail(name, err)
		return nil
	}
	defer func() { _ = f.Close() }() // it was only read
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		r.fail(name, err)
		return nil
	}
	return rows[1:]
}

func (r *reader) whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		r.fail(text, err)
	}
	return n
}

func (r *reader) fail(what string, err error) {
	if r.err == nil {
		r.err = fmt.Errorf("seed %s: %w", what, err)
	}
}
