package pydate

import (
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

const maxYear = 9999

// moment builds a time and refuses parts that the calendar or the clock does not have.
func moment(year, month, day, hour, minute, second, micro int64, loc *time.Location) (time.Time, error) {
	var bad string
	switch {
	case year < 1 || year > maxYear:
		bad = "year %d is out of range"
	case month < 1 || month > 12:
		return time.Time{}, fault.New(fault.Compile, "month must be in 1..12, not %d", month)
	case hour < 0 || hour > 23:
		return time.Time{}, fault.New(fault.Compile, "hour must be in 0..23, not %d", hour)
	case minute < 0 || minute > 59:
		return time.Time{}, fault.New(fault.Compile, "minute must be in 0..59, not %d", minute)
	case second < 0 || second > 59:
		return time.Time{}, fault.New(fault.Compile, "second must be in 0..59, not %d", second)
	case micro < 0 || micro >= microsPerSecond:
		return time.Time{}, fault.New(fault.Compile, "microsecond must be in 0..999999, not %d", micro)
	}
	if bad != "" {
		return time.Time{}, fault.New(fault.Compile, bad, year)
	}
	if last := time.Date(int(year), time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); day < 1 || day > int64(last) {
		return time.Time{}, fault.New(fault.Compile, "day %d is out of range for the month", day)
	}
	return time.Date(int(year), time.Month(month), int(day), int(hour), int(minute), int(second), int(micro)*1000, loc), nil
}

func checkYear(t time.Time) error {
	if y := t.Year(); y < 1 || y > maxYear {
		return fault.New(fault.Compile, "date value out of range")
	}
	return nil
}

func calendarPart(t time.Time, name string) (jinja.Value, bool) {
	switch name {
	case "year":
		return int64(t.Year()), true
	case "month":
		return int64(t.Month()), true
	case "day":
		return int64(t.Day()), true
	case "weekday":
		return fixed(name, int64(isoWeekday(t)-1)), true
	case "isoweekday":
		return fixed(name, int64(isoWeekday(t))), true
	case "isocalendar":
		year, week := t.ISOWeek()
		return fixed(name, jinja.NewTuple(int64(year), int64(week), int64(isoWeekday(t)))), true
	}
	return nil, false
}

func clockPart(t time.Time, name string) (jinja.Value, bool) {
	switch name {
	case "hour":
		return int64(t.Hour()), true
	case "minute":
		return int64(t.Minute()), true
	case "second":
		return int64(t.Second()), true
	case "microsecond":
		return int64(t.Nanosecond() / 1000), true
	}
	return nil, false
}

// isoWeekday counts from Monday = 1 to Sunday = 7.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// ordinal counts days from 0001-01-01 = 1.
func ordinal(t time.Time) int64 {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (day.Unix()-first.Unix())/secondsPerDay + 1
}

// fixed is a method without arguments that gives v.
func fixed(name string, v jinja.Value) *jinja.Func {
	return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		_, err := args.Bind(name)
		return v, err
	})
}

// bindInts binds whole numbers; a default of -1 marks one that must be given.
func bindInts(fn string, args jinja.Args, names []string, defaults []int64) ([]int64, error) {
	params := make([]jinja.Param, len(names))
	for i, n := range names {
		params[i] = jinja.Opt(n, defaults[i])
		params[i].Required = defaults[i] < 0
	}
	bound, err := args.Bind(fn, params...)
	if err != nil {
		return nil, err
	}
	out := make([]int64, len(bound))
	for i, v := range bound {
		n, ok := v.(int64)
		if !ok {
			return nil, fault.New(fault.Compile, "%s() takes whole numbers, not %s for %s", fn, jinja.Repr(v), params[i].Name)
		}
		out[i] = n
	}
	return out, nil
}
