package warehouse

import (
	"fmt"
	"math/big"
	"time"
	"unsafe"
)

// BatchRows is the most rows that one Batch may hold.
const BatchRows = 2048

// Kind is the physical kind of the values in a Vector.
type Kind uint8

// The kinds, each with the field of Vector that holds its values.
const (
	KindBool      Kind = iota // Ints: 0 or 1
	KindInt                   // Ints
	KindDecimal               // Ints: unscaled, with Vector.Scale
	KindDate                  // Ints: days since 1970-01-01
	KindTimestamp             // Ints: microseconds since 1970-01-01 00:00 UTC
	KindFloat                 // Floats
	KindText                  // Ends into the batch's own Bytes
	KindWord                  // Ints: places in Vector.Words
)

// Vector is one column of a Batch: as many values as the batch has rows. A value
// is NULL where Null is true; Null may be nil when no value is.
type Vector struct {
	Kind   Kind
	Scale  uint8 // of KindDecimal
	Null   []bool
	Ints   []int64
	Floats []float64
	// Bytes holds the texts one after the other; the text of row i ends at Ends[i]
	// and begins where that of row i-1 ends.
	Bytes []byte
	Ends  []uint32
	// Words are the texts of a KindWord vector, each there once however often it
	// occurs: the cheap way for columns that have few different texts.
	Words []string
	// Constant says that every row has the value of row 0.
	Constant bool
}

// Batch is up to BatchRows rows by column: the way to write many rows without an
// allocation for each value.
type Batch struct {
	Len     int
	Columns []Vector
}

// BatchAppender is an Appender that takes rows by column too.
type BatchAppender interface {
	Appender
	// AppendBatch writes the rows of b, which it does not keep.
	AppendBatch(b *Batch) error
}

// AppendBatch writes b to a, row by row where a knows no batches.
func AppendBatch(a Appender, b *Batch) error {
	if fast, ok := a.(BatchAppender); ok {
		return fast.AppendBatch(b)
	}
	row := make([]any, len(b.Columns))
	for i := range b.Len {
		for c := range b.Columns {
			row[c] = b.Columns[c].Value(i)
		}
		if err := a.Append(row...); err != nil {
			return fmt.Errorf("row %d of the batch: %w", i, err)
		}
	}
	return nil
}

// Value gives the value of one row, of a kind that Rows gives.
func (v *Vector) Value(row int) any {
	if v.Constant {
		row = 0
	}
	if v.Null != nil && v.Null[row] {
		return nil
	}
	switch v.Kind {
	case KindBool:
		return v.Ints[row] != 0
	case KindInt:
		return v.Ints[row]
	case KindDecimal:
		return Decimal{Unscaled: big.NewInt(v.Ints[row]), Scale: v.Scale}
	case KindDate:
		return time.Unix(v.Ints[row]*86400, 0).UTC()
	case KindTimestamp:
		return time.UnixMicro(v.Ints[row]).UTC()
	case KindFloat:
		return v.Floats[row]
	case KindText:
		return string(v.Text(row))
	case KindWord:
		return v.Words[v.Ints[row]]
	default:
		return nil
	}
}

// Text gives the bytes of one row of a KindText vector; they belong to the vector.
func (v *Vector) Text(row int) []byte {
	var from uint32
	if row > 0 {
		from = v.Ends[row-1]
	}
	return v.Bytes[from:v.Ends[row]:v.Ends[row]]
}

// Len gives how many rows the vector was filled with.
func (v *Vector) Len() int {
	switch v.Kind {
	case KindFloat:
		return len(v.Floats)
	case KindText:
		return len(v.Ends)
	default:
		return len(v.Ints)
	}
}

// Reset empties the vector and keeps its memory.
func (v *Vector) Reset() {
	v.Null, v.Ints, v.Floats, v.Bytes, v.Ends = v.Null[:0], v.Ints[:0], v.Floats[:0], v.Bytes[:0], v.Ends[:0]
}

// Truncate drops the values from row n on, as when a row turns out bad half-way.
func (v *Vector) Truncate(n int) {
	if len(v.Null) > n {
		v.Null = v.Null[:n]
	}
	if len(v.Ints) > n {
		v.Ints = v.Ints[:n]
	}
	if len(v.Floats) > n {
		v.Floats = v.Floats[:n]
	}
	if len(v.Ends) > n {
		v.Ends = v.Ends[:n]
		v.Bytes = v.Bytes[:v.end()]
	}
}

func (v *Vector) end() uint32 {
	if len(v.Ends) == 0 {
		return 0
	}
	return v.Ends[len(v.Ends)-1]
}

// AddNull adds a NULL.
func (v *Vector) AddNull() {
	switch v.Kind {
	case KindFloat:
		v.Floats = append(v.Floats, 0)
	case KindText:
		v.Ends = append(v.Ends, v.end())
	default:
		v.Ints = append(v.Ints, 0)
	}
	v.Null = append(v.Null, true)
}

// AddInt adds a value of any kind but KindFloat and KindText; of KindWord the place
// of the word.
func (v *Vector) AddInt(n int64) {
	v.Ints = append(v.Ints, n)
	v.Null = append(v.Null, false)
}

// AddFloat adds a value of KindFloat.
func (v *Vector) AddFloat(f float64) {
	v.Floats = append(v.Floats, f)
	v.Null = append(v.Null, false)
}

// AddText adds a copy of b to a vector of KindText.
func (v *Vector) AddText(b []byte) {
	v.Bytes = append(v.Bytes, b...)
	v.Ends = append(v.Ends, uint32(len(v.Bytes))) //nolint:gosec // a batch of texts stays far below 4 GB: rows are bounded
	v.Null = append(v.Null, false)
}

// AddString adds s to a vector of KindText.
func (v *Vector) AddString(s string) {
	v.AddText(unsafe.Slice(unsafe.StringData(s), len(s)))
}
