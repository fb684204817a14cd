package duckdb

import (
	"bytes"
	"math"
	"unsafe"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// setAll writes n rows of v into an empty vector.
func (w *writer) setAll(v *warehouse.Vector, n int) error {
	switch {
	case n == 0:
		return nil
	case v.Constant:
		return w.setConstant(v, n)
	case v.Kind == warehouse.KindText && w.id == mapping.TypeVarchar:
		w.setTexts(v, n)
	case v.Kind == warehouse.KindWord && w.id == mapping.TypeVarchar:
		w.setWords(v, n)
	case w.sameInts(v):
		copy(unsafe.Slice((*int64)(w.data), n), v.Ints[:n])
	case v.Kind == warehouse.KindFloat && w.id == mapping.TypeDouble:
		copy(unsafe.Slice((*float64)(w.data), n), v.Floats[:n])
	case v.Kind == warehouse.KindInt && w.id == mapping.TypeInteger:
		out := unsafe.Slice((*int32)(w.data), n)
		for i, x := range v.Ints[:n] {
			if x < math.MinInt32 || x > math.MaxInt32 {
				return w.unfit(x)
			}
			out[i] = int32(x)
		}
	case v.Kind == warehouse.KindDate && w.id == mapping.TypeDate:
		out := unsafe.Slice((*int32)(w.data), n)
		for i, x := range v.Ints[:n] {
			out[i] = int32(x) //nolint:gosec // the loader's calendar ends in the year 9999
		}
	default:
		for i := range n {
			if err := w.set(i, v.Value(i)); err != nil {
				return err
			}
		}
		return nil
	}
	for i, null := range v.Null {
		if null && i < n {
			w.setNull(i)
		}
	}
	return nil
}

// sameInts says whether the vector's values lie in memory as the column's do.
func (w *writer) sameInts(v *warehouse.Vector) bool {
	switch v.Kind {
	case warehouse.KindInt:
		return w.id == mapping.TypeBigInt
	case warehouse.KindTimestamp:
		return w.id == mapping.TypeTimestamp || w.id == mapping.TypeTimestampTZ
	case warehouse.KindDecimal:
		if w.id != mapping.TypeDecimal || w.physical != mapping.TypeBigInt || v.Scale != w.scale {
			return false
		}
		bound := int64(math.Pow10(int(w.width)))
		for _, x := range v.Ints {
			if x <= -bound || x >= bound {
				return false // the slow way names the value
			}
		}
		return true
	default:
		return false
	}
}

func (w *writer) setConstant(v *warehouse.Vector, n int) error {
	if err := w.set(0, v.Value(0)); err != nil {
		return err
	}
	null := v.Null != nil && v.Null[0]
	if !null && w.sameInts(v) {
		out := unsafe.Slice((*int64)(w.data), n)
		for i := 1; i < n; i++ {
			out[i] = out[0]
		}
		return nil
	}
	if null || w.id != mapping.TypeVarchar {
		for i := 1; i < n; i++ {
			if err := w.set(i, v.Value(0)); err != nil {
				return err
			}
		}
		return nil
	}
	// All rows point at the one text: it lives as long as the vector.
	out := unsafe.Slice((*[16]byte)(w.data), n)
	for i := 1; i < n; i++ {
		out[i] = out[0]
	}
	return nil
}

// setWords writes each word that occurs once, and lets all rows that have it share it.
func (w *writer) setWords(v *warehouse.Vector, n int) {
	out := unsafe.Slice((*[16]byte)(w.data), n)
	first := make([]int, len(v.Words)) // the row of each word plus 1
	for i, word := range v.Ints[:n] {
		switch at := first[word]; {
		case v.Null != nil && v.Null[i]:
		case at > 0:
			out[i] = out[at-1]
		default:
			text := v.Words[word]
			w.assign(i, unsafe.Slice(unsafe.StringData(text), len(text)))
			first[word] = i + 1
		}
	}
}

func (w *writer) setTexts(v *warehouse.Vector, n int) {
	out := unsafe.Slice((*[16]byte)(w.data), n)
	var before []byte
	for i := range n {
		text := v.Text(i)
		// Neighbours are often equal (country, customer, date): they share one text.
		if i > 0 && len(text) > inlined && bytes.Equal(text, before) {
			out[i] = out[i-1]
		} else {
			w.assign(i, text)
		}
		before = text
	}
}
