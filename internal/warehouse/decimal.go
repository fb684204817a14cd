package warehouse

import (
	"math/big"
	"strings"
)

// Decimal is an exact number: Unscaled / 10^Scale. Money travels as this, never
// as a float.
type Decimal struct {
	Unscaled *big.Int
	Scale    uint8
}

// String gives all of the Scale digits: 1.50, not 1.5.
func (d Decimal) String() string {
	digits := new(big.Int).Abs(d.Unscaled).String()
	scale := int(d.Scale)
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	sign := ""
	if d.Unscaled.Sign() < 0 {
		sign = "-"
	}
	if scale == 0 {
		return sign + digits
	}
	cut := len(digits) - scale
	return sign + digits[:cut] + "." + digits[cut:]
}

// Float64 gives the nearest float, for charts and ratios.
func (d Decimal) Float64() float64 {
	f, _ := new(big.Rat).SetFrac(d.Unscaled, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil)).Float64()
	return f
}

// MarshalJSON writes the number with all its digits.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }
