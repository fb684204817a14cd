package jinja

import (
	"math"
	"math/big"
)

// maxBits bounds the size of an integer, so that no power or product can exhaust
// memory.
const maxBits = 1 << 18

// asInt64 gives v as a small integer: an int64 or a bool.
func asInt64(v Value) (int64, bool) {
	switch x := v.(type) {
	case int64:
		return x, true
	case bool:
		if x {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// asIndex gives v as an index. Integers outside int64 are clipped.
func asIndex(v Value) (int64, bool) {
	if i, ok := asInt64(v); ok {
		return i, true
	}
	if b, ok := v.(*big.Int); ok {
		if b.Sign() < 0 {
			return math.MinInt64, true
		}
		return math.MaxInt64, true
	}
	return 0, false
}

// asBig gives an integer of any size.
func asBig(v Value) (*big.Int, bool) {
	if i, ok := asInt64(v); ok {
		return big.NewInt(i), true
	}
	b, ok := v.(*big.Int)
	return b, ok
}

// toFloat gives a number as a float.
func toFloat(v Value) (float64, bool) {
	switch x := v.(type) {
	case float64:
		return x, true
	case int64:
		return float64(x), true
	case bool:
		if x {
			return 1, true
		}
		return 0, true
	case *big.Int:
		f, _ := new(big.Float).SetInt(x).Float64()
		return f, true
	case *Decimal:
		return x.Float64(), true
	}
	return 0, false
}

// toRat gives a finite number exactly.
func toRat(v Value) *big.Rat {
	switch x := v.(type) {
	case float64:
		if r := new(big.Rat).SetFloat64(x); r != nil {
			return r
		}
	case *Decimal:
		return x.rat()
	}
	if b, ok := asBig(v); ok {
		return new(big.Rat).SetInt(b)
	}
	return new(big.Rat)
}

// signed gives +v or -v.
func signed(v Value, neg bool) (Value, error) {
	sign := "unary +"
	if neg {
		sign = "unary -"
	}
	switch x := v.(type) {
	case float64:
		if neg {
			return -x, nil
		}
		return x, nil
	case *Decimal:
		if neg {
			return x.neg(), nil
		}
		return x, nil
	case *Undefined:
		return x.use()
	}
	if i, ok := asInt64(v); ok {
		if !neg {
			return i, nil
		}
		if i != math.MinInt64 {
			return -i, nil
		}
	}
	if b, ok := asBig(v); ok {
		if neg {
			return smallInt(new(big.Int).Neg(b)), nil
		}
		return b, nil
	}
	return nil, typeErrorf("bad operand type for %s: '%s'", sign, TypeName(v))
}

// intOp computes with two integers.
func intOp(rt *Runtime, op Op, a, b Value) (Value, error) {
	x, okX := asInt64(a)
	y, okY := asInt64(b)
	if okX && okY {
		if v, ok := smallOp(op, x, y); ok {
			return v, nil
		}
	}
	p, _ := asBig(a)
	q, _ := asBig(b)
	if err := rt.work((p.BitLen() + q.BitLen()) >> 6); err != nil {
		return nil, err
	}
	return bigOp(rt, op, p, q)
}

// smallOp computes in 64 bits, and gives up where that overflows or divides by
// zero.
func smallOp(op Op, x, y int64) (Value, bool) {
	switch op {
	case OpAdd:
		s := x + y
		return s, (s > x) == (y > 0)
	case OpSub:
		d := x - y
		return d, (d < x) == (y > 0)
	case OpMul:
		if x == 0 || y == 0 {
			return int64(0), true
		}
		m := x * y
		return m, m/y == x && (x != -1 || y != math.MinInt64) && (y != -1 || x != math.MinInt64)
	case OpFloorDiv, OpMod:
		if y == 0 || y == -1 && x == math.MinInt64 {
			return nil, false
		}
		q, r := x/y, x%y
		if r != 0 && (r < 0) != (y < 0) {
			q--
			r += y
		}
		if op == OpMod {
			return r, true
		}
		return q, true
	case OpDiv:
		const exact = 1 << 53
		if y == 0 || x > exact || x < -exact || y > exact || y < -exact {
			return nil, false
		}
		return float64(x) / float64(y), true
	default:
	}
	return nil, false
}

func bigOp(rt *Runtime, op Op, p, q *big.Int) (Value, error) {
	out := new(big.Int)
	switch op {
	case OpAdd:
		out.Add(p, q)
	case OpSub:
		out.Sub(p, q)
	case OpMul:
		if p.BitLen()+q.BitLen() > maxBits {
			return nil, overflow("integer is too large")
		}
		out.Mul(p, q)
	case OpFloorDiv, OpMod:
		if q.Sign() == 0 {
			if op == OpMod {
				return nil, zeroDivision("integer modulo by zero")
			}
			return nil, zeroDivision("integer division or modulo by zero")
		}
		m := new(big.Int)
		out.QuoRem(p, q, m)
		if m.Sign() != 0 && (m.Sign() < 0) != (q.Sign() < 0) {
			out.Sub(out, big.NewInt(1))
			m.Add(m, q)
		}
		if op == OpMod {
			out = m
		}
	case OpDiv:
		if q.Sign() == 0 {
			return nil, zeroDivision("division by zero")
		}
		f, _ := new(big.Rat).SetFrac(p, q).Float64()
		if f == 0 && q.Sign() < 0 && p.Sign() >= 0 {
			f = math.Copysign(0, -1)
		}
		if math.IsInf(f, 0) {
			return nil, overflow("integer division result too large for a float")
		}
		return f, nil
	case OpPow:
		return bigPow(rt, p, q)
	}
	if out.BitLen() > maxBits {
		return nil, overflow("integer is too large")
	}
	return smallInt(out), nil
}

func bigPow(rt *Runtime, p, q *big.Int) (Value, error) {
	if q.Sign() < 0 {
		if p.Sign() == 0 {
			return nil, zeroDivision("0.0 cannot be raised to a negative power")
		}
		x, _ := toFloat(p)
		y, _ := toFloat(q)
		return math.Pow(x, y), nil
	}
	if p.BitLen() <= 1 { // -1, 0 and 1
		if q.Sign() == 0 || p.Sign() > 0 {
			return int64(1), nil
		}
		if p.Sign() == 0 {
			return int64(0), nil
		}
		if q.Bit(0) == 0 {
			return int64(1), nil
		}
		return int64(-1), nil
	}
	if !q.IsInt64() || q.Int64() > maxBits || int64(p.BitLen()-1)*q.Int64() > maxBits {
		return nil, overflow("integer is too large")
	}
	if err := rt.work(int(q.Int64()) * p.BitLen() >> 4); err != nil {
		return nil, err
	}
	return smallInt(new(big.Int).Exp(p, q, nil)), nil
}

// floatOp computes with two floats.
func floatOp(op Op, x, y float64) (Value, error) {
	switch op {
	case OpAdd:
		return x + y, nil
	case OpSub:
		return x - y, nil
	case OpMul:
		return x * y, nil
	case OpDiv:
		if y == 0 {
			return nil, zeroDivision("float division by zero")
		}
		return x / y, nil
	case OpFloorDiv, OpMod:
		if y == 0 {
			if op == OpMod {
				return nil, zeroDivision("float modulo")
			}
			return nil, zeroDivision("float floor division by zero")
		}
		q, m := floatDivMod(x, y)
		if op == OpMod {
			return m, nil
		}
		return q, nil
	default:
	}
	if x == 0 && y < 0 {
		return nil, zeroDivision("0.0 cannot be raised to a negative power")
	}
	if x < 0 && y != math.Trunc(y) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return nil, valueErrorf("a negative number cannot be raised to a fractional power")
	}
	p := math.Pow(x, y)
	if math.IsInf(p, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return nil, overflow("(34, 'Numerical result out of range')")
	}
	return p, nil
}

// floatDivMod is CPython's float_divmod: the remainder has the divisor's sign.
func floatDivMod(x, y float64) (q, m float64) {
	m = math.Mod(x, y)
	div := (x - m) / y
	if m != 0 {
		if (y < 0) != (m < 0) {
			m += y
			div--
		}
	} else {
		m = math.Copysign(0, y)
	}
	if div == 0 {
		return math.Copysign(0, x/y), m
	}
	q = math.Floor(div)
	if div-q > 0.5 {
		q++
	}
	return q, m
}
