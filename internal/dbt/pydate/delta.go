package pydate

import (
	"fmt"
	"math"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Delta is Python's datetime.timedelta: a span of days, seconds and
// microseconds, of which only the days may be negative.
type Delta struct{ days, seconds, micros int64 }

const (
	secondsPerDay   = 24 * 60 * 60
	microsPerSecond = 1_000_000
	microsPerDay    = secondsPerDay * microsPerSecond
)

// NewDelta makes a span; what is over a day or a second is carried.
func NewDelta(days, seconds, micros int64) Delta {
	seconds += floorDiv(micros, microsPerSecond)
	micros = floorMod(micros, microsPerSecond)
	days += floorDiv(seconds, secondsPerDay)
	return Delta{days, floorMod(seconds, secondsPerDay), micros}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }

// Micros gives the whole span in microseconds.
func (d Delta) Micros() int64 { return (d.days*secondsPerDay+d.seconds)*microsPerSecond + d.micros }

func (d Delta) addTo(t time.Time, sign int) time.Time {
	rest := time.Duration(d.seconds)*time.Second + time.Duration(d.micros)*time.Microsecond
	return t.AddDate(0, 0, sign*int(d.days)).Add(time.Duration(sign) * rest)
}

// Str is Python's: "1 day, 2:00:00".
func (d Delta) Str() string {
	out := ""
	if d.days != 0 {
		unit := "days"
		if d.days == 1 || d.days == -1 {
			unit = "day"
		}
		out = fmt.Sprintf("%d %s, ", d.days, unit)
	}
	out += fmt.Sprintf("%d:%02d:%02d", d.seconds/3600, d.seconds/60%60, d.seconds%60)
	if d.micros != 0 {
		out += fmt.Sprintf(".%06d", d.micros)
	}
	return out
}

// Repr is Python's.
func (d Delta) Repr() string {
	out := ""
	for _, p := range []struct {
		name string
		n    int64
	}{{"days", d.days}, {"seconds", d.seconds}, {"microseconds", d.micros}} {
		if p.n == 0 {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += fmt.Sprintf("%s=%d", p.name, p.n)
	}
	if out == "" {
		out = "0"
	}
	return "datetime.timedelta(" + out + ")"
}

// TypeName is Python's.
func (Delta) TypeName() string { return "timedelta" }

// Truth is false for the empty span.
func (d Delta) Truth() bool { return d != Delta{} }

// HashKey makes equal spans one key.
func (d Delta) HashKey() any { return d }

// Equal compares with another span.
func (d Delta) Equal(other jinja.Value) bool { return other == jinja.Value(d) }

// Compare orders spans.
func (d Delta) Compare(other jinja.Value) (int, bool) {
	o, ok := other.(Delta)
	switch a, b := d.Micros(), o.Micros(); {
	case a < b:
		return -1, ok
	case a > b:
		return 1, ok
	default:
		return 0, ok
	}
}

// GetAttr gives days, seconds, microseconds and total_seconds().
func (d Delta) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "days":
		return d.days, true, nil
	case "seconds":
		return d.seconds, true, nil
	case "microseconds":
		return d.micros, true, nil
	case "total_seconds":
		return fixed(name, float64(d.Micros())/microsPerSecond), true, nil
	}
	return nil, false, nil
}

// BinaryOp adds and subtracts spans, multiplies and divides them by numbers, and
// divides them by each other.
func (d Delta) BinaryOp(_ *jinja.Runtime, op jinja.Op, other jinja.Value, reflected bool) (jinja.Value, bool, error) {
	switch o := other.(type) {
	case Delta:
		if reflected {
			return nil, false, nil // the left span has answered
		}
		return d.withDelta(op, o)
	case int64:
		return d.scale(op, float64(o), o, true, reflected)
	case float64:
		return d.scale(op, o, 0, false, reflected)
	}
	return nil, false, nil
}

func (d Delta) withDelta(op jinja.Op, o Delta) (jinja.Value, bool, error) {
	a, b := d.Micros(), o.Micros()
	switch op {
	case jinja.OpAdd:
		return NewDelta(d.days+o.days, d.seconds+o.seconds, d.micros+o.micros), true, nil
	case jinja.OpSub:
		return NewDelta(d.days-o.days, d.seconds-o.seconds, d.micros-o.micros), true, nil
	case jinja.OpDiv, jinja.OpFloorDiv, jinja.OpMod:
		if b == 0 {
			return nil, false, errZeroSpan()
		}
		switch op {
		case jinja.OpDiv:
			return float64(a) / float64(b), true, nil
		case jinja.OpFloorDiv:
			return floorDiv(a, b), true, nil
		default:
			return NewDelta(0, 0, floorMod(a, b)), true, nil
		}
	case jinja.OpMul, jinja.OpPow:
	}
	return nil, false, nil
}

func (d Delta) scale(op jinja.Op, f float64, n int64, whole, reflected bool) (jinja.Value, bool, error) {
	switch {
	case op == jinja.OpMul && whole:
		return NewDelta(d.days*n, d.seconds*n, d.micros*n), true, nil
	case op == jinja.OpMul:
		return NewDelta(0, 0, int64(math.RoundToEven(float64(d.Micros())*f))), true, nil
	case reflected:
		return nil, false, nil
	case f == 0 && (op == jinja.OpDiv || op == jinja.OpFloorDiv):
		return nil, false, errZeroSpan()
	case op == jinja.OpDiv:
		return NewDelta(0, 0, int64(math.RoundToEven(float64(d.Micros())/f))), true, nil
	case op == jinja.OpFloorDiv && whole:
		return NewDelta(0, 0, floorDiv(d.Micros(), n)), true, nil
	}
	return nil, false, nil
}

func errZeroSpan() error { return fault.New(fault.Compile, "integer division or modulo by zero") }
