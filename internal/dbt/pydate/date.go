package pydate

import (
	"fmt"
	"time"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Date is Python's datetime.date.
type Date struct{ t time.Time } // midnight UTC

// NewDate makes a date; a day that the calendar does not have is an error.
func NewDate(year, month, day int64) (Date, error) {
	t, err := moment(year, month, day, 0, 0, 0, 0, time.UTC)
	return Date{t}, err
}

// DateOf gives the day that t's own clock shows.
func DateOf(t time.Time) Date {
	return Date{time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)}
}

// Time gives midnight UTC of the day.
func (d Date) Time() time.Time { return d.t }

// Str is ISO 8601.
func (d Date) Str() string { return d.t.Format("2006-01-02") }

// Repr is Python's.
func (d Date) Repr() string {
	return fmt.Sprintf("datetime.date(%d, %d, %d)", d.t.Year(), int(d.t.Month()), d.t.Day())
}

// TypeName is Python's.
func (Date) TypeName() string { return "date" }

// Truth is always true.
func (Date) Truth() bool { return true }

// HashKey makes equal days one key.
func (d Date) HashKey() any { return "date:" + d.Str() }

// Equal compares with another date.
func (d Date) Equal(other jinja.Value) bool {
	o, ok := other.(Date)
	return ok && d.t.Equal(o.t)
}

// Compare orders dates.
func (d Date) Compare(other jinja.Value) (int, bool) {
	o, ok := other.(Date)
	return d.t.Compare(o.t), ok
}

// Format applies strftime, as '{:%Y}'.format(d) does.
func (d Date) Format(spec string) (string, error) { return formatOr(spec, d.Str(), d.t, false) }

// GetAttr gives year, month, day and the methods.
func (d Date) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "isoformat", "__str__":
		return fixed(name, d.Str()), true, nil
	case "strftime":
		return strftimeMethod(d.t, false), true, nil
	case "replace":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			p, err := bindInts(name, args, []string{"year", "month", "day"},
				[]int64{int64(d.t.Year()), int64(d.t.Month()), int64(d.t.Day())})
			if err != nil {
				return nil, err
			}
			return NewDate(p[0], p[1], p[2])
		}), true, nil
	case "toordinal":
		return fixed(name, ordinal(d.t)), true, nil
	}
	if v, ok := calendarPart(d.t, name); ok {
		return v, true, nil
	}
	return nil, false, nil
}

// BinaryOp adds and subtracts spans, and subtracts dates.
func (d Date) BinaryOp(_ *jinja.Runtime, op jinja.Op, other jinja.Value, reflected bool) (jinja.Value, bool, error) {
	switch o := other.(type) {
	case Delta:
		days := o.days
		switch {
		case op == jinja.OpAdd:
		case op == jinja.OpSub && !reflected:
			days = -days
		default:
			return nil, false, nil
		}
		t := d.t.AddDate(0, 0, int(days))
		return Date{t}, true, checkYear(t)
	case Date:
		if op == jinja.OpSub && !reflected {
			return NewDelta(int64(d.t.Sub(o.t)/(24*time.Hour)), 0, 0), true, nil
		}
	}
	return nil, false, nil
}
