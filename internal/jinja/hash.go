package jinja

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
)

// The kinds of hash that are not the plain Go value.
type (
	noneHash  struct{}
	bigHash   string
	tupleHash string
	objHash   struct{ key any }
)

// hashKey maps a value to a comparable Go value, so that two values are the same
// key exactly when Python says so. Values that can change have none.
func hashKey(v Value) (any, error) {
	return hashDepth(v, 0)
}

func hashDepth(v Value, depth int) (any, error) {
	if depth > maxValueDepth {
		return nil, errRecursion()
	}
	switch x := v.(type) {
	case string:
		return v, nil
	case nil:
		return noneHash{}, nil
	case bool:
		if x {
			return int64(1), nil
		}
		return int64(0), nil
	case int64:
		return v, nil
	case float64:
		return hashFloat(x), nil
	case *big.Int:
		if x.IsInt64() {
			return x.Int64(), nil
		}
		return bigHash(x.Text(62)), nil
	case *Decimal:
		return x.hash(), nil
	case Markup:
		return string(x), nil
	case Tuple:
		return hashTuple(x, depth)
	case *List, *Dict, *Set, *view:
		return nil, typeErrorf("unhashable type: '%s'", TypeName(v))
	case *Undefined:
		return noneHash{}, nil
	case Hasher:
		return objHash{x.HashKey()}, nil
	}
	if !reflect.TypeOf(v).Comparable() {
		return nil, typeErrorf("unhashable type: '%s'", TypeName(v))
	}
	return v, nil
}

func hashFloat(f float64) any {
	if f == math.Trunc(f) && !math.IsInf(f, 0) {
		if f >= -(1<<63) && f < 1<<63 {
			return int64(f)
		}
		b, _ := big.NewFloat(f).Int(nil)
		return bigHash(b.Text(62))
	}
	return f
}

// maxHashBytes bounds the hash of a tuple.
const maxHashBytes = 1 << 20

func hashTuple(t Tuple, depth int) (any, error) {
	var b strings.Builder
	for _, it := range t {
		h, err := hashDepth(it, depth+1)
		if err != nil {
			return nil, err
		}
		var s string
		switch k := h.(type) {
		case string:
			s = "s" + k
		case int64:
			s = "i" + strconv.FormatInt(k, 10)
		case tupleHash:
			s = "t" + string(k)
		default:
			s = fmt.Sprintf("%T:%v", k, k)
		}
		if b.Len()+len(s) > maxHashBytes {
			return nil, limitError("a tuple is too large to be a key")
		}
		b.WriteString(strconv.Itoa(len(s)))
		b.WriteByte(':')
		b.WriteString(s)
	}
	return tupleHash(b.String()), nil
}

// hasIdentity says whether Go can compare v with == without panic.
func hasIdentity(v Value) bool {
	return v == nil || reflect.TypeOf(v).Comparable()
}
