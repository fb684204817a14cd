package profile

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

var (
	//go:embed sql/count.sql
	countSQL string
	//go:embed sql/profile.sql
	profileSQL string
)

// measured is a column with what is known of it before its values are looked at.
type measured struct {
	Input

	family family
	kind   Kind
	// unlisted columns have too many different values to count each, in a table that is
	// too large: parts is how many parts of them are estimated from one.
	unlisted bool
	parts    int64
}

// statement is what is put into profile.sql.
type statement struct {
	relation string
	columns  []measured
	keys     [][]int // by the columns' places
	sample   int64
	large    bool
	now      string // seconds since 1970
}

// sql gives the statement's text.
func (s *statement) sql() string {
	words := map[string]string{
		"relation": s.relation, "materialized": "not materialized", "sample": "", "now": s.now, "moment": momentSQL, "mail": "'" + mailPattern + "'",
		"frequent": strconv.Itoa(frequentValues), "bars": strconv.Itoa(histogramBars),
		"blanks": `' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(160)`,
	}
	if s.sample > 0 {
		words["materialized"] = "materialized"
		words["sample"] = fmt.Sprintf("using sample reservoir(%d rows) repeatable (1)", s.sample)
	}
	s.putColumns(words)
	s.putLists(words)
	s.putKeys(words)
	putReadings(words)
	putRules(words)
	return fill(profileSQL, words)
}

// fill puts words into the places of a text. What is put in is not looked through again.
func fill(text string, words map[string]string) string {
	pairs := make([]string, 0, 2*len(words))
	for word, value := range words {
		pairs = append(pairs, "["+word+"]", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// putColumns writes what needs the types.
func (s *statement) putColumns(words map[string]string) {
	var columns, families, row, figures []string
	for i, c := range s.columns {
		at, name := strconv.Itoa(i), quoted(c.Name)
		columns = append(columns, fmt.Sprintf("%s as c%s, %s as v%s, %s as x%s", name, at, c.written(name), at, c.number(name), at))
		families = append(families, fmt.Sprintf("(%s, '%s', %d::ubigint)", at, c.family, max(1, c.parts)))
		row = append(row, "c"+at)
		figures = append(figures, s.figure(i))
	}
	words["columns"] = strings.Join(columns, ", ")
	words["families"] = strings.Join(families, ", ")
	words["row"] = strings.Join(row, ", ")
	words["figures"] = "[" + strings.Join(figures, ",\n            ") + "]"
}

// written gives a column as text, so that equal values have equal texts.
func (c *measured) written(name string) string {
	text := "cast(" + name + " as varchar)"
	if c.family == numbers && c.kind == Decimal {
		return "case when " + name + " = 0 then replace(" + text + ", '-', '') else " + text + " end" // of floats, 0 and -0
	}
	return text
}

// number gives a column as a number, null for what has none.
func (c *measured) number(name string) string {
	switch c.family {
	case numbers:
		// Squares of what is beyond would be infinite.
		return fmt.Sprintf("case when abs(cast(%s as double)) <= 1e150 then cast(%s as double) end", name, name)
	case moments:
		return fmt.Sprintf("case when isfinite(%s) then cast(epoch(%s) as double) end", name, name)
	case texts, others:
	}
	return "cast(null as double)"
}

// figure gives the figures of a column that need its type, as a struct.
func (s *statement) figure(i int) string {
	c := &s.columns[i]
	least, greatest := "cast(null as varchar)", "cast(null as varchar)"
	mean, deviation := "cast(null as double)", "cast(null as double)"
	quartiles, low, high := "cast(null as double[])", "cast(null as double)", "cast(null as double)"
	x := fmt.Sprintf("x%d", i)
	if c.family != others || c.kind != Other {
		least, greatest = fmt.Sprintf("cast(min(c%d) as varchar)", i), fmt.Sprintf("cast(max(c%d) as varchar)", i)
	}
	if c.family == numbers || c.family == moments {
		quartiles = "quantile_cont(" + x + ", [0.25, 0.5, 0.75])"
		if s.large {
			quartiles = "approx_quantile(" + x + ", [0.25, 0.5, 0.75])"
		}
		spread := "3 * (" + quartiles + "[3] - " + quartiles + "[1])"
		low = "greatest(min(" + x + "), " + quartiles + "[1] - " + spread + ")"
		high = "least(max(" + x + "), " + quartiles + "[3] + " + spread + ")"
	}
	if c.family == numbers {
		mean, deviation = "avg("+x+")", "stddev_samp("+x+")"
	}
	return fmt.Sprintf(
		"{'position': %d, 'nulls': count(*) - count(c%d), 'least': %s, 'greatest': %s, 'mean': %s, 'deviation': %s, 'quartiles': %s, 'low': %s, 'high': %s}",
		i, i, least, greatest, mean, deviation, quartiles, low, high)
}

// putLists writes which columns' values are counted one by one.
func (s *statement) putLists(words map[string]string) {
	for _, unlisted := range []bool{false, true} {
		name := map[bool]string{false: "listed", true: "unlisted"}[unlisted]
		var places, values, figures []string
		for i, c := range s.columns {
			if c.unlisted == unlisted {
				at := strconv.Itoa(i)
				places, values, figures = append(places, at), append(values, "v"+at), append(figures, "x"+at)
			}
		}
		words[name] = "[" + strings.Join(places, ", ") + "]::integer[]"
		words[name+" texts"] = "[" + strings.Join(values, ", ") + "]::varchar[]"
		words[name+" numbers"] = "[" + strings.Join(figures, ", ") + "]::double[]"
		words["any "+name] = ""
		if len(places) == 0 {
			words["any "+name] = "where false"
		}
	}
	places := []string{"-1"}
	for i, c := range s.columns {
		if c.family == texts {
			places = append(places, strconv.Itoa(i))
		}
	}
	words["text positions"] = "(" + strings.Join(places, ", ") + ")"
}

// putKeys writes how often each key is missing, or repeated. Of a key of several columns
// some may be null: null is then a value like others, as in a group.
func (s *statement) putKeys(words map[string]string) {
	parts := make([]string, 0, len(s.keys))
	for _, key := range s.keys {
		var columns, given []string
		for _, i := range key {
			columns = append(columns, fmt.Sprintf("c%d", i))
			given = append(given, fmt.Sprintf("c%d is not null", i))
		}
		filter := " filter (where " + strings.Join(given, " or ") + ")"
		parts = append(parts, fmt.Sprintf("{'nulls': count(*) - count(*)%s, 'duplicates': count(*)%s - count(distinct hash(%s))%s}",
			filter, filter, strings.Join(columns, ", "), filter))
	}
	words["keys"] = "[" + strings.Join(parts, ", ") + "]"
}

// putReadings writes what texts read as, and examples of those that do not.
func putReadings(words map[string]string) {
	all := readings()
	reads, kinds := make([]string, 0, len(all)), make([]string, 0, len(all))
	for _, r := range all {
		reads = append(reads, fmt.Sprintf("case when family = 'text' then coalesce(%s, false) end as is_%s", r.predicate, r.kind))
		kinds = append(kinds, fmt.Sprintf("coalesce(sum(n) filter (where is_%s), 0)::bigint as of_%s, min(v, %d) filter (where not is_%s and w <> '') as not_%s",
			r.kind, r.kind, examples, r.kind, r.kind))
	}
	words["readings"], words["kinds"] = strings.Join(reads, ",\n        "), strings.Join(kinds, ",\n        ")
}

// putRules writes how many values each rule finds, and an example.
func putRules(words map[string]string) {
	var parts []string
	for _, r := range Rules() {
		if r.predicate == "" {
			continue
		}
		example := r.example
		if example == "" {
			example = "min(v)"
		}
		predicate := strings.ReplaceAll(r.predicate, "[now]", words["now"])
		if slices.Equal(r.of, []family{texts}) {
			predicate = "case when family = 'text' then " + predicate + " end"
		}
		parts = append(parts, fmt.Sprintf("coalesce(sum(n) filter (where %s), 0)::bigint as n_%s, %s filter (where %s) as e_%s", predicate, r.Name, example, predicate, r.Name))
	}
	words["rules"] = strings.Join(parts, ",\n        ")
}

// counting gives the statement that counts rows, and in a second pass over a large table
// about how many different values the columns have.
func counting(r Request, columns []measured, values bool) string {
	var parts []string
	if values {
		for _, c := range columns {
			parts = append(parts, "approx_count_distinct("+quoted(c.Name)+")")
		}
	}
	synthetic := "0"
	if r.Origin != "" {
		synthetic = "count(*) filter (where " + quoted(r.Origin) + " like 'synthetic:%')"
	}
	return fill(countSQL, map[string]string{"relation": r.Relation, "synthetic": synthetic, "distinct": "[" + strings.Join(parts, ", ") + "]"})
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// keyPlaces gives the places of the columns of keys.
func keyPlaces(keys [][]string, columns []Input) ([][]int, error) {
	out := make([][]int, 0, len(keys))
	for _, key := range keys {
		var places []int
		for _, name := range key {
			at := -1
			for i, c := range columns {
				if c.Name == name {
					at = i
				}
			}
			if at < 0 {
				return nil, fault.New(fault.Internal, "the key names the column %s, which is not looked at", name)
			}
			places = append(places, at)
		}
		out = append(out, places)
	}
	return out, nil
}
