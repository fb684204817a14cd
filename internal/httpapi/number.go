package httpapi

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// Number is a figure with all the digits that the warehouse has: an exact decimal for
// money, else a whole number or a float. In JSON it is a number, written out in full.
type Number struct {
	value any // warehouse.Decimal, int64 or float64; nil is 0
}

// MarshalJSON writes all digits. Who reads them into a float loses what it cannot hold.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.value == nil {
		return []byte("0"), nil
	}
	return json.Marshal(n.value)
}

// Schema says that it is a number.
func (Number) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Format: "double"}
}

// numberOf takes a value of the warehouse; false for one that is no number.
func numberOf(v any) (Number, bool) {
	switch v.(type) {
	case warehouse.Decimal, int64, float64:
		return Number{value: v}, true
	}
	return Number{}, false
}

// cell gives the value for a table.
func (n Number) cell() any {
	if n.value == nil {
		return int64(0)
	}
	return n.value
}
