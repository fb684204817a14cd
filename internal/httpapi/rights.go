package httpapi

import (
	"context"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/fault"
)

// sees refuses what is sorted or grouped by a column that the scope hides: the order
// and the groups tell its values.
func (c *call) sees(model, column string) error {
	if c.scope.Hides(model, column) {
		return fault.New(fault.Forbidden, "the column %s is hidden from you", column)
	}
	return nil
}

// message gives what the engine said of a run to those who see everything: it quotes
// values, and nobody knows whose.
func (c *call) message(text string) string {
	if !c.scope.Unrestricted() {
		return ""
	}
	return text
}

// looksFor refuses to look for customers by a column whose values the scope may not
// know: who is found by a value has it.
func (c *call) looksFor(ctx context.Context, model, column string) error {
	if err := c.sees(model, column); err != nil {
		return err
	}
	schema, err := c.schema(ctx)
	if err != nil {
		return err
	}
	if schema.MaskOf(model, column) != access.Open && !c.scope.Reveals() {
		return fault.New(fault.Forbidden, "%s is personal data: customers cannot be looked for by it", column).
			WithHint("ask for figures by it, without their customers")
	}
	return nil
}
