package terminal

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// appendJSON adds a value in JSON. Numbers keep every digit (a reader that
// wants them exact must not go through a float); moments are ISO 8601 in UTC;
// NaN and the infinities, which JSON lacks, are strings.
func appendJSON(out []byte, value any, k kind) []byte {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...)
	case bool:
		return strconv.AppendBool(out, v)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case *big.Int:
		return v.Append(out, 10)
	case warehouse.Decimal:
		return append(out, v.String()...)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return appendQuoted(out, float(v))
		}
		return append(out, float(v)...)
	case time.Time:
		return appendQuoted(out, isoMoment(v, k))
	case []any:
		out = append(out, '[')
		for i, item := range v {
			out = appendJSON(separate(out, i, ","), item, k)
		}
		return append(out, ']')
	case map[string]any:
		out = append(out, '{')
		for i, name := range slices.Sorted(maps.Keys(v)) {
			out = append(appendQuoted(separate(out, i, ","), name), ':')
			out = appendJSON(out, v[name], timed)
		}
		return append(out, '}')
	default:
		return appendQuoted(out, text(v, k))
	}
}

func isoMoment(v time.Time, k kind) string {
	if k == dated {
		return v.UTC().Format(time.DateOnly)
	}
	return v.UTC().Format("2006-01-02T15:04:05.999999999Z")
}

// separate adds between to all but the first of several things.
func separate(out []byte, index int, between string) []byte {
	if index == 0 {
		return out
	}
	return append(out, between...)
}

// appendQuoted adds a JSON string, with < and > as they are.
func appendQuoted(out []byte, s string) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// A string cannot fail: what is no UTF-8 becomes the replacement character.
	if err := encoder.Encode(s); err != nil {
		return append(out, `""`...)
	}
	return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
