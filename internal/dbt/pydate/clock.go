package pydate

import (
	"fmt"
	"time"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Clock is Python's datetime.time: a time of day.
type Clock struct{ t time.Time } // on 1900-01-01 UTC

// TimeOf gives the time of day that t's own clock shows.
func TimeOf(t time.Time) Clock {
	return Clock{time.Date(1900, 1, 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC).Truncate(time.Microsecond)}
}

// Str is ISO 8601.
func (c Clock) Str() string {
	if c.t.Nanosecond() != 0 {
		return c.t.Format("15:04:05.000000")
	}
	return c.t.Format("15:04:05")
}

// Repr is Python's.
func (c Clock) Repr() string {
	out := fmt.Sprintf("datetime.time(%d, %d", c.t.Hour(), c.t.Minute())
	micro := c.t.Nanosecond() / 1000
	if c.t.Second() != 0 || micro != 0 {
		out += fmt.Sprintf(", %d", c.t.Second())
	}
	if micro != 0 {
		out += fmt.Sprintf(", %d", micro)
	}
	return out + ")"
}

// TypeName is Python's.
func (Clock) TypeName() string { return "time" }

// Truth is always true.
func (Clock) Truth() bool { return true }

// HashKey makes equal times one key.
func (c Clock) HashKey() any { return "time:" + c.Str() }

// Equal compares with another time of day.
func (c Clock) Equal(other jinja.Value) bool {
	o, ok := other.(Clock)
	return ok && c.t.Equal(o.t)
}

// Compare orders times of day.
func (c Clock) Compare(other jinja.Value) (int, bool) {
	o, ok := other.(Clock)
	return c.t.Compare(o.t), ok
}

// Format applies strftime.
func (c Clock) Format(spec string) (string, error) { return formatOr(spec, c.Str(), c.t, false) }

// GetAttr gives hour, minute, second, microsecond, isoformat and strftime.
func (c Clock) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if v, ok := clockPart(c.t, name); ok {
		return v, true, nil
	}
	switch name {
	case "isoformat", "__str__":
		return fixed(name, c.Str()), true, nil
	case "strftime":
		return strftimeMethod(c.t, false), true, nil
	case "tzinfo":
		return nil, true, nil
	}
	return nil, false, nil
}
