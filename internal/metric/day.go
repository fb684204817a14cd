package metric

import (
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// Day is a calendar day, counted from 1 January of the year 1, which is 1. 0 is none of the
// calendar's and means "not given". Days are added to and taken from one another as numbers of days.
type Day int32

const (
	secondsPerDay = 24 * 60 * 60
	// firstDay is the first that can be written as 2006-01-02.
	firstDay Day = 1
	// epoch is 1 January 1970.
	epoch Day = 719_163
)

// DayOf gives the day of a time, in the time's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay) + epoch //nolint:gosec // five million years fit
}

// ParseDay reads 2006-01-02, of the years 1 to 9999.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return 0, fault.New(fault.Usage, "%q is not a day", text).WithHint("write it as 2006-01-02")
	}
	return DayOf(t), nil
}

// Unix gives the days since 1 January 1970, by which other formats count them.
func (d Day) Unix() int32 { return int32(d - epoch) }

// Time is the day's midnight, UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d.Unix())*secondsPerDay, 0).UTC() }

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
