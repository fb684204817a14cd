package demo

import (
	"math/big"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/terminal"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// absent stands for a figure that the data does not give.
const absent = "–"

// The functions below turn the kinds of values that the queries cast to into
// text. A NULL is an absent figure.

func count(value any) string {
	n, ok := value.(int64)
	if !ok {
		return absent
	}
	return terminal.Group(strconv.FormatInt(n, 10))
}

// cents gives an amount with its two decimals, units one without, rounded half
// away from zero.
func cents(value any) string {
	d, ok := value.(warehouse.Decimal)
	if !ok {
		return absent
	}
	return terminal.Group(d.String())
}

func units(value any) string {
	d, ok := value.(warehouse.Decimal)
	if !ok {
		return absent
	}
	exact := new(big.Rat).SetFrac(d.Unscaled, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil))
	return terminal.Group(exact.FloatString(0))
}

func percent(value any) string {
	share, ok := value.(float64)
	if !ok {
		return absent
	}
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}

func ratio(value any) string {
	v, ok := value.(float64)
	if !ok {
		return absent
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

func day(value any) string {
	t, ok := value.(time.Time)
	if !ok {
		return absent
	}
	return t.Format("2 Jan 2006")
}

func word(value any) string {
	s, ok := value.(string)
	if !ok {
		return absent
	}
	return s
}

// size gives a value as a length for bars; 0 for what has none.
func size(value any) float64 {
	switch v := value.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	case warehouse.Decimal:
		return v.Float64()
	default:
		return 0
	}
}
