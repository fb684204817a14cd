package httpapi

import (
	"context"
	"regexp"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// sees refuses what is sorted, grouped or added up by columns that the scope hides: the
// order and the groups tell their values.
func (c *call) sees(model string, columns ...string) error {
	for _, column := range columns {
		if c.scope.Hides(model, column) {
			return fault.New(fault.Forbidden, "the column %s is hidden from you", column)
		}
	}
	return nil
}

// operates refuses who may not start and stop runs.
func (c *call) operates() error {
	if c.scope.Operates() {
		return nil
	}
	return fault.New(fault.Forbidden, "runs are not yours to start or to stop").WithHint("ask who looks after the project")
}

// message gives what the engine said of a run to those who see everything, without the
// values that it quotes: nobody knows whose they are. The log of the server has them.
func (c *call) message(text string) string {
	if text == "" || !c.scope.Unrestricted() || !c.scope.Reveals() {
		return ""
	}
	return withoutValues(text)
}

// withoutValues masks what an error quotes, where the error is about a value and not
// about the text of a statement.
func withoutValues(text string) string {
	if !regexp.MustCompile(`(?i)could not (convert|parse|cast)|conversion|constraint|duplicate key|out of range|invalid input|overflow`).MatchString(text) {
		return text
	}
	// A value may hold quotes itself: from the first in a line to its last.
	text = regexp.MustCompile(`'.*'`).ReplaceAllString(text, "'"+access.Dots+"'")
	return regexp.MustCompile(`".*: .*"`).ReplaceAllString(text, `"`+access.Dots+`"`)
}

// looksFor refuses to look for customers, and to group them, by a column whose values the
// scope may not know: who is found by a value has it, and a group may be one person.
func (c *call) looksFor(ctx context.Context, model, column string) error {
	if err := c.sees(model, column); err != nil {
		return err
	}
	schema, err := c.schema(ctx)
	if err != nil {
		return err
	}
	if schema.MaskOf(model, column) != access.Open && !c.scope.Reveals() {
		return fault.New(fault.Forbidden, "%s is personal data: customers and figures by it are for who may reveal it", column).
			WithHint("a group may be a single person; ask by something else")
	}
	return nil
}
