package profile

import (
	"math"
	"strconv"
)

// columnOf makes a column of its figures.
func columnOf(f figures, c *measured, large bool) Column {
	out := Column{
		Name: c.Name, Type: c.Type, Kind: c.kind, Personal: c.Personal, Nulls: f.count("nulls"), Blanks: f.count("blank_count"),
		MalformedExamples: []string{}, Frequent: []Frequency{}, Anomalies: []Anomaly{},
	}
	out.Distinct = distinctOf(f, c)
	values := f.count("value_count")
	if c.family == texts {
		out.readAs(f, values-out.Blanks)
	}
	// Nobody may have marked it, and yet it leads to people.
	out.Personal = out.Personal || f.count("mail_count") > 0
	if !out.Personal {
		out.tell(f, c, large)
	} else {
		out.MalformedExamples = []string{}
	}
	out.find(f, c, values)
	return out
}

// distinctOf gives the number of different values, and how far it may be off.
func distinctOf(f figures, c *measured) Distinct {
	if !c.unlisted {
		return Distinct{Count: f.count("listed_values")}
	}
	n := f.count("part_values") * c.parts
	out := Distinct{Count: n, Approximate: true}
	if n > 0 {
		out.Error = math.Sqrt(float64(c.parts-1) / float64(n))
	}
	return out
}

// readAs decides what the texts are, and which of them are malformed.
func (c *Column) readAs(f figures, values int64) {
	of := map[Kind]int64{}
	for _, r := range readings() {
		of[r.kind] = f.count("of_" + string(r.kind))
	}
	c.Kind = read(of, values)
	if c.Kind == Text {
		return
	}
	c.Malformed = values - of[c.Kind]
	last := ""
	for _, v := range f.list("not_" + string(c.Kind)) {
		// Values that are not counted one by one come as often as they are there.
		if text, ok := v.(string); ok && (text != last || len(c.MalformedExamples) == 0) {
			c.MalformedExamples = append(c.MalformedExamples, text)
			last = text
		}
	}
}

// tell adds what shows values.
func (c *Column) tell(f figures, m *measured, large bool) {
	c.Least, c.Greatest = f.text("least"), f.text("greatest")
	if m.family == texts {
		if n, ok := f["shortest"].(int64); ok {
			c.Shortest = &n
		}
		if n, ok := f["longest"].(int64); ok {
			c.Longest = &n
		}
	}
	quartiles := f.list("quartiles")
	if mean := f.number("mean"); mean != nil && len(quartiles) == 3 {
		c.Numbers = &Numbers{Mean: *mean, Deviation: f.number("deviation"), Approximate: large}
		for i, to := range []*float64{&c.Numbers.LowerQuartile, &c.Numbers.Median, &c.Numbers.UpperQuartile} {
			*to, _ = quartiles[i].(float64)
		}
	}
	if m.unlisted {
		c.Frequent = frequencies(f.list("found"), f.count("value_count")/rareFrequency)
	} else {
		c.Frequent = frequencies(f.list("frequent"), atLeast(c.Distinct.Count))
	}
	c.Histogram = histogram(f, m)
}

// rareFrequency is the part of the values, one in a thousand, below which candidates for
// the most frequent of very many are no better than others that were not found.
const rareFrequency = 1000

// atLeast is how often a value has to be there to be told. Of many values that are there
// once each none is: any would do.
func atLeast(distinct int64) int64 {
	if distinct <= frequentValues {
		return 1
	}
	return 2
}

// frequencies gives the most frequent values, those that are there least times or more.
func frequencies(found []any, least int64) []Frequency {
	out := []Frequency{}
	for _, v := range found {
		one, _ := v.(map[string]any)
		value, _ := one["value"].(string)
		n := -whole(one["rank"])
		if n >= max(1, least) {
			out = append(out, Frequency{Value: value, Count: n})
		}
	}
	return out
}

func histogram(f figures, m *measured) *Histogram {
	low, high, bars := f.number("low"), f.number("high"), f.list("bars")
	if low == nil || high == nil || len(bars) == 0 || *low >= *high {
		return nil
	}
	out := &Histogram{Counts: make([]int64, histogramBars)}
	for _, v := range bars {
		one, _ := v.(map[string]any)
		if at := whole(one["bar"]); at >= 0 && at < histogramBars {
			out.Counts[at] = whole(one["count"])
		}
	}
	out.From, out.To = strconv.FormatFloat(*low, 'g', 6, 64), strconv.FormatFloat(*high, 'g', 6, 64)
	if m.family == moments {
		out.From, out.To = day(*low), day(*high)
	}
	return out
}
