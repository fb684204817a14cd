package jinja

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// toInt is Python's int(v, base) for a string and int(v) for the rest.
func toInt(v Value, base int64) (Value, error) {
	if s, ok := textOf(v); ok {
		return parseInt(s, base)
	}
	switch x := v.(type) {
	case float64:
		if math.IsNaN(x) {
			return nil, valueErrorf("cannot convert float NaN to integer")
		}
		if math.IsInf(x, 0) {
			return nil, overflow("cannot convert float infinity to integer")
		}
		b, _ := big.NewFloat(x).Int(nil)
		return smallInt(b), nil
	case *Decimal:
		return smallInt(x.trunc()), nil
	}
	if b, ok := asBig(v); ok {
		return smallInt(b), nil
	}
	return nil, typeErrorf("int() argument must be a string, a bytes-like object or a real number, not '%s'", TypeName(v))
}

func parseInt(s string, base int64) (Value, error) {
	text := strings.TrimFunc(s, isPySpace)
	bad := valueErrorf("invalid literal for int() with base %d: %s", base, Repr(s))
	if base != 0 && (base < 2 || base > 36) {
		return nil, valueErrorf("int() base must be >= 2 and <= 36, or 0")
	}
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "+"), "-")
	if digits == "" || len(text)-len(digits) > 1 || strings.Contains(digits, "__") ||
		digits[0] == '_' || digits[len(digits)-1] == '_' {
		return nil, bad
	}
	if len(digits) > maxIntDigits {
		return nil, valueErrorf("Exceeds the limit (%d digits) for integer string conversion", maxIntDigits)
	}
	digits = strings.ReplaceAll(digits, "_", "")
	if len(digits) > 2 && digits[0] == '0' && base != 10 {
		prefix := map[byte]int64{'x': 16, 'o': 8, 'b': 2}[digits[1]|0x20]
		if prefix != 0 && (base == 0 || base == prefix) {
			digits, base = digits[2:], prefix
		}
	}
	if base == 0 {
		base = 10
		if digits[0] == '0' && strings.Trim(digits, "0") != "" {
			return nil, bad
		}
	}
	if digits[0] == '+' || digits[0] == '-' {
		return nil, bad
	}
	b, ok := new(big.Int).SetString(digits, int(base))
	if !ok {
		return nil, bad
	}
	if text[0] == '-' {
		b.Neg(b)
	}
	return smallInt(b), nil
}

// parseFloat is Python's float(s).
func parseFloat(s string) (float64, bool) {
	text := strings.ToLower(strings.TrimFunc(s, isPySpace))
	switch strings.TrimLeft(text, "+-") {
	case "inf", "infinity", "nan":
		if strings.Count(text, "+")+strings.Count(text, "-") > 1 {
			return 0, false
		}
		f, err := strconv.ParseFloat(text, 64)
		if err != nil { // Go reads no sign before nan
			return math.NaN(), true
		}
		return f, true
	}
	if strings.ContainsAny(text, "xp") || strings.HasPrefix(text, "_") || strings.HasSuffix(text, "_") || strings.Contains(text, "__") {
		return 0, false
	}
	if strings.ContainsAny(text, "in") {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}

func filterInt(_ *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_int", Opt("default", int64(0)), Opt("base", int64(10)))
	if err != nil {
		return nil, err
	}
	base, ok := asInt64(a[1])
	if !ok {
		return a[0], nil
	}
	if u, isUndef := v.(*Undefined); isUndef {
		if err := u.fail(); err != nil {
			return nil, err
		}
		return a[0], nil
	}
	if out, err := toInt(v, base); err == nil {
		return out, nil
	}
	if s, isText := textOf(v); isText {
		if f, ok := parseFloat(s); ok {
			if out, err := toInt(f, 10); err == nil {
				return out, nil
			}
		}
	}
	return a[0], nil
}

func filterFloat(_ *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_float", Opt("default", 0.0))
	if err != nil {
		return nil, err
	}
	if f, ok := toFloat(v); ok {
		return f, nil
	}
	if s, ok := textOf(v); ok {
		if f, ok := parseFloat(s); ok {
			return f, nil
		}
	}
	if u, ok := v.(*Undefined); ok {
		if err := u.fail(); err != nil {
			return nil, err
		}
	}
	return a[0], nil
}

func filterRound(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_round", Opt("precision", int64(0)), Opt("method", "common"))
	if err != nil {
		return nil, err
	}
	if u, ok := v.(*Undefined); ok {
		return u.use()
	}
	prec, ok := asInt64(a[0])
	if !ok {
		return nil, typeErrorf("'%s' object cannot be interpreted as an integer", TypeName(a[0]))
	}
	if !isNumber(v) {
		return nil, typeErrorf("type %s doesn't define __round__ method", TypeName(v))
	}
	switch a[1] {
	case "common":
		return roundNumber(v, prec)
	case "ceil", "floor":
	default:
		return nil, &pyError{kind: "FilterArgumentError", msg: "method must be common, ceil or floor"}
	}
	scale, err := binary(rt, OpPow, int64(10), prec)
	if err != nil {
		return nil, err
	}
	scaled, err := binary(rt, OpMul, v, scale)
	if err != nil {
		return nil, err
	}
	whole, err := toIntegral(scaled, a[1] == "ceil")
	if err != nil {
		return nil, err
	}
	return binary(rt, OpDiv, whole, scale)
}

// toIntegral is math.ceil or math.floor.
func toIntegral(v Value, up bool) (Value, error) {
	switch x := v.(type) {
	case float64:
		if up {
			return toInt(math.Ceil(x), 10)
		}
		return toInt(math.Floor(x), 10)
	case *Decimal:
		whole := x.trunc()
		if !x.rat().IsInt() {
			if up && x.Sign() > 0 {
				whole.Add(whole, big.NewInt(1))
			} else if !up && x.Sign() < 0 {
				whole.Sub(whole, big.NewInt(1))
			}
		}
		return smallInt(whole), nil
	}
	return toInt(v, 10)
}

// roundNumber is Python's round(v, digits): half to even on the exact value.
func roundNumber(v Value, digits int64) (Value, error) {
	if digits > 400 {
		return v, nil
	}
	switch x := v.(type) {
	case float64:
		if math.IsInf(x, 0) || math.IsNaN(x) || digits > 323 {
			return x, nil
		}
		if digits < -308 {
			return math.Copysign(0, x), nil
		}
		if digits >= 0 {
			f, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', int(digits), 64), 64)
			if err != nil {
				return nil, overflow("rounded value too large to represent")
			}
			return f, nil
		}
		f, _ := roundRat(toRat(x), -digits).Float64()
		if f == 0 {
			return math.Copysign(0, x), nil
		}
		return f, nil
	case *Decimal:
		if digits >= 0 {
			return x.rounded(int(digits)), nil
		}
		return NewDecimal(roundRat(x.rat(), -digits).Num(), 0), nil
	}
	b, _ := asBig(v)
	if digits >= 0 {
		return smallInt(b), nil
	}
	if digits < -maxIntDigits {
		return int64(0), nil
	}
	return smallInt(new(big.Int).Set(roundRat(new(big.Rat).SetInt(b), -digits).Num())), nil
}

// roundRat rounds to a multiple of 10^tens, half to even.
func roundRat(r *big.Rat, tens int64) *big.Rat {
	unit := pow10(int(tens))
	q := new(big.Rat).Quo(r, new(big.Rat).SetInt(unit))
	d := NewDecimal(nil, 0)
	whole, rem := new(big.Int).QuoRem(q.Num(), q.Denom(), new(big.Int))
	d.unscaled = whole
	c := new(big.Int).Lsh(rem, 1).CmpAbs(q.Denom())
	if c > 0 || c == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(int64(q.Sign())))
	}
	return new(big.Rat).SetInt(whole.Mul(whole, unit))
}

func filterFileSize(_ *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_filesizeformat", Opt("binary", false))
	if err != nil {
		return nil, err
	}
	bytes, ok := toFloat(v)
	if s, isText := textOf(v); isText {
		bytes, ok = parseFloat(s)
	}
	if !ok {
		return nil, typeErrorf("float() argument must be a string or a real number, not '%s'", TypeName(v))
	}
	base, units := 1000.0, []string{"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"}
	if Truth(a[0]) {
		base, units = 1024.0, []string{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"}
	}
	if bytes == 1 {
		return "1 Byte", nil
	}
	if bytes < base {
		return strconv.FormatInt(int64(bytes), 10) + " Bytes", nil
	}
	unit := base
	last := ""
	for _, name := range units {
		last = name
		unit *= base
		if bytes < unit {
			break
		}
	}
	return strconv.FormatFloat(base*bytes/unit, 'f', 1, 64) + " " + last, nil
}
