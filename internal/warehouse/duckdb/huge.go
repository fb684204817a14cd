package duckdb

import (
	"encoding/hex"
	"math/big"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
)

// huge is DuckDB's 128-bit integer as it lies in memory.
type huge struct {
	lower uint64
	upper int64
}

func (h huge) big() *big.Int {
	n := big.NewInt(h.upper)
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(h.lower))
}

func (h huge) unsigned() *big.Int {
	n := new(big.Int).SetUint64(uint64(h.upper)) //nolint:gosec // the same bits
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(h.lower))
}

// uuid writes the 128 bits, whose first is kept flipped so that they sort.
func (h huge) uuid() string {
	var raw [16]byte
	upper := uint64(h.upper) ^ 1<<63 //nolint:gosec // the same bits
	for i := range 8 {
		raw[i], raw[8+i] = byte(upper>>(56-8*i)), byte(h.lower>>(56-8*i)) //nolint:gosec // byte by byte
	}
	s := hex.EncodeToString(raw[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// small gives an int64 where n fits one.
func small(n *big.Int) any {
	if n.IsInt64() {
		return n.Int64()
	}
	return n
}

// words cuts n into two 64-bit words in two's complement; ok is false beyond 128 bits.
func words(n *big.Int) (h huge, ok bool) {
	upper, lower := new(big.Int), new(big.Int)
	upper.DivMod(n, new(big.Int).Lsh(big.NewInt(1), 64), lower)
	return huge{lower: lower.Uint64(), upper: upper.Int64()}, upper.IsInt64()
}

func toHuge(n *big.Int) (mapping.HugeInt, error) {
	h, ok := words(n)
	if !ok {
		return mapping.HugeInt{}, fault.New(fault.Invalid, "the number %s does not fit 128 bits", n)
	}
	return mapping.NewHugeInt(h.lower, h.upper), nil
}

// bigNumber reads DuckDB's BIGNUM: three bytes of header whose first bit is the
// sign, then the magnitude, all bits flipped when negative.
func bigNumber(raw []byte) *big.Int {
	const header = 3
	n := new(big.Int)
	if len(raw) <= header {
		return n
	}
	if raw[0]&0x80 != 0 {
		return n.SetBytes(raw[header:])
	}
	flipped := make([]byte, len(raw)-header)
	for i := range flipped {
		flipped[i] = ^raw[header+i]
	}
	return n.Neg(n.SetBytes(flipped))
}
