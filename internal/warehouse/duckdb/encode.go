package duckdb

import (
	"math"
	"math/big"
	"time"
	"unicode/utf8"
	"unsafe"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// writer writes values into one vector of a chunk.
type writer struct {
	shape
	vec   mapping.Vector
	data  unsafe.Pointer
	valid unsafe.Pointer // nil until a NULL is written
	child []writer
	used  int // elements in the child of a list or map
}

func (w *writer) attach(vec mapping.Vector) {
	w.vec, w.data, w.valid, w.used = vec, mapping.VectorGetData(vec), nil, 0
	if w.child == nil {
		w.child = make([]writer, len(w.inner))
		for i := range w.inner {
			w.child[i].shape = w.inner[i]
		}
		if w.id == mapping.TypeMap {
			w.child = []writer{{shape: shape{id: mapping.TypeStruct, words: []string{"key", "value"}, inner: w.inner}}}
		}
	}
	switch w.id {
	case mapping.TypeList, mapping.TypeMap:
		w.child[0].attach(mapping.ListVectorGetChild(vec))
	case mapping.TypeArray:
		w.child[0].attach(mapping.ArrayVectorGetChild(vec))
	case mapping.TypeStruct:
		for i := range w.child {
			w.child[i].attach(mapping.StructVectorGetChild(vec, mapping.IdxT(i)))
		}
	}
}

func put[T any](w *writer, row int, v T) {
	*(*T)(unsafe.Add(w.data, uintptr(row)*unsafe.Sizeof(v))) = v
}

func (w *writer) setNull(row int) {
	if w.valid == nil {
		mapping.VectorEnsureValidityWritable(w.vec)
		w.valid = mapping.VectorGetValidity(w.vec)
	}
	word := (*uint64)(unsafe.Add(w.valid, uintptr(row)/64*8))
	*word &^= 1 << (uint(row) % 64)
	switch w.id {
	case mapping.TypeStruct:
		for i := range w.child {
			w.child[i].setNull(row)
		}
	case mapping.TypeArray:
		n := int(w.size) //nolint:gosec // DuckDB bounds arrays at 100,000
		for i := range n {
			w.child[0].setNull(row*n + i)
		}
	case mapping.TypeList, mapping.TypeMap:
		put(w, row, [2]uint64{uint64(w.used), 0}) //nolint:gosec // not negative
	}
}

// clear makes the row as if it had never been written.
func (w *writer) clear(row int) {
	if w.valid != nil {
		word := (*uint64)(unsafe.Add(w.valid, uintptr(row)/64*8))
		*word |= 1 << (uint(row) % 64)
	}
	if w.id == mapping.TypeStruct {
		for i := range w.child {
			w.child[i].clear(row)
		}
	}
}

// unfit is the error for a value that the column cannot hold.
func (w *writer) unfit(v any) error {
	if d, ok := v.(time.Time); ok {
		v = d.Format(time.RFC3339)
	}
	return fault.New(fault.Invalid, "%v (%T) does not fit %s", v, v, w.name)
}

func (w *writer) set(row int, v any) error {
	if v == nil {
		w.setNull(row)
		return nil
	}
	w.clear(row) // of a row that failed before
	if n, ok := anyInt(v); ok {
		return w.setInt(row, n)
	}
	switch v := v.(type) {
	case bool:
		if w.id == mapping.TypeBoolean {
			put(w, row, v)
			return nil
		}
	case uint64:
		return w.setBig(row, new(big.Int).SetUint64(v))
	case *big.Int:
		return w.setBig(row, v)
	case float32:
		return w.setFloat(row, float64(v))
	case float64:
		return w.setFloat(row, v)
	case warehouse.Decimal:
		return w.setDecimal(row, v)
	case string:
		return w.setString(row, v)
	case []byte:
		return w.setBytes(row, v)
	case time.Time:
		return w.setTime(row, v)
	case warehouse.Interval:
		if w.id == mapping.TypeInterval {
			put(w, row, mapping.NewInterval(v.Months, v.Days, v.Micros))
			return nil
		}
	case []any, map[string]any:
		return w.setNested(row, v)
	}
	return w.unfit(v)
}

func (w *writer) setInt(row int, n int64) error {
	switch {
	case w.id == mapping.TypeBigInt:
		put(w, row, n)
	case w.id == mapping.TypeInteger && n >= math.MinInt32 && n <= math.MaxInt32:
		put(w, row, int32(n))
	case w.id == mapping.TypeSmallInt && n >= math.MinInt16 && n <= math.MaxInt16:
		put(w, row, int16(n))
	case w.id == mapping.TypeTinyInt && n >= math.MinInt8 && n <= math.MaxInt8:
		put(w, row, int8(n))
	case w.id == mapping.TypeUTinyInt && n >= 0 && n <= math.MaxUint8:
		put(w, row, uint8(n))
	case w.id == mapping.TypeUSmallInt && n >= 0 && n <= math.MaxUint16:
		put(w, row, uint16(n))
	case w.id == mapping.TypeUInteger && n >= 0 && n <= math.MaxUint32:
		put(w, row, uint32(n))
	case w.id == mapping.TypeUBigInt && n >= 0:
		put(w, row, uint64(n))
	case w.id == mapping.TypeHugeInt:
		put(w, row, huge{lower: uint64(n), upper: n >> 63}) //nolint:gosec // two's complement
	case w.id == mapping.TypeUHugeInt && n >= 0:
		put(w, row, huge{lower: uint64(n)})
	case w.id == mapping.TypeDouble:
		put(w, row, float64(n))
	case w.id == mapping.TypeFloat:
		put(w, row, float32(n))
	case w.id == mapping.TypeBigNum:
		return w.setBig(row, big.NewInt(n))
	case w.id == mapping.TypeDecimal:
		return w.setDecimal(row, warehouse.Decimal{Unscaled: big.NewInt(n)})
	default:
		return w.unfit(n)
	}
	return nil
}

func (w *writer) setBig(row int, n *big.Int) error {
	switch {
	case n.IsInt64() && w.id != mapping.TypeBigNum:
		return w.setInt(row, n.Int64())
	case w.id == mapping.TypeUBigInt && n.IsUint64():
		put(w, row, n.Uint64())
		return nil
	case w.id == mapping.TypeUHugeInt && n.Sign() >= 0 && n.BitLen() <= 128:
		upper := new(big.Int).Rsh(n, 64).Uint64()
		lower := new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
		put(w, row, [2]uint64{lower, upper})
		return nil
	case w.id == mapping.TypeHugeInt:
		if h, ok := words(n); ok {
			put(w, row, h)
			return nil
		}
	case w.id == mapping.TypeBigNum:
		w.assign(row, bigNumberBytes(n))
		return nil
	case w.id == mapping.TypeDecimal:
		return w.setDecimal(row, warehouse.Decimal{Unscaled: n})
	}
	return w.unfit(n)
}

func (w *writer) setFloat(row int, f float64) error {
	switch w.id {
	case mapping.TypeDouble:
		put(w, row, f)
	case mapping.TypeFloat:
		put(w, row, float32(f))
	default:
		return w.unfit(f)
	}
	return nil
}

// setDecimal takes a number with another scale where no digit is lost by it.
func (w *writer) setDecimal(row int, d warehouse.Decimal) error {
	if w.id == mapping.TypeDouble || w.id == mapping.TypeFloat {
		return w.setFloat(row, d.Float64())
	}
	if w.id != mapping.TypeDecimal {
		return w.unfit(d)
	}
	n := d.Unscaled
	switch ten := big.NewInt(10); {
	case d.Scale < w.scale:
		n = new(big.Int).Mul(n, ten.Exp(ten, big.NewInt(int64(w.scale-d.Scale)), nil))
	case d.Scale > w.scale:
		rest := new(big.Int)
		n, rest = new(big.Int).QuoRem(n, ten.Exp(ten, big.NewInt(int64(d.Scale-w.scale)), nil), rest)
		if rest.Sign() != 0 {
			return w.unfit(d)
		}
	}
	if n.CmpAbs(w.bound()) >= 0 {
		return w.unfit(d)
	}
	w.putUnscaled(row, n)
	return nil
}

// bound is ten to the column's width.
func (w *writer) bound() *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(w.width)), nil)
}

func (w *writer) putUnscaled(row int, n *big.Int) {
	switch w.physical {
	case mapping.TypeSmallInt:
		put(w, row, int16(n.Int64())) //nolint:gosec // bounded by the width
	case mapping.TypeInteger:
		put(w, row, int32(n.Int64())) //nolint:gosec // bounded by the width
	case mapping.TypeBigInt:
		put(w, row, n.Int64())
	default:
		h, _ := words(n)
		put(w, row, h)
	}
}

func (w *writer) setString(row int, s string) error {
	switch w.id {
	case mapping.TypeVarchar:
		if !utf8.ValidString(s) {
			return fault.New(fault.Invalid, "%q is not UTF-8", s)
		}
		w.assign(row, unsafe.Slice(unsafe.StringData(s), len(s)))
		return nil
	case mapping.TypeEnum:
		return w.setEnum(row, s)
	case mapping.TypeUUID:
		h, ok := parseUUID(s)
		if !ok {
			return w.unfit(s)
		}
		put(w, row, h)
		return nil
	default:
		return w.setTimeText(row, s)
	}
}

func (w *writer) setEnum(row int, s string) error {
	for i, word := range w.words {
		if word != s {
			continue
		}
		switch w.physical {
		case mapping.TypeUTinyInt:
			put(w, row, uint8(i))
		case mapping.TypeUSmallInt:
			put(w, row, uint16(i))
		default:
			put(w, row, uint32(i))
		}
		return nil
	}
	return w.unfit(s)
}

func (w *writer) setBytes(row int, b []byte) error {
	switch w.id {
	case mapping.TypeBlob, mapping.TypeGeometry:
		w.assign(row, b)
	case mapping.TypeVarchar:
		return w.setString(row, string(b))
	case mapping.TypeBit:
		raw, ok := packBits(b)
		if !ok {
			return w.unfit(string(b))
		}
		w.assign(row, raw)
	default:
		return w.unfit(b)
	}
	return nil
}

// assign writes a text or blob. A short one lies in the vector itself, which saves
// the call into C; see duckdb_string_t in DuckDB's C header.
func (w *writer) assign(row int, b []byte) {
	if len(b) > inlined {
		mapping.UnsafeVectorAssignStringElementLen(w.vec, mapping.IdxT(row), b) //nolint:gosec // rows are not negative
		return
	}
	var s [16]byte
	*(*uint32)(unsafe.Pointer(&s)) = uint32(len(b)) //nolint:gosec // at most 12
	copy(s[4:], b)
	put(w, row, s)
}

func (w *writer) setNested(row int, v any) error {
	switch v := v.(type) {
	case []any:
		switch w.id {
		case mapping.TypeList:
			return w.setList(row, len(v), func(child *writer, i, at int) error { return child.set(at, v[i]) })
		case mapping.TypeArray:
			if uint64(len(v)) != w.size {
				return fault.New(fault.Invalid, "%d values do not fit %s", len(v), w.name)
			}
			for i := range v {
				if err := w.child[0].set(row*len(v)+i, v[i]); err != nil {
					return err
				}
			}
			return nil
		}
	case map[string]any:
		switch w.id {
		case mapping.TypeStruct:
			for i := range w.child {
				if err := w.child[i].set(row, v[w.words[i]]); err != nil {
					return err
				}
			}
			return nil
		case mapping.TypeMap:
			return w.setMap(row, v)
		}
	}
	return w.unfit(v)
}

// setList makes room for n more elements in the child vector and has each written.
func (w *writer) setList(row, n int, element func(child *writer, i, at int) error) error {
	from := w.used
	if mapping.ListVectorReserve(w.vec, mapping.IdxT(from+n)) == mapping.StateError || //nolint:gosec // not negative
		mapping.ListVectorSetSize(w.vec, mapping.IdxT(from+n)) == mapping.StateError { //nolint:gosec // not negative
		return fault.New(fault.Database, "no memory for %d values", n)
	}
	w.child[0].moved(mapping.ListVectorGetChild(w.vec))
	put(w, row, [2]uint64{uint64(from), uint64(n)}) //nolint:gosec // not negative
	w.used += n
	for i := range n {
		if err := element(&w.child[0], i, from+i); err != nil {
			return err
		}
	}
	return nil
}

// moved takes up the new memory of a vector that grew, with what is in it.
func (w *writer) moved(vec mapping.Vector) {
	w.vec, w.data = vec, mapping.VectorGetData(vec)
	if w.valid != nil {
		w.valid = mapping.VectorGetValidity(vec)
	}
	switch w.id {
	case mapping.TypeList, mapping.TypeMap:
		w.child[0].moved(mapping.ListVectorGetChild(vec))
	case mapping.TypeArray:
		w.child[0].moved(mapping.ArrayVectorGetChild(vec))
	case mapping.TypeStruct:
		for i := range w.child {
			w.child[i].moved(mapping.StructVectorGetChild(vec, mapping.IdxT(i)))
		}
	}
}
