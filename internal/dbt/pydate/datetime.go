package pydate

import (
	"fmt"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// DateTime is Python's datetime.datetime, to the microsecond.
type DateTime struct {
	t     time.Time // a naive moment is kept as if its clock showed UTC
	aware bool
}

// NaiveOf gives the moment that t's own clock shows, without a zone.
func NaiveOf(t time.Time) DateTime {
	return DateTime{t: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC).
		Truncate(time.Microsecond)}
}

// AwareOf gives the moment t in its zone.
func AwareOf(t time.Time) DateTime { return DateTime{t: t.Truncate(time.Microsecond), aware: true} }

// Time gives the moment; a naive one as UTC.
func (d DateTime) Time() time.Time { return d.t }

// Aware says whether the moment knows its zone.
func (d DateTime) Aware() bool { return d.aware }

// Str is ISO 8601 with a blank between date and time.
func (d DateTime) Str() string { return d.iso(" ") }

func (d DateTime) iso(sep string) string {
	layout := "2006-01-02" + sep + "15:04:05"
	if d.t.Nanosecond() != 0 {
		layout += ".000000"
	}
	if d.aware {
		layout += "-07:00"
	}
	return d.t.Format(layout)
}

// Repr is Python's.
func (d DateTime) Repr() string {
	var b strings.Builder
	fmt.Fprintf(&b, "datetime.datetime(%d, %d, %d, %d, %d", d.t.Year(), int(d.t.Month()), d.t.Day(), d.t.Hour(), d.t.Minute())
	micro := d.t.Nanosecond() / int(time.Microsecond)
	if d.t.Second() != 0 || micro != 0 {
		fmt.Fprintf(&b, ", %d", d.t.Second())
	}
	if micro != 0 {
		fmt.Fprintf(&b, ", %d", micro)
	}
	if d.aware {
		b.WriteString(", tzinfo=" + zoneOf(d.t).Repr())
	}
	b.WriteByte(')')
	return b.String()
}

// TypeName is Python's.
func (DateTime) TypeName() string { return "datetime" }

// Truth is always true.
func (DateTime) Truth() bool { return true }

// HashKey makes equal moments one key.
func (d DateTime) HashKey() any { return fmt.Sprintf("datetime:%v:%d", d.aware, d.t.UnixMicro()) }

// Equal compares with another moment of the same kind, aware or naive.
func (d DateTime) Equal(other jinja.Value) bool {
	o, ok := other.(DateTime)
	return ok && d.aware == o.aware && d.t.Equal(o.t)
}

// Compare orders moments of the same kind.
func (d DateTime) Compare(other jinja.Value) (int, bool) {
	o, ok := other.(DateTime)
	return d.t.Compare(o.t), ok && d.aware == o.aware
}

// Format applies strftime, as '{:%Y}'.format(d) does.
func (d DateTime) Format(spec string) (string, error) { return formatOr(spec, d.Str(), d.t, d.aware) }

// GetAttr gives the parts and the methods.
func (d DateTime) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if v, ok := calendarPart(d.t, name); ok {
		return v, true, nil
	}
	if v, ok := clockPart(d.t, name); ok {
		return v, true, nil
	}
	switch name {
	case "tzinfo":
		if !d.aware {
			return nil, true, nil
		}
		return zoneOf(d.t), true, nil
	case "date":
		return fixed(name, DateOf(d.t)), true, nil
	case "time", "timetz":
		return fixed(name, TimeOf(d.t)), true, nil
	case "isoformat":
		return jinja.NewFunc(name, d.isoformat), true, nil
	case "__str__":
		return fixed(name, d.Str()), true, nil
	case "strftime":
		return strftimeMethod(d.t, d.aware), true, nil
	case "timestamp":
		return fixed(name, float64(d.t.UnixMicro())/1e6), true, nil
	case "toordinal":
		return fixed(name, ordinal(d.t)), true, nil
	case "replace":
		return jinja.NewFunc(name, d.replace), true, nil
	case "astimezone":
		return jinja.NewFunc(name, d.astimezone), true, nil
	case "utcoffset", "tzname":
		return d.zonePart(name), true, nil
	}
	return nil, false, nil
}

func (d DateTime) zonePart(name string) jinja.Value {
	zone, offset := d.t.Zone()
	switch {
	case !d.aware:
		return fixed(name, nil)
	case name == "tzname":
		return fixed(name, zone)
	default:
		return fixed(name, NewDelta(0, int64(offset), 0))
	}
}

func (d DateTime) isoformat(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("isoformat", jinja.Opt("sep", "T"), jinja.Opt("timespec", "auto"))
	if err != nil {
		return nil, err
	}
	spec, _ := bound[1].(string)
	layout := map[string]string{
		"hours": "15", "minutes": "15:04", "seconds": "15:04:05",
		"milliseconds": "15:04:05.000", "microseconds": "15:04:05.000000",
	}
	switch clock, ok := layout[spec]; {
	case spec == "auto":
		return d.iso(jinja.Str(bound[0])), nil
	case !ok:
		return nil, fault.New(fault.Compile, "unknown timespec %s", jinja.Repr(bound[1]))
	default:
		if d.aware {
			clock += "-07:00"
		}
		return d.t.Format("2006-01-02") + jinja.Str(bound[0]) + d.t.Format(clock), nil
	}
}

func (d DateTime) replace(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	aware, loc := d.aware, d.t.Location()
	kept := jinja.Args{Pos: args.Pos}
	for _, kw := range args.Kw {
		if kw.Name != "tzinfo" {
			kept.Kw = append(kept.Kw, kw)
			continue
		}
		zone, ok := kw.Value.(Zone)
		switch {
		case ok:
			aware, loc = true, zone.loc
		case kw.Value == nil:
			aware, loc = false, time.UTC
		default:
			return nil, fault.New(fault.Compile, "tzinfo must be a time zone or none, not %s", jinja.Repr(kw.Value))
		}
	}
	p, err := bindInts("replace", kept, []string{"year", "month", "day", "hour", "minute", "second", "microsecond"},
		[]int64{
			int64(d.t.Year()), int64(d.t.Month()), int64(d.t.Day()),
			int64(d.t.Hour()), int64(d.t.Minute()), int64(d.t.Second()), int64(d.t.Nanosecond()) / 1000,
		})
	if err != nil {
		return nil, err
	}
	t, err := moment(p[0], p[1], p[2], p[3], p[4], p[5], p[6], loc)
	return DateTime{t, aware}, err
}

func (d DateTime) astimezone(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("astimezone", jinja.Opt("tz", nil))
	if err != nil {
		return nil, err
	}
	zone, ok := bound[0].(Zone)
	if !ok {
		zone = Zone{time.UTC}
	}
	return DateTime{d.t.In(zone.loc), true}, nil
}

// BinaryOp adds and subtracts spans, and subtracts moments of the same kind.
func (d DateTime) BinaryOp(_ *jinja.Runtime, op jinja.Op, other jinja.Value, reflected bool) (jinja.Value, bool, error) {
	switch o := other.(type) {
	case Delta:
		sign := 1
		switch {
		case op == jinja.OpAdd:
		case op == jinja.OpSub && !reflected:
			sign = -1
		default:
			return nil, false, nil
		}
		t := o.addTo(d.t, sign)
		return DateTime{t, d.aware}, true, checkYear(t)
	case DateTime:
		if op != jinja.OpSub || reflected {
			return nil, false, nil
		}
		if o.aware != d.aware {
			return nil, false, fault.New(fault.Compile, "can't subtract offset-naive and offset-aware datetimes")
		}
		return NewDelta(0, 0, d.t.UnixMicro()-o.t.UnixMicro()), true, nil
	}
	return nil, false, nil
}
