package jinja

import (
	"math"
	"math/big"
)

// numberMethod gives a method of a number, or nil.
func numberMethod(v Value, name string) method {
	switch v.(type) {
	case float64:
		if name == "is_integer" {
			return floatIsInteger
		}
	case *Decimal:
		if name == "quantize" {
			return decimalQuantize
		}
		return nil
	default:
		if name == "bit_length" {
			return intBitLength
		}
	}
	if name == "conjugate" {
		return func(_ *Runtime, recv Value, _ Args) (Value, error) { return recv, nil }
	}
	if name == "as_integer_ratio" {
		return numberRatio
	}
	return nil
}

// numberAttr gives a plain attribute of a number.
func numberAttr(v Value, name string) (Value, bool) {
	switch v.(type) {
	case int64, *big.Int, bool, float64:
	default:
		return nil, false
	}
	switch name {
	case "real":
		if b, ok := v.(bool); ok {
			i, _ := asInt64(b)
			return i, true
		}
		return v, true
	case "imag":
		if _, ok := v.(float64); ok {
			return 0.0, true
		}
		return int64(0), true
	case "numerator":
		if _, ok := v.(float64); !ok {
			return v, true
		}
	case "denominator":
		if _, ok := v.(float64); !ok {
			return int64(1), true
		}
	}
	return nil, false
}

func floatIsInteger(_ *Runtime, recv Value, _ Args) (Value, error) {
	f, _ := toFloat(recv)
	return f == math.Trunc(f) && !math.IsInf(f, 0), nil
}

func intBitLength(_ *Runtime, recv Value, _ Args) (Value, error) {
	b, _ := asBig(recv)
	return int64(b.BitLen()), nil
}

func numberRatio(_ *Runtime, recv Value, _ Args) (Value, error) {
	if f, ok := recv.(float64); ok && (math.IsInf(f, 0) || math.IsNaN(f)) {
		return nil, overflow("cannot convert " + Repr(f) + " to integer ratio")
	}
	r := toRat(recv)
	return Tuple{smallInt(new(big.Int).Set(r.Num())), smallInt(new(big.Int).Set(r.Denom()))}, nil
}

// decimalQuantize rounds to the digits of another decimal, half to even.
func decimalQuantize(_ *Runtime, recv Value, args Args) (Value, error) {
	a, err := args.Bind("quantize", Req("exp"))
	if err != nil {
		return nil, err
	}
	if !isNumber(a[0]) {
		return nil, typeErrorf("conversion from %s to Decimal is not supported", TypeName(a[0]))
	}
	d, _ := recv.(*Decimal)
	return d.rounded(toDecimal(a[0]).scale), nil
}

// rounded gives d with scale digits behind the point, half to even.
func (d *Decimal) rounded(scale int) *Decimal {
	if scale >= d.scale {
		return NewDecimal(new(big.Int).Set(d.rescaled(scale)), scale)
	}
	unit := pow10(d.scale - scale)
	q, low := new(big.Int).QuoRem(d.unscaled, unit, new(big.Int))
	c := new(big.Int).Lsh(low, 1).CmpAbs(unit)
	if c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(int64(d.Sign())))
	}
	return NewDecimal(q, scale)
}
