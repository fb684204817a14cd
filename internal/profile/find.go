package profile

import "slices"

// nearKeyShare is the part of the values that are different in a column which was
// meant to tell rows apart: 99 of a hundred.
const nearKeyShare = 0.99

// nearKeyRows is how many values a column needs for that to be said.
const nearKeyRows = 100

// find adds what the rules say to be unusual, with examples unless the column is personal.
func (c *Column) find(f figures, m *measured, values int64) {
	for _, r := range Rules() {
		n, example := c.found(r, f, values)
		if n == 0 || !r.appliesTo(c, m) || !r.isWorth(n, values, f) {
			continue
		}
		if c.Personal {
			example = nil
		}
		c.Anomalies = append(c.Anomalies, Anomaly{Rule: r.Name, Text: r.Text, Count: n, Example: example})
	}
}

// found gives how many values a rule finds, and one of them.
func (c *Column) found(r Rule, f figures, values int64) (n int64, example *string) {
	if len(c.Frequent) > 0 {
		example = &c.Frequent[0].Value
	}
	switch r.Name {
	case emptyRule:
		if values == 0 {
			return c.Nulls, nil
		}
		return 0, nil
	case constantRule:
		if c.Distinct.Count == 1 && !c.Distinct.Approximate && values > 1 {
			return values, example
		}
		return 0, nil
	case nearKeyRule:
		return c.repeated(values), example
	case variantsRule:
		return f.count("variant_count"), f.text("variant_example")
	}
	return f.count("n_" + r.Name), f.text("e_" + r.Name)
}

// repeated gives how many rows repeat a value of a column that is nearly a key.
func (c *Column) repeated(values int64) int64 {
	again := values - c.Distinct.Count
	if c.Distinct.Approximate || values < nearKeyRows || float64(c.Distinct.Count) < nearKeyShare*float64(values) {
		return 0
	}
	return again
}

// appliesTo says whether a rule is for a column. Rules for dates are for texts that read as dates.
func (r Rule) appliesTo(c *Column, m *measured) bool {
	switch {
	case r.Name == nearKeyRule: // moments and amounts are alike by chance
		return m.family == texts || c.Kind == Integer || c.Kind == UUID
	case len(r.of) == 0:
		return true
	case !slices.Contains(r.of, m.family):
		return false
	case m.family == texts && slices.Contains(r.of, moments):
		return c.Kind == Date || c.Kind == Timestamp
	}
	return true
}

// isWorth says whether what a rule has found is an exception.
func (r Rule) isWorth(n, values int64, f figures) bool {
	if !r.rare {
		return true
	}
	return float64(n) <= rareShare*float64(values) && f.count("positive_count") > 0
}
