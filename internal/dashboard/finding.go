package dashboard

import (
	"fmt"
	"slices"
	"strings"
)

// names are what findings can name: of every result, and of single kinds of block.
func names(kind Kind) []string {
	out := []string{"rows", "period", "comparison", "compared", "earlier"}
	switch kind {
	case Cohort, Curve:
		out = append(out, "best", "worst", "last", "first", "measure")
	case Waterfall:
		out = append(out, "all_lines", "sale_lines", "lost_lines", "kept")
	default:
	}
	return out
}

// ofMetric are the functions whose last argument may be a metric of the block, with
// the number of arguments before it.
func ofMetric() map[string]int {
	return map[string]int{
		"value": 0, "before": 0, "difference": 0, "change": 0, "largest": 0, "smallest": 0, "most_grown": 0, "most_fallen": 0,
		"changed": 0, "group": 1, "show": 1, "full": 1,
	}
}

// plain are the other functions.
func plain() []string {
	return []string{"abs", "round", "money", "count", "pct", "pct_change", "points", "lower", "choose"}
}

// finding checks the cases of a block: that they can be read, name what there is,
// and that one of them always holds.
func (c *checker) finding(b *Block, line func(...any) int) error {
	var metrics []string
	if b.Query != nil {
		metrics = b.Query.Metrics
	}
	for i, one := range b.Finding {
		if one.Text == "" {
			return c.wrong(line("finding", i), "the case of the finding has no text")
		}
		last := i == len(b.Finding)-1
		if (one.When == "") != last {
			if last {
				return c.wrong(line("finding", i), "the last case of a finding has no condition, so that it always has a sentence")
			}
			return c.wrong(line("finding", i), "only the last case of a finding goes without a condition")
		}
		if one.When != "" {
			e, err := parseExpression(one.When)
			if err == nil {
				err = known(e, b.Kind, metrics)
			}
			if err != nil {
				return c.wrong(line("finding", i, "when"), "the condition cannot be read: %s", err)
			}
		}
		parts, err := sentence(one.Text)
		for _, e := range parts {
			if err == nil {
				err = known(e, b.Kind, metrics)
			}
		}
		if err != nil {
			return c.wrong(line("finding", i, "text"), "the sentence cannot be read: %s", err)
		}
	}
	return nil
}

// known says whether all names, functions and metrics of an expression are there.
func known(e expression, kind Kind, metrics []string) error {
	switch e.kind {
	case nameNode:
		if !slices.Contains(names(kind), e.text) {
			return fmt.Errorf("there is no %q; there are %s", e.text, strings.Join(names(kind), ", "))
		}
	case callNode:
		before, takes := ofMetric()[e.text]
		if !takes && !slices.Contains(plain(), e.text) {
			return fmt.Errorf("there is no function %q", e.text)
		}
		if takes && len(e.parts) > before && e.parts[before].kind == textNode && !slices.Contains(metrics, e.parts[before].text) {
			return fmt.Errorf("the block has no metric %q", e.parts[before].text)
		}
	default:
	}
	for _, part := range e.parts {
		if err := known(part, kind, metrics); err != nil {
			return err
		}
	}
	return nil
}
