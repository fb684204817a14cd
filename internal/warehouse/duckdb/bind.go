package duckdb

import (
	"database/sql"
	"math/big"
	"time"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// bind gives the statement its parameters: by position, or by name where an
// argument is a sql.NamedArg ($name in the statement).
func bind(stmt mapping.PreparedStatement, args []any) error {
	if want := int(mapping.NParams(stmt)); want != len(args) { //nolint:gosec // a count of parameters
		return fault.New(fault.Invalid, "the statement takes %d values, %d are given", want, len(args))
	}
	for i, arg := range args {
		at := mapping.IdxT(i + 1)
		if named, ok := arg.(sql.NamedArg); ok {
			if mapping.BindParameterIndex(stmt, &at, named.Name) == mapping.StateError {
				return fault.New(fault.Invalid, "the statement has no parameter $%s", named.Name)
			}
			arg = named.Value
		}
		value, lt, err := toValue(arg)
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "value %d of the statement", i+1)
		}
		state := mapping.BindValue(stmt, at, value)
		mapping.DestroyValue(&value)
		mapping.DestroyLogicalType(&lt)
		if state == mapping.StateError {
			return statementFault(mapping.PrepareError(stmt))
		}
	}
	return nil
}

// toValue makes a DuckDB value, and its type, of a Go one. Both are the caller's to destroy.
func toValue(arg any) (mapping.Value, mapping.LogicalType, error) {
	scalar := func(t mapping.Type, v mapping.Value) (mapping.Value, mapping.LogicalType, error) {
		return v, mapping.CreateLogicalType(t), nil
	}
	if n, ok := anyInt(arg); ok {
		return scalar(mapping.TypeBigInt, mapping.CreateInt64(n))
	}
	switch v := arg.(type) {
	case nil:
		return scalar(mapping.TypeSQLNull, mapping.CreateNullValue())
	case bool:
		return scalar(mapping.TypeBoolean, mapping.CreateBool(v))
	case uint64:
		return scalar(mapping.TypeUBigInt, mapping.CreateUInt64(v))
	case uint:
		return scalar(mapping.TypeUBigInt, mapping.CreateUInt64(uint64(v)))
	case float32:
		return scalar(mapping.TypeDouble, mapping.CreateDouble(float64(v)))
	case float64:
		return scalar(mapping.TypeDouble, mapping.CreateDouble(v))
	case string:
		return scalar(mapping.TypeVarchar, mapping.CreateVarcharLength(v, mapping.IdxT(len(v))))
	case []byte:
		return scalar(mapping.TypeBlob, mapping.CreateBlob(v))
	case time.Time:
		return scalar(mapping.TypeTimestamp, mapping.CreateTimestamp(mapping.NewTimestamp(v.UnixMicro())))
	case warehouse.Interval:
		return scalar(mapping.TypeInterval, mapping.CreateInterval(mapping.NewInterval(v.Months, v.Days, v.Micros)))
	case *big.Int:
		h, err := toHuge(v)
		if err != nil {
			return mapping.Value{}, mapping.LogicalType{}, err
		}
		return scalar(mapping.TypeHugeInt, mapping.CreateHugeInt(h))
	case warehouse.Decimal:
		return decimalValue(v)
	case []string:
		return listValue(anySlice(v))
	case []int64:
		return listValue(anySlice(v))
	case []float64:
		return listValue(anySlice(v))
	case []any:
		return listValue(v)
	default:
		return mapping.Value{}, mapping.LogicalType{}, fault.New(fault.Invalid, "a %T cannot be bound", arg)
	}
}

// anyInt gives the integers that fit 64 bits whatever their Go type.
func anyInt(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int8:
		return int64(v), true
	case int16:
		return int64(v), true
	case int32:
		return int64(v), true
	case int64:
		return v, true
	case uint8:
		return int64(v), true
	case uint16:
		return int64(v), true
	case uint32:
		return int64(v), true
	default:
		return 0, false
	}
}

func anySlice[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

func decimalValue(d warehouse.Decimal) (mapping.Value, mapping.LogicalType, error) {
	if d.Unscaled == nil {
		return mapping.CreateNullValue(), mapping.CreateLogicalType(mapping.TypeSQLNull), nil
	}
	width := max(len(new(big.Int).Abs(d.Unscaled).String()), int(d.Scale), 1)
	if width > maxDecimalWidth {
		return mapping.Value{}, mapping.LogicalType{}, fault.New(fault.Invalid, "the number %s has more than %d digits", d, maxDecimalWidth)
	}
	h, err := toHuge(d.Unscaled)
	if err != nil {
		return mapping.Value{}, mapping.LogicalType{}, err
	}
	w := uint8(width)
	return mapping.CreateDecimal(mapping.NewDecimal(w, d.Scale, h)), mapping.CreateDecimalType(w, d.Scale), nil
}

// listValue makes a list whose element type is that of its first value that is not
// NULL; the others must be of the same kind.
func listValue(list []any) (mapping.Value, mapping.LogicalType, error) {
	values := make([]mapping.Value, 0, len(list))
	defer func() {
		for i := range values {
			mapping.DestroyValue(&values[i])
		}
	}()
	element := mapping.CreateLogicalType(mapping.TypeSQLNull)
	defer func() { mapping.DestroyLogicalType(&element) }()
	kind := mapping.TypeSQLNull
	for i, item := range list {
		value, lt, err := toValue(item)
		if err != nil {
			return mapping.Value{}, mapping.LogicalType{}, err
		}
		values = append(values, value)
		t := mapping.GetTypeId(lt)
		switch {
		case t == mapping.TypeSQLNull:
		case kind == mapping.TypeSQLNull:
			kind = t
			element, lt = lt, element
		case t != kind:
			mapping.DestroyLogicalType(&lt)
			return mapping.Value{}, mapping.LogicalType{}, fault.New(fault.Invalid, "item %d of the list is of another type than those before", i+1)
		}
		mapping.DestroyLogicalType(&lt)
	}
	return mapping.CreateListValue(element, values), mapping.CreateListType(element), nil
}
