package generate

import (
	"sort"
	"time"
)

// calendar turns activity time, in which customers buy evenly, into days. One
// unit of activity is an average year's trade.
type calendar struct {
	start time.Time
	// before[d] is the activity before day d; the last entry is the end's.
	before []float64
	// planned is the number of days that the shop's trade is planned for. More may follow.
	planned int
}

// monthly and weekly are the shares of trade against an average month and a
// busy weekday, measured on a wholesaler of gifts.
func monthly(m time.Month) float64 {
	return [...]float64{
		time.January: 0.80, time.February: 0.82, time.March: 1.00, time.April: 0.98,
		time.May: 1.08, time.June: 1.00, time.July: 0.98, time.August: 0.92,
		time.September: 1.20, time.October: 1.32, time.November: 1.72, time.December: 1.30,
	}[m]
}

func weekly(d time.Weekday) float64 {
	return [...]float64{
		time.Sunday: 0.48, time.Monday: 0.83, time.Tuesday: 0.95, time.Wednesday: 0.95,
		time.Thursday: 1.10, time.Friday: 0.84, time.Saturday: 0,
	}[d]
}

// closed is the shut-down over Christmas and New Year.
func closed(day time.Time) bool {
	_, m, d := day.Date()
	return m == time.December && d >= 24 || m == time.January && d <= 3
}

// activity is the trade of one day in units where an average year sums to 1.
func activity(day time.Time) float64 {
	// perYear is about the sum of the products over a year without the closed days.
	const perYear = 271.0
	if closed(day) {
		return 0
	}
	return monthly(day.Month()) * weekly(day.Weekday()) / perYear
}

func newCalendar(start time.Time, days, more int) calendar {
	c := calendar{start: start, before: make([]float64, days+more+1), planned: days}
	for d := range days + more {
		c.before[d+1] = c.before[d] + activity(c.date(d))
	}
	return c
}

func (c calendar) days() int            { return len(c.before) - 1 }
func (c calendar) date(d int) time.Time { return c.start.AddDate(0, 0, d) }
func (c calendar) end() float64         { return c.before[c.days()] }

// span is the trade of the planned days.
func (c calendar) span() float64 { return c.before[c.planned] }

// share is the part of the span's trade that falls on day d.
func (c calendar) share(d int) float64 {
	return (c.before[d+1] - c.before[d]) / c.span()
}

// dayOf gives the day on which activity time t falls, and c.days() beyond the end.
func (c calendar) dayOf(t float64) int {
	if t >= c.end() {
		return c.days()
	}
	return sort.Search(c.days(), func(d int) bool { return c.before[d+1] > t })
}

// minuteOfDay draws a time within business hours, with the noon peak.
func minuteOfDay(s *stream) int {
	const first = 7 // o'clock
	hourly := [...]float64{2, 34, 98, 160, 171, 214, 182, 169, 166, 105, 65, 18, 12}
	return (first+s.Weighted(hourly[:]))*60 + s.Intn(60)
}
