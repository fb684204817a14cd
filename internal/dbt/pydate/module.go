package pydate

import (
	"math"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// NewDatetime gives the module `datetime` with the classes date, datetime, time,
// timedelta and timezone. now is its clock; its zone is what Python would call
// local.
func NewDatetime(now func() time.Time) jinja.Object { return module{now} }

// NewPytz gives the module `pytz`: utc, UTC and timezone(name).
func NewPytz() jinja.Object { return pytz{} }

type module struct{ now func() time.Time }

// GetAttr gives the classes.
func (m module) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "date":
		return class{"date", callDate, m.dateMethod}, true, nil
	case "datetime":
		return class{"datetime", callDateTime, m.datetimeMethod}, true, nil
	case "time":
		return class{"time", callTime, func(string) method { return nil }}, true, nil
	case "timedelta":
		return class{"timedelta", callDelta, func(string) method { return nil }}, true, nil
	case "timezone":
		return zoneClass{}, true, nil
	case "UTC":
		return Zone{time.UTC}, true, nil
	}
	return nil, false, nil
}

// TypeName is Python's.
func (module) TypeName() string { return "module" }

type method = func(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error)

// class is a type that templates call and ask for class methods.
type class struct {
	name string
	make method
	get  func(name string) method
}

// GetAttr gives a class method.
func (c class) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if fn := c.get(name); fn != nil {
		return jinja.NewFunc(name, fn), true, nil
	}
	return nil, false, nil
}

// Call makes a value.
func (c class) Call(rt *jinja.Runtime, args jinja.Args) (jinja.Value, error) { return c.make(rt, args) }

// TypeName is Python's.
func (class) TypeName() string { return "type" }

// HashKey tells classes apart by name.
func (c class) HashKey() any { return "class:" + c.name }

func callDate(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	p, err := bindInts("date", args, []string{"year", "month", "day"}, []int64{-1, -1, -1})
	if err != nil {
		return nil, err
	}
	return NewDate(p[0], p[1], p[2])
}

func callDateTime(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	loc, aware := time.UTC, false
	kept := jinja.Args{Pos: args.Pos}
	for _, kw := range args.Kw {
		if kw.Name != "tzinfo" {
			kept.Kw = append(kept.Kw, kw)
			continue
		}
		if z, ok := kw.Value.(Zone); ok {
			loc, aware = z.loc, true
		}
	}
	p, err := bindInts("datetime", kept,
		[]string{"year", "month", "day", "hour", "minute", "second", "microsecond"}, []int64{-1, -1, -1, 0, 0, 0, 0})
	if err != nil {
		return nil, err
	}
	t, err := moment(p[0], p[1], p[2], p[3], p[4], p[5], p[6], loc)
	return DateTime{t, aware}, err
}

func callTime(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	p, err := bindInts("time", args, []string{"hour", "minute", "second", "microsecond"}, []int64{0, 0, 0, 0})
	if err != nil {
		return nil, err
	}
	t, err := moment(1900, 1, 1, p[0], p[1], p[2], p[3], time.UTC)
	return Clock{t}, err
}

// callDelta takes whole or broken numbers of each unit.
func callDelta(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	units := []struct {
		name   string
		micros int64
	}{
		{"days", microsPerDay},
		{"seconds", microsPerSecond},
		{"microseconds", 1},
		{"milliseconds", 1000},
		{"minutes", 60 * microsPerSecond},
		{"hours", 3600 * microsPerSecond},
		{"weeks", 7 * microsPerDay},
	}
	params := make([]jinja.Param, len(units))
	for i, u := range units {
		params[i] = jinja.Opt(u.name, int64(0))
	}
	bound, err := args.Bind("timedelta", params...)
	if err != nil {
		return nil, err
	}
	var out Delta
	for i, v := range bound {
		var part Delta
		switch n := v.(type) {
		case int64:
			part = NewDelta(0, 0, units[i].micros)
			part = NewDelta(part.days*n, part.seconds*n, part.micros*n)
		case float64:
			part = NewDelta(0, 0, int64(math.RoundToEven(n*float64(units[i].micros))))
		default:
			return nil, fault.New(fault.Compile, "unsupported type for timedelta %s component: %s", units[i].name, jinja.TypeName(v))
		}
		out = NewDelta(out.days+part.days, out.seconds+part.seconds, out.micros+part.micros)
	}
	return out, nil
}

func (m module) dateMethod(name string) method {
	switch name {
	case "today":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			_, err := args.Bind(name)
			return DateOf(m.now()), err
		}
	case "fromisoformat":
		return oneText(name, func(s string) (jinja.Value, error) {
			d, err := ParseISO(s)
			return DateOf(d.t), err
		})
	case "fromordinal":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			p, err := bindInts(name, args, []string{"ordinal"}, []int64{-1})
			if err != nil {
				return nil, err
			}
			t := time.Date(1, 1, int(p[0]), 0, 0, 0, 0, time.UTC)
			return Date{t}, checkYear(t)
		}
	}
	return nil
}

func (m module) datetimeMethod(name string) method {
	switch name {
	case "now":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Opt("tz", nil))
			if err != nil {
				return nil, err
			}
			if z, ok := bound[0].(Zone); ok {
				return AwareOf(m.now().In(z.loc)), nil
			}
			return NaiveOf(m.now()), nil
		}
	case "today", "utcnow":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			t := m.now()
			if name == "utcnow" {
				t = t.UTC()
			}
			_, err := args.Bind(name)
			return NaiveOf(t), err
		}
	case "strptime":
		return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("date_string"), jinja.Req("format"))
			if err != nil {
				return nil, err
			}
			return Strptime(jinja.Str(bound[0]), jinja.Str(bound[1]))
		}
	case "fromisoformat":
		return oneText(name, func(s string) (jinja.Value, error) { return ParseISO(s) })
	case "fromtimestamp", "utcfromtimestamp":
		return m.fromTimestamp(name)
	case "combine":
		return combine
	}
	return nil
}

func (m module) fromTimestamp(name string) method {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind(name, jinja.Req("timestamp"), jinja.Opt("tz", nil))
		if err != nil {
			return nil, err
		}
		var t time.Time
		switch n := bound[0].(type) {
		case int64:
			t = time.Unix(n, 0)
		case float64:
			t = time.UnixMicro(int64(math.RoundToEven(n * microsPerSecond)))
		default:
			return nil, fault.New(fault.Compile, "%s() takes a number of seconds, not %s", name, jinja.Repr(bound[0]))
		}
		if z, ok := bound[1].(Zone); ok {
			return AwareOf(t.In(z.loc)), nil
		}
		if name == "utcfromtimestamp" {
			return NaiveOf(t.UTC()), nil
		}
		return NaiveOf(t.In(m.now().Location())), nil
	}
}

func combine(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("combine", jinja.Req("date"), jinja.Req("time"))
	if err != nil {
		return nil, err
	}
	clock, ok := bound[1].(Clock)
	var day time.Time
	switch d := bound[0].(type) {
	case Date:
		day = d.t
	case DateTime:
		day = d.t
	default:
		ok = false
	}
	if !ok {
		return nil, fault.New(fault.Compile, "combine() takes a date and a time")
	}
	c := clock.t
	return DateTime{t: time.Date(day.Year(), day.Month(), day.Day(), c.Hour(), c.Minute(), c.Second(), c.Nanosecond(), time.UTC)}, nil
}

func oneText(name string, f func(string) (jinja.Value, error)) method {
	return func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind(name, jinja.Req("date_string"))
		if err != nil {
			return nil, err
		}
		return f(jinja.Str(bound[0]))
	}
}

// zoneClass is datetime.timezone.
type zoneClass struct{}

// GetAttr gives utc.
func (zoneClass) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	if name == "utc" {
		return Zone{time.UTC}, true, nil
	}
	return nil, false, nil
}

// Call makes a zone from a distance to UTC.
func (zoneClass) Call(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("timezone", jinja.Req("offset"), jinja.Opt("name", nil))
	if err != nil {
		return nil, err
	}
	d, ok := bound[0].(Delta)
	if !ok {
		return nil, fault.New(fault.Compile, "timezone() takes a timedelta, not %s", jinja.Repr(bound[0]))
	}
	return fixedZone(d), nil
}

type pytz struct{}

// GetAttr gives utc, UTC and timezone.
func (pytz) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "utc", "UTC":
		return Zone{time.UTC}, true, nil
	case "timezone":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("zone"))
			if err != nil {
				return nil, err
			}
			loc, err := time.LoadLocation(jinja.Str(bound[0]))
			if err != nil {
				return nil, fault.New(fault.Compile, "unknown time zone %s", jinja.Repr(bound[0]))
			}
			return Zone{loc}, nil
		}), true, nil
	}
	return nil, false, nil
}

// TypeName is Python's.
func (pytz) TypeName() string { return "module" }
