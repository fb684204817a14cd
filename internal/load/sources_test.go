package load_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/load"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is one file of testdata/sources: example.csv has the columns of the
// contract, the others are as shops, banks and tools write them.
type sample struct{ source, path string }

func (s sample) name() string { return s.source + "/" + filepath.Base(s.path) }

func samples(t testing.TB) []sample {
	t.Helper()
	paths, err := filepath.Glob("testdata/sources/*/*")
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	for _, path := range paths {
		if ext := filepath.Ext(path); ext == ".csv" || ext == ".jsonl" {
			out = append(out, sample{filepath.Base(filepath.Dir(path)), path})
		}
	}
	return out
}

// content is the query for the rows of a source without their place, also in the
// number of a row.
func content(source string) string {
	return "SELECT COLUMNS(* EXCLUDE (_file, _line, _load_id, _loaded_at)) FROM (SELECT * REPLACE (" +
		"regexp_replace(" + firstColumn(source) + ", '^row-\\d+-\\d+$', 'row') AS " + firstColumn(source) + ") FROM bronze." + source + ") ORDER BY ALL"
}

// firstColumn is the id of what has numbered rows; a text in any source but acquisition_costs.
func firstColumn(source string) string {
	presets, err := load.Presets()
	if err != nil {
		panic(err)
	}
	for _, p := range presets {
		for _, c := range p.Columns {
			if p.Source == source && (c.Type == "" || c.Type == "VARCHAR") {
				return c.To
			}
		}
	}
	return ""
}

// reasons leaves out the formats that were expected: a half of a file may show fewer.
const reasons = "SELECT column_name, coalesce(value, ''), split_part(reason, ';', 1) FROM bronze.rejects ORDER BY ALL"

// clear drops all that was loaded.
func (w *store) clear() {
	w.t.Helper()
	if _, err := w.s.Exec(w.t.Context(), "DROP SCHEMA IF EXISTS bronze CASCADE"); err != nil {
		w.t.Fatal(err)
	}
}

// TestEverySourceHasFiles holds the folders of files to the presets.
func TestEverySourceHasFiles(t *testing.T) {
	t.Parallel()
	examples, others := map[string]bool{}, map[string]bool{}
	for _, s := range samples(t) {
		if filepath.Base(s.path) == "example.csv" {
			examples[s.source] = true
		} else {
			others[s.source] = true
		}
	}
	presets, err := load.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range presets {
		if !examples[p.Source] || !others[p.Source] {
			t.Errorf("%s has an example: %v, and a file as others write it: %v", p.Source, examples[p.Source], others[p.Source])
		}
		delete(examples, p.Source)
		delete(others, p.Source)
	}
	if len(examples)+len(others) > 0 {
		t.Errorf("files of no source: %v %v", examples, others)
	}
}

// TestFilesOfEverySource loads each file without naming its source, and compares
// plan, rows and rejects with the golden file beside it.
func TestFilesOfEverySource(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		t.Run(s.name(), func(t *testing.T) {
			t.Parallel()
			r := load.Request{Paths: []string{s.path}}
			plans, err := load.Plan(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			w := newStore(t)
			f := w.load(r).Files[0]
			if f.Source != s.source || f.Table != "bronze."+s.source {
				t.Fatalf("taken for %s, into %s", f.Source, f.Table)
			}
			got := described(&plans[0]) + "\nrows\n" +
				w.lines("SELECT _line, * EXCLUDE (_file, _line, _load_id, _loaded_at) FROM bronze."+s.source+" ORDER BY _line") +
				"\nrejects\n" + w.lines("SELECT line, column_name, value, reason FROM bronze.rejects ORDER BY line")
			golden := strings.TrimSuffix(s.path, filepath.Ext(s.path)) + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func described(p *load.FilePlan) string {
	var b strings.Builder
	for _, c := range p.Columns {
		if c.Missing() {
			fmt.Fprintf(&b, "%s is missing\n", c.To)
			continue
		}
		if c.From == "" {
			fmt.Fprintf(&b, "%s is numbered\n", c.To)
			continue
		}
		fmt.Fprintf(&b, "%s from %q %s", c.To, c.From, c.Type)
		for _, more := range []string{c.Formats, c.Decimal} {
			if more != "" {
				fmt.Fprintf(&b, " (%s)", more)
			}
		}
		if c.Generic {
			b.WriteString(" by a generic name")
		}
		b.WriteByte('\n')
	}
	if len(p.Ignored) > 0 {
		fmt.Fprintf(&b, "ignored %s\n", strings.Join(p.Ignored, ", "))
	}
	for _, n := range p.Notes {
		b.WriteString("note " + n + "\n")
	}
	return b.String()
}

// TestEveryFormatGivesTheSameRows loads the texts of each file as others write it as
// CSV, JSON lines, XLSX and Parquet: the rows and the rejects are the same.
func TestEveryFormatGivesTheSameRows(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		if filepath.Base(s.path) == "example.csv" {
			continue
		}
		t.Run(s.name(), func(t *testing.T) {
			t.Parallel()
			texts := readSheet(t, s)
			var rows, rejects string
			w := newStore(t)
			for i, path := range []string{texts.csv(t, ';'), texts.jsonl(t), texts.xlsx(t), texts.parquet(t, w)} {
				w.clear()
				w.load(load.Request{Source: s.source, Paths: []string{path}})
				if i == 0 {
					rows, rejects = w.lines(content(s.source)), w.lines(reasons)
					continue
				}
				same(t, "rows of "+filepath.Ext(path), w.lines(content(s.source)), "\n"+rows)
				same(t, "rejects of "+filepath.Ext(path), w.lines(reasons), "\n"+rejects)
			}
		})
	}
}

// TestTheSameTableHoweverTheFileComes loads each file whole, twice, in two halves in
// either order, in shuffled columns, and into a table that the project has made
// before: the tables are the same.
func TestTheSameTableHoweverTheFileComes(t *testing.T) {
	t.Parallel()
	for _, s := range samples(t) {
		t.Run(s.name(), func(t *testing.T) {
			t.Parallel()
			texts := readSheet(t, s)
			delimiter := ','
			if strings.Contains(described(planned(t, s)), "(,)") {
				delimiter = ';'
			}
			r := load.Request{Source: s.source, Paths: []string{texts.csv(t, delimiter)}}
			if s.name() == "feedback/reviews.csv" || strings.HasPrefix(s.name(), "communications/mail") {
				r.Dates = "dmy" // a half of the file does not tell
			}
			w := newStore(t)
			first := w.load(r).Files[0]
			rows, rejects := w.lines(content(s.source)), w.lines(reasons)
			columns := w.lines(columnsOf(s.source))
			check := func(how string) {
				t.Helper()
				same(t, "rows "+how, w.lines(content(s.source)), "\n"+rows)
				same(t, "rejects "+how, w.lines(reasons), "\n"+rejects)
				same(t, "columns "+how, w.lines(columnsOf(s.source)), "\n"+columns)
				w.clear()
			}

			if again := w.load(r).Files[0]; again.Skipped == "" || again.Rows != 0 {
				t.Errorf("a second time gives %+v", again)
			}
			check("after a second time")

			w.make(s.source)
			if f := w.load(r).Files[0]; f.Rows != first.Rows {
				t.Errorf("into a table made before: %+v, else %+v", f, first)
			}
			check("in a table made before")

			n := (len(texts.rows) + 1) / 2
			halves := []sheet{{texts.header, texts.rows[:n]}, {texts.header, texts.rows[n:]}}
			for _, how := range []string{"of two halves", "of two halves turned round"} {
				for _, half := range halves {
					request := r
					request.Paths = []string{half.csv(t, delimiter)}
					w.load(request)
				}
				check(how)
				slices.Reverse(halves)
			}

			turned := sheet{header: slices.Clone(texts.header)}
			slices.Reverse(turned.header)
			for _, row := range slices.Backward(texts.rows) {
				row = slices.Clone(row)
				slices.Reverse(row)
				turned.rows = append(turned.rows, row)
			}
			request := r
			request.Paths = []string{turned.csv(t, delimiter)}
			w.load(request)
			check("of turned columns and rows")
		})
	}
}

func planned(t testing.TB, s sample) *load.FilePlan {
	t.Helper()
	plans, err := load.Plan(t.Context(), load.Request{Paths: []string{s.path}})
	if err != nil {
		t.Fatal(err)
	}
	return &plans[0]
}

func columnsOf(source string) string {
	return "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '" + source + "' ORDER BY ordinal_position"
}

// TestOnlyWhatIsRequired loads each example with nothing but the columns that the
// source needs: every row is there, and all other columns are empty. A file without
// one of them is refused.
func TestOnlyWhatIsRequired(t *testing.T) {
	t.Parallel()
	presets, err := load.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range presets {
		t.Run(p.Source, func(t *testing.T) {
			t.Parallel()
			full := readSheet(t, sample{p.Source, filepath.Join("testdata", "sources", p.Source, "example.csv")})
			var need []string
			for _, c := range p.Columns {
				if c.Required {
					need = append(need, c.To)
				}
			}
			if len(p.OneOf) > 0 {
				need = append(need, p.OneOf[0]...)
			}
			w := newStore(t)
			f := w.load(load.Request{Source: p.Source, Paths: []string{full.only(need).csv(t, ',')}}).Files[0]
			numbered := 0
			for _, c := range p.Columns {
				if c.Numbered {
					numbered++
					same(t, c.To, w.lines("SELECT count(DISTINCT "+c.To+"), bool_and("+c.To+" = 'row-1-' || _line) FROM bronze."+p.Source), fmt.Sprintf("\n%d|true\n", len(full.rows)))
				}
			}
			if int(f.Rows) != len(full.rows) || f.Rejected != 0 || len(f.Missing) != len(p.Columns)-len(need)-numbered {
				t.Errorf("%d rows and %d rejects of %d; missing are %v", f.Rows, f.Rejected, len(full.rows), f.Missing)
			}
			for _, name := range f.Missing {
				same(t, name, w.lines("SELECT count("+name+") FROM bronze."+p.Source), "\n0\n")
			}
			for i := range need {
				rest := slices.Delete(slices.Clone(need), i, i+1)
				if _, err := load.Plan(t.Context(), load.Request{Source: p.Source, Paths: []string{full.only(append(rest, "filler")).csv(t, ',')}}); err == nil {
					t.Errorf("a file without %s is taken", need[i])
				}
			}
		})
	}
}
