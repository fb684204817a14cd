package duckdb

import (
	"encoding/hex"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	mapping "github.com/duckdb/duckdb-go-bindings"

	"github.com/kith-analytics/kith/internal/fault"
)

// setMap writes the pairs in the order of their keys. A key is text, or the text
// of an integer for a map with integer keys.
func (w *writer) setMap(row int, m map[string]any) error {
	keys := slices.Sorted(maps.Keys(m))
	return w.setList(row, len(keys), func(pair *writer, i, at int) error {
		var key any = keys[i]
		if pair.child[0].id != mapping.TypeVarchar {
			n, err := strconv.ParseInt(keys[i], 10, 64)
			if err != nil {
				return fault.New(fault.Invalid, "the key %q does not fit %s", keys[i], w.name)
			}
			key = n
		}
		if err := pair.child[0].set(at, key); err != nil {
			return err
		}
		return pair.child[1].set(at, m[keys[i]])
	})
}

func (w *writer) setTime(row int, t time.Time) error {
	switch w.id {
	case mapping.TypeDate:
		days := floorDiv(t.Unix(), 86400)
		if days < math.MinInt32+1 || days > math.MaxInt32 {
			return w.unfit(t)
		}
		put(w, row, int32(days))
	case mapping.TypeTimestamp, mapping.TypeTimestampTZ:
		put(w, row, t.UnixMicro())
	case mapping.TypeTimestampS:
		put(w, row, t.Unix())
	case mapping.TypeTimestampMS:
		put(w, row, t.UnixMilli())
	case mapping.TypeTimestampNS:
		put(w, row, t.UnixNano())
	default:
		return w.unfit(t)
	}
	return nil
}

// setTimeText takes the texts that Rows gives for times of day and for infinities.
func (w *writer) setTimeText(row int, s string) error {
	sign := int64(1)
	if s == "-infinity" {
		sign = -1
	}
	infinite := strings.TrimPrefix(s, "-") == "infinity"
	switch w.id {
	case mapping.TypeDate:
		if infinite {
			put(w, row, int32(sign*math.MaxInt32))
			return nil
		}
	case mapping.TypeTimestamp, mapping.TypeTimestampTZ, mapping.TypeTimestampS, mapping.TypeTimestampMS, mapping.TypeTimestampNS:
		if infinite {
			put(w, row, sign*math.MaxInt64)
			return nil
		}
	case mapping.TypeTime, mapping.TypeTimeNS:
		if d, ok := parseClock(s); ok {
			if w.id == mapping.TypeTime {
				d /= time.Microsecond
			}
			put(w, row, int64(d))
			return nil
		}
	case mapping.TypeTimeTZ:
		if cut := strings.LastIndexAny(s, "+-"); cut > 0 {
			d, ok := parseClock(s[:cut])
			offset, ok2 := parseOffset(s[cut:])
			if ok && ok2 {
				put(w, row, uint64(d/time.Microsecond)<<24|uint64(maxTimeOffset-offset)) //nolint:gosec // bounded by the parsers
				return nil
			}
		}
	}
	return w.unfit(s)
}

// parseClock reads hh:mm:ss with an optional fraction.
func parseClock(s string) (time.Duration, bool) {
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return 0, false
	}
	hours, err1 := strconv.ParseUint(parts[0], 10, 8)
	minutes, err2 := strconv.ParseUint(parts[1], 10, 8)
	whole, frac, _ := strings.Cut(parts[2], ".")
	seconds, err3 := strconv.ParseUint(whole, 10, 8)
	nanos, err4 := strconv.ParseUint((frac + "000000000")[:9], 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || len(frac) > 9 || hours > 24 || minutes > 59 || seconds > 59 {
		return 0, false
	}
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute +
		time.Duration(seconds)*time.Second + time.Duration(nanos) //nolint:gosec // checked above
	return d, d <= 24*time.Hour
}

// parseOffset reads +hh, +hh:mm or +hh:mm:ss into seconds east of UTC.
func parseOffset(s string) (int, bool) {
	total, unit := 0, 3600
	for part := range strings.SplitSeq(s[1:], ":") {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil || unit == 0 {
			return 0, false
		}
		total += int(n) * unit
		unit /= 60
	}
	if s[0] == '-' {
		total = -total
	}
	return total, total >= -maxTimeOffset && total <= maxTimeOffset
}

func parseUUID(s string) (huge, bool) {
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(raw) != 16 {
		return huge{}, false
	}
	var upper, lower uint64
	for i := range 8 {
		upper, lower = upper<<8|uint64(raw[i]), lower<<8|uint64(raw[8+i])
	}
	return huge{upper: int64(upper ^ 1<<63), lower: lower}, true //nolint:gosec // the same bits
}

// packBits is the reverse of bits: the padding in front is made of ones.
func packBits(digits []byte) ([]byte, bool) {
	if len(digits) == 0 {
		return nil, false
	}
	padding := (8 - len(digits)%8) % 8
	out := make([]byte, 1+(len(digits)+padding)/8)
	out[0] = byte(padding)
	for i := range padding {
		out[1] |= 1 << (7 - i)
	}
	for i, d := range digits {
		if d != '0' && d != '1' {
			return nil, false
		}
		at := i + padding
		out[1+at/8] |= (d - '0') << (7 - at%8)
	}
	return out, true
}

// bigNumberBytes is the reverse of bigNumber.
func bigNumberBytes(n *big.Int) []byte {
	magnitude := n.Bytes()
	if len(magnitude) == 0 {
		magnitude = []byte{0}
	}
	size := uint32(len(magnitude)) | 0x800000                                          //nolint:gosec // numbers of 8 MB are not met
	out := append([]byte{byte(size >> 16), byte(size >> 8), byte(size)}, magnitude...) //nolint:gosec // byte by byte
	if n.Sign() < 0 {
		for i := range out {
			out[i] = ^out[i]
		}
	}
	return out
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
