package metric

import (
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// Day is a calendar day, counted from 1970-01-01, which is 0 and means "not given".
type Day int32

const secondsPerDay = 24 * 60 * 60

// DayOf gives the day of a time, in the time's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay) //nolint:gosec // days of all dates that time.Time names in a calendar fit
}

// ParseDay reads 2006-01-02.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fault.New(fault.Usage, "%q is not a day", text).WithHint("write it as 2006-01-02")
	}
	return DayOf(t), nil
}

// Time is the day's midnight, UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String gives 2006-01-02, and nothing for a day that is not given.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2006-01-02, and nothing as a day that is not given.
func (d *Day) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDay(string(text))
	return err
}
