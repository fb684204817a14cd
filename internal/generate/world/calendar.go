package world

import "time"

const (
	second = int64(1e6) // microseconds
	minute = 60 * second
	hour   = 60 * minute
	dayLen = 24 * hour
)

// monthly is trade against an average month: spring is quiet, the fourth quarter
// peaks. weekly is the same for the days of the week. Both have the mean 1.
func monthly(m time.Month) float64 {
	return [...]float64{
		time.January: 0.86, time.February: 0.88, time.March: 0.94, time.April: 0.96,
		time.May: 0.99, time.June: 0.99, time.July: 0.97, time.August: 0.95,
		time.September: 0.99, time.October: 1.06, time.November: 1.19, time.December: 1.22,
	}[m]
}

func weekly(d time.Weekday) float64 {
	return [...]float64{
		time.Sunday: 0.88, time.Monday: 0.92, time.Tuesday: 0.93, time.Wednesday: 0.95,
		time.Thursday: 1.00, time.Friday: 1.12, time.Saturday: 1.20,
	}[d]
}

// season gives the trade of each day from the start on.
func season(start time.Time, days int) []float64 {
	out := make([]float64, days)
	for d := range out {
		date := start.AddDate(0, 0, d)
		out[d] = monthly(date.Month()) * weekly(date.Weekday())
	}
	return out
}

// hourly is the trade by hour of the day in shops and on the web.
func hourly(online bool) []float64 {
	if online {
		return []float64{9, 4, 2, 1, 1, 2, 6, 14, 20, 25, 28, 30, 36, 33, 28, 27, 29, 34, 40, 52, 62, 58, 40, 20}
	}
	return []float64{0, 0, 0, 0, 0, 1, 6, 18, 32, 46, 58, 66, 72, 66, 56, 56, 64, 78, 74, 50, 28, 12, 4, 1}
}

// at gives the time at which a day begins, in microseconds since 1970.
func (w *World) at(day int) int64 { return w.start + int64(day)*dayLen }

// dayOf gives the day of a time, negative before the start.
func (w *World) dayOf(t int64) int {
	d := t - w.start
	if d < 0 {
		return -int((-d + dayLen - 1) / dayLen)
	}
	return int(d / dayLen)
}

// epochDay gives a day as a DATE holds it.
func (w *World) epochDay(day int) int64 { return w.start/dayLen + int64(day) }

// date gives a day as a date.
func (w *World) date(day int) time.Time { return w.cfg.Start.AddDate(0, 0, day) }

// firstOfMonth gives the beginning of a month that is counted from January of year 0.
func firstOfMonth(month int) int64 {
	return time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC).UnixMicro()
}
