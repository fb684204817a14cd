package metric

import "time"

// start gives the first day of the period of a grain that holds d; d for None.
func (g Grain) start(d Day) Day {
	t := d.Time()
	switch g {
	case Week:
		return d - Day((int(t.Weekday())+6)%7)
	case Month:
		return date(t.Year(), t.Month(), 1)
	case Quarter:
		return date(t.Year(), (t.Month()-1)/3*3+1, 1)
	case Year:
		return date(t.Year(), 1, 1)
	default:
		return d
	}
}

// next gives the first day of the period after the one that begins with start.
func (g Grain) next(start Day) Day {
	t := start.Time()
	switch g {
	case Week:
		return start + 7
	case Month:
		return date(t.Year(), t.Month()+1, 1)
	case Quarter:
		return date(t.Year(), t.Month()+3, 1)
	case Year:
		return date(t.Year()+1, 1, 1)
	default:
		return start + 1
	}
}

func date(year int, month time.Month, day int) Day {
	return DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// yearBefore gives the same date a year before: 28 February for the 29th.
func yearBefore(d Day) Day {
	t := d.Time()
	if t.Month() == time.February && t.Day() == 29 {
		return date(t.Year()-1, time.February, 28)
	}
	return date(t.Year()-1, t.Month(), t.Day())
}

// endsMonth says whether d is the last day of its month.
func endsMonth(d Day) bool { return (d + 1).Time().Day() == 1 }
