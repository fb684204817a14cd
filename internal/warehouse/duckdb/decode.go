package duckdb

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"
	"unsafe"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// reader reads the values of one vector of a chunk.
type reader struct {
	shape
	data  unsafe.Pointer
	valid unsafe.Pointer // nil when no value is NULL
	child []reader
}

// unreadable says whether the type, or a part of it, has no reader.
func (s *shape) unreadable() bool {
	if s.id == mapping.TypeVariant || s.name == "UNKNOWN" {
		return true
	}
	for i := range s.inner {
		if s.inner[i].unreadable() {
			return true
		}
	}
	return false
}

// attach points the reader at a vector, which must outlive its use.
func (r *reader) attach(vec mapping.Vector) {
	r.data, r.valid = mapping.VectorGetData(vec), mapping.VectorGetValidity(vec)
	if r.child == nil {
		r.child = r.children()
	}
	switch r.id {
	case mapping.TypeList, mapping.TypeMap:
		r.child[0].attach(mapping.ListVectorGetChild(vec))
	case mapping.TypeArray:
		r.child[0].attach(mapping.ArrayVectorGetChild(vec))
	case mapping.TypeStruct, mapping.TypeUnion:
		for i := range r.child {
			r.child[i].attach(mapping.StructVectorGetChild(vec, mapping.IdxT(i)))
		}
	}
}

// children lays the parts out as DuckDB stores them: a map is a list of structs, a
// union a struct with its tag in front.
func (r *reader) children() []reader {
	switch r.id {
	case mapping.TypeMap:
		return []reader{{shape: shape{id: mapping.TypeStruct, words: []string{"key", "value"}, inner: r.inner}}}
	case mapping.TypeUnion:
		out := []reader{{shape: shape{id: mapping.TypeUTinyInt}}}
		for _, member := range r.inner {
			out = append(out, reader{shape: member})
		}
		return out
	default:
		out := make([]reader, len(r.inner))
		for i := range r.inner {
			out[i].shape = r.inner[i]
		}
		return out
	}
}

func at[T any](r *reader, row int) T {
	var zero T
	return *(*T)(unsafe.Add(r.data, uintptr(row)*unsafe.Sizeof(zero)))
}

func (r *reader) null(row int) bool {
	if r.valid == nil {
		return false
	}
	word := *(*uint64)(unsafe.Add(r.valid, uintptr(row)/64*8))
	return word&(1<<(uint(row)%64)) == 0
}

func (r *reader) value(row int) any {
	if r.null(row) {
		return nil
	}
	switch r.id {
	case mapping.TypeBoolean:
		return at[bool](r, row)
	case mapping.TypeTinyInt:
		return int64(at[int8](r, row))
	case mapping.TypeSmallInt:
		return int64(at[int16](r, row))
	case mapping.TypeInteger:
		return int64(at[int32](r, row))
	case mapping.TypeBigInt:
		return at[int64](r, row)
	case mapping.TypeUTinyInt:
		return int64(at[uint8](r, row))
	case mapping.TypeUSmallInt:
		return int64(at[uint16](r, row))
	case mapping.TypeUInteger:
		return int64(at[uint32](r, row))
	case mapping.TypeUBigInt:
		return small(new(big.Int).SetUint64(at[uint64](r, row)))
	case mapping.TypeHugeInt:
		return small(at[huge](r, row).big())
	case mapping.TypeUHugeInt:
		return small(at[huge](r, row).unsigned())
	case mapping.TypeBigNum:
		return small(bigNumber(r.bytes(row)))
	case mapping.TypeFloat:
		return float64(at[float32](r, row))
	case mapping.TypeDouble:
		return at[float64](r, row)
	case mapping.TypeDecimal:
		return warehouse.Decimal{Unscaled: r.unscaled(row), Scale: r.scale}
	case mapping.TypeVarchar:
		return string(r.bytes(row))
	case mapping.TypeBlob, mapping.TypeGeometry:
		return append([]byte{}, r.bytes(row)...)
	case mapping.TypeBit:
		return bits(r.bytes(row))
	case mapping.TypeEnum:
		return r.words[r.index(row)]
	case mapping.TypeUUID:
		return at[huge](r, row).uuid()
	case mapping.TypeInterval:
		i := at[mapping.Interval](r, row)
		months, days, micros := mapping.IntervalMembers(&i)
		return warehouse.Interval{Months: months, Days: days, Micros: micros}
	case mapping.TypeList, mapping.TypeArray, mapping.TypeStruct, mapping.TypeMap, mapping.TypeUnion:
		return r.nested(row)
	default:
		return r.moment(row)
	}
}

func (r *reader) nested(row int) any {
	switch r.id {
	case mapping.TypeList:
		from, n := r.span(row)
		return r.slice(from, n)
	case mapping.TypeArray:
		n := int(r.size) //nolint:gosec // DuckDB bounds arrays at 100,000
		return r.slice(row*n, n)
	case mapping.TypeMap:
		from, n := r.span(row)
		out := make(map[string]any, n)
		pairs := &r.child[0]
		for i := from; i < from+n; i++ {
			out[keyText(pairs.child[0].value(i))] = pairs.child[1].value(i)
		}
		return out
	case mapping.TypeUnion:
		return r.child[1+int(at[uint8](&r.child[0], row))].value(row)
	default:
		out := make(map[string]any, len(r.child))
		for i := range r.child {
			out[r.words[i]] = r.child[i].value(row)
		}
		return out
	}
}

func (r *reader) span(row int) (from, n int) {
	e := at[[2]uint64](r, row)
	return int(e[0]), int(e[1]) //nolint:gosec // positions in memory
}

func (r *reader) slice(from, n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = r.child[0].value(from + i)
	}
	return out
}

// inlined is the longest text that DuckDB keeps inside its 16-byte string struct,
// duckdb_string_t in its C header.
const inlined = 12

// bytes gives a text or blob where DuckDB keeps it; it is gone with the chunk.
func (r *reader) bytes(row int) []byte {
	p := unsafe.Add(r.data, uintptr(row)*16)
	n := *(*uint32)(p)
	if n <= inlined {
		return unsafe.Slice((*byte)(unsafe.Add(p, 4)), n)
	}
	return unsafe.Slice(*(**byte)(unsafe.Add(p, 8)), n)
}

func (r *reader) index(row int) int {
	switch r.physical {
	case mapping.TypeUTinyInt:
		return int(at[uint8](r, row))
	case mapping.TypeUSmallInt:
		return int(at[uint16](r, row))
	default:
		return int(at[uint32](r, row))
	}
}

func (r *reader) unscaled(row int) *big.Int {
	switch r.physical {
	case mapping.TypeSmallInt:
		return big.NewInt(int64(at[int16](r, row)))
	case mapping.TypeInteger:
		return big.NewInt(int64(at[int32](r, row)))
	case mapping.TypeBigInt:
		return big.NewInt(at[int64](r, row))
	default:
		return at[huge](r, row).big()
	}
}

// moment reads dates and times. DuckDB's infinities become the texts "infinity"
// and "-infinity".
func (r *reader) moment(row int) any {
	switch r.id {
	case mapping.TypeDate:
		days := at[int32](r, row)
		if days == math.MaxInt32 || days == -math.MaxInt32 {
			return infinity(days > 0)
		}
		return time.Unix(int64(days)*86400, 0).UTC()
	case mapping.TypeTime:
		return clock(time.Duration(at[int64](r, row)) * time.Microsecond)
	case mapping.TypeTimeNS:
		return clock(time.Duration(at[int64](r, row)))
	case mapping.TypeTimeTZ:
		packed := at[uint64](r, row)
		// 40 bits of microseconds, then 24 of seconds west of UTC from a fixed maximum.
		offset := maxTimeOffset - int(packed&(1<<24-1))
		return clock(time.Duration(packed>>24)*time.Microsecond) + offsetText(offset)
	}
	n := at[int64](r, row)
	if n == math.MaxInt64 || n == -math.MaxInt64 {
		return infinity(n > 0)
	}
	switch r.id {
	case mapping.TypeTimestampS:
		return time.Unix(n, 0).UTC()
	case mapping.TypeTimestampMS:
		return time.UnixMilli(n).UTC()
	case mapping.TypeTimestampNS:
		return time.Unix(0, n).UTC()
	case mapping.TypeTimestamp, mapping.TypeTimestampTZ:
		return time.UnixMicro(n).UTC()
	default:
		return nil
	}
}

// maxTimeOffset is the largest offset from UTC that DuckDB's TIMETZ holds, in seconds.
const maxTimeOffset = 16*3600 - 1

func infinity(positive bool) string {
	if positive {
		return "infinity"
	}
	return "-infinity"
}

// clock writes a time of day with the fraction it has: 08:26:00 or 08:26:00.5.
func clock(d time.Duration) string {
	s := fmt.Sprintf("%02d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
	if frac := d % time.Second; frac != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%09d", frac.Nanoseconds()), "0")
	}
	return s
}

func offsetText(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	s := fmt.Sprintf("%s%02d", sign, seconds/3600)
	if rest := seconds % 3600; rest != 0 {
		s += fmt.Sprintf(":%02d", rest/60)
		if rest%60 != 0 {
			s += fmt.Sprintf(":%02d", rest%60)
		}
	}
	return s
}

// bits gives a BIT as its digits, such as []byte("0101"): DuckDB's own form, a
// count of padding bits and then the bits, is of no use outside it.
func bits(raw []byte) []byte {
	if len(raw) == 0 {
		return []byte{}
	}
	out := make([]byte, 0, len(raw)*8)
	for i, b := range raw[1:] {
		from := 0
		if i == 0 {
			from = int(raw[0])
		}
		for j := from; j < 8; j++ {
			out = append(out, '0'+b>>(7-j)&1)
		}
	}
	return out
}

func keyText(key any) string {
	if t, ok := key.(time.Time); ok {
		return t.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(key)
}
