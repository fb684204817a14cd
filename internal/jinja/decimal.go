package jinja

import (
	"math/big"
	"strings"
)

// Decimal is an exact number: unscaled / 10^scale. It prints all its digits,
// computes exactly with integers and decimals (division to 28 digits, as
// Python's decimal module), and as a float with floats.
type Decimal struct {
	unscaled *big.Int
	scale    int
}

// decimalDigits is the precision of a division.
const decimalDigits = 28

// NewDecimal makes the exact number unscaled / 10^scale. It owns unscaled; scale
// must not be negative.
func NewDecimal(unscaled *big.Int, scale int) *Decimal {
	return &Decimal{unscaled: unscaled, scale: max(scale, 0)}
}

// ParseDecimal reads a number such as -12.50 or 1e3.
func ParseDecimal(s string) (*Decimal, error) {
	bad := func() (*Decimal, error) { return nil, valueErrorf("%s is not a number", Repr(s)) }
	text := strings.ReplaceAll(strings.TrimSpace(s), "_", "")
	exp := 0
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		e, ok := new(big.Int).SetString(strings.TrimPrefix(text[i+1:], "+"), 10)
		if !ok || !e.IsInt64() || e.Int64() > maxIntDigits || e.Int64() < -maxIntDigits {
			return bad()
		}
		exp, text = int(e.Int64()), text[:i]
	}
	whole, frac, _ := strings.Cut(text, ".")
	digits := strings.TrimPrefix(whole+frac, "+")
	if len(digits) > maxIntDigits || strings.ContainsAny(frac, "+-") {
		return bad()
	}
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return bad()
	}
	scale := len(frac) - exp
	if scale < 0 {
		n.Mul(n, pow10(-scale))
		scale = 0
	}
	return &Decimal{unscaled: n, scale: scale}, nil
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// String gives all digits: 1.50, not 1.5.
func (d *Decimal) String() string {
	digits := new(big.Int).Abs(d.unscaled).String()
	if len(digits) <= d.scale {
		digits = strings.Repeat("0", d.scale-len(digits)+1) + digits
	}
	sign := ""
	if d.unscaled.Sign() < 0 {
		sign = "-"
	}
	if d.scale == 0 {
		return sign + digits
	}
	cut := len(digits) - d.scale
	return sign + digits[:cut] + "." + digits[cut:]
}

// Str gives the digits, as a template prints them.
func (d *Decimal) Str() string { return d.String() }

// Sign gives -1, 0 or 1.
func (d *Decimal) Sign() int { return d.unscaled.Sign() }

// Float64 gives the nearest float.
func (d *Decimal) Float64() float64 {
	f, _ := d.rat().Float64()
	return f
}

// Unscaled gives the digits without the point, in a new number.
func (d *Decimal) Unscaled() *big.Int { return new(big.Int).Set(d.unscaled) }

// Scale gives the number of digits behind the point.
func (d *Decimal) Scale() int { return d.scale }

func (d *Decimal) rat() *big.Rat { return new(big.Rat).SetFrac(d.unscaled, pow10(d.scale)) }

func (d *Decimal) neg() *Decimal {
	return &Decimal{unscaled: new(big.Int).Neg(d.unscaled), scale: d.scale}
}

// hash is that of an equal integer or float, if there is one.
func (d *Decimal) hash() any {
	r := d.rat()
	if r.IsInt() {
		if r.Num().IsInt64() {
			return r.Num().Int64()
		}
		return bigHash(r.Num().Text(62))
	}
	if f, exact := r.Float64(); exact {
		return f
	}
	return bigHash(r.RatString())
}

// trunc gives the whole part.
func (d *Decimal) trunc() *big.Int { return new(big.Int).Quo(d.unscaled, pow10(d.scale)) }

func toDecimal(v Value) *Decimal {
	if d, ok := v.(*Decimal); ok {
		return d
	}
	b, _ := asBig(v)
	return &Decimal{unscaled: b}
}

// rescaled gives the digits of d at a larger scale.
func (d *Decimal) rescaled(scale int) *big.Int {
	if scale == d.scale {
		return d.unscaled
	}
	return new(big.Int).Mul(d.unscaled, pow10(scale-d.scale))
}

func decimalOp(op Op, a, b *Decimal) (Value, error) {
	if a.unscaled.BitLen()+b.unscaled.BitLen() > maxBits || a.scale+b.scale > maxIntDigits {
		return nil, overflow("number is too large")
	}
	scale := max(a.scale, b.scale)
	switch op {
	case OpAdd:
		return NewDecimal(new(big.Int).Add(a.rescaled(scale), b.rescaled(scale)), scale), nil
	case OpSub:
		return NewDecimal(new(big.Int).Sub(a.rescaled(scale), b.rescaled(scale)), scale), nil
	case OpMul:
		return NewDecimal(new(big.Int).Mul(a.unscaled, b.unscaled), a.scale+b.scale), nil
	case OpPow:
		return decimalPow(a, b)
	default:
	}
	if b.Sign() == 0 {
		return nil, zeroDivision("division by zero")
	}
	if op == OpDiv {
		return decimalDiv(a, b), nil
	}
	// As in Python's decimal module // and % cut towards zero.
	x, y := a.rescaled(scale), b.rescaled(scale)
	q, m := new(big.Int).QuoRem(x, y, new(big.Int))
	if op == OpMod {
		return NewDecimal(m, scale), nil
	}
	return NewDecimal(q, 0), nil
}

func decimalPow(a, b *Decimal) (Value, error) {
	if n := b.trunc(); b.Sign() >= 0 && b.rat().IsInt() && n.IsInt64() && n.Int64() <= maxIntDigits &&
		int64(a.unscaled.BitLen())*n.Int64() <= maxBits && int64(a.scale)*n.Int64() <= maxIntDigits {
		return NewDecimal(new(big.Int).Exp(a.unscaled, n, nil), a.scale*int(n.Int64())), nil
	}
	return floatOp(OpPow, a.Float64(), b.Float64())
}

// decimalDiv divides to 28 digits, rounding half to even, and drops the zeros at
// the end that an exact quotient does not need.
func decimalDiv(a, b *Decimal) *Decimal {
	if a.Sign() == 0 {
		return NewDecimal(new(big.Int), max(a.scale-b.scale, 0))
	}
	shift := max(decimalDigits+len(b.unscaled.String())-len(a.unscaled.String())+1, 0)
	num := new(big.Int).Mul(a.unscaled, pow10(shift))
	q, rem := new(big.Int).QuoRem(num, b.unscaled, new(big.Int))
	scale := a.scale - b.scale + shift
	exact := rem.Sign() == 0
	if cut := len(new(big.Int).Abs(q).String()) - decimalDigits; cut > 0 {
		var low *big.Int
		q, low = new(big.Int).QuoRem(q, pow10(cut), new(big.Int))
		scale -= cut
		half := new(big.Int).Mul(big.NewInt(5), pow10(cut-1))
		up := low.CmpAbs(half)
		if up > 0 || up == 0 && (!exact || q.Bit(0) == 1) {
			q.Add(q, big.NewInt(int64(a.Sign()*b.Sign())))
		}
		exact = exact && low.Sign() == 0
	}
	ideal := max(a.scale-b.scale, 0)
	ten, r := big.NewInt(10), new(big.Int)
	for exact && scale > ideal {
		t, m := new(big.Int).QuoRem(q, ten, r)
		if m.Sign() != 0 {
			break
		}
		q, scale = t, scale-1
	}
	if scale < 0 {
		q.Mul(q, pow10(-scale))
		scale = 0
	}
	return NewDecimal(q, scale)
}
