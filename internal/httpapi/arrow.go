package httpapi

import (
	"bytes"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// arrowRows is how many rows a batch holds.
const arrowRows = 8192

// decimalWidth is the most digits of DuckDB's decimals and of Arrow's of 128 bits.
const decimalWidth = 38

// arrowTable writes an Arrow IPC stream. Decimals keep their scale, dates are days.
func arrowTable(columns []tableColumn, rows [][]any) ([]byte, error) {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.name, Type: arrowKind(c.kind, rows, i), Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	var b bytes.Buffer
	w := ipc.NewWriter(&b, ipc.WithSchema(schema))
	builder := array.NewRecordBuilder(memory.NewGoAllocator(), schema)
	defer builder.Release()
	for from := 0; from < len(rows) || from == 0; from += arrowRows {
		for _, row := range rows[from:min(from+arrowRows, len(rows))] {
			for i, v := range row {
				if err := appendValue(builder.Field(i), v); err != nil {
					return nil, err
				}
			}
		}
		batch := builder.NewRecordBatch()
		err := w.Write(batch)
		batch.Release()
		if err != nil {
			return nil, fault.Wrap(err, fault.Internal, "the table cannot be written")
		}
	}
	if err := w.Close(); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the table cannot be written")
	}
	return b.Bytes(), nil
}

// arrowKind gives the type of a column, by its kind and its first value.
func arrowKind(kind string, rows [][]any, column int) arrow.DataType {
	for _, row := range rows {
		switch v := row[column].(type) {
		case nil:
			continue
		case warehouse.Decimal:
			return &arrow.Decimal128Type{Precision: decimalWidth, Scale: int32(v.Scale)}
		case int64:
			return arrow.PrimitiveTypes.Int64
		case float64:
			return arrow.PrimitiveTypes.Float64
		case bool:
			return arrow.FixedWidthTypes.Boolean
		case metric.Day:
			return arrow.FixedWidthTypes.Date32
		case time.Time:
			return arrow.FixedWidthTypes.Timestamp_us
		default:
			return arrow.BinaryTypes.String
		}
	}
	switch kind { // a column without a value
	case "integer":
		return arrow.PrimitiveTypes.Int64
	case "decimal", "number":
		return arrow.PrimitiveTypes.Float64
	case "boolean":
		return arrow.FixedWidthTypes.Boolean
	case "date":
		return arrow.FixedWidthTypes.Date32
	case "time":
		return arrow.FixedWidthTypes.Timestamp_us
	}
	return arrow.BinaryTypes.String
}

func appendValue(b array.Builder, v any) error {
	if v == nil {
		b.AppendNull()
		return nil
	}
	switch b := b.(type) {
	case *array.Decimal128Builder:
		if d, ok := v.(warehouse.Decimal); ok && int32(d.Scale) == b.Type().(*arrow.Decimal128Type).Scale { //nolint:forcetypeassert // its builder's own type
			b.Append(decimal128.FromBigInt(d.Unscaled))
			return nil
		}
	case *array.Int64Builder:
		if n, ok := v.(int64); ok {
			b.Append(n)
			return nil
		}
	case *array.Float64Builder:
		if f, ok := v.(float64); ok {
			b.Append(f)
			return nil
		}
	case *array.BooleanBuilder:
		if is, ok := v.(bool); ok {
			b.Append(is)
			return nil
		}
	case *array.Date32Builder:
		if d, ok := v.(metric.Day); ok {
			b.Append(arrow.Date32(d.Unix()))
			return nil
		}
	case *array.TimestampBuilder:
		if t, ok := v.(time.Time); ok {
			b.Append(arrow.Timestamp(t.UnixMicro()))
			return nil
		}
	case *array.StringBuilder:
		if text, ok := v.(string); ok {
			b.Append(text)
			return nil
		}
	}
	return fault.New(fault.Internal, "a column of the answer has values of several types: %T", v)
}
