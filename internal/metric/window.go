package metric

import (
	"cmp"
	"fmt"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// maxPeriods is the most periods that a result may have.
const maxPeriods = 4000

// Span is what the data covers.
type Span struct {
	// First and Last are the first and the last day with data; not given without any.
	First, Last Day
	// AsOf is the snapshot date; days from it on are not counted.
	AsOf Day

	whole Day // the last day that is over, where that is not Last
}

// in is what the data covers by the days of a time zone, which begin and end at other moments than
// those of UTC: the first and the last may be one further, and the last is not over then.
func (s Span) in(zone *time.Location) Span {
	if s.First != 0 {
		end := (s.Last + 1).Time().In(zone)
		s.First, s.Last, s.whole = DayOf(s.First.Time().In(zone)), DayOf(end.Add(-1)), DayOf(end)-1
	}
	return s
}

// over is the last day of the data that is over.
func (s Span) over() Day { return cmp.Or(s.whole, s.Last) }

// window is the days of a figure: the period's days that lie in the range, or those
// that match them in the comparison.
type window struct{ from, to Day }

// period is one step of a result's calendar.
type period struct {
	start    Day // of the whole period
	current  window
	compared window
	complete bool
}

// calendar is the periods of a query, without gaps.
type calendar struct {
	grain      Grain
	periods    []period
	current    window
	compared   window
	hasCompare bool
}

// newCalendar lays out the periods from the first to the last day, both included.
func newCalendar(q Query, span Span) (*calendar, error) {
	grain := q.Grain
	if grain == "" {
		grain = None
	}
	from, to := q.From, q.To
	if from == 0 {
		// Without data one day is as empty as another.
		from = cmp.Or(span.First, to, span.AsOf, epoch)
	}
	if to == 0 || to > span.Last && span.Last != 0 && q.From <= span.Last {
		to = max(span.Last, from)
	}
	if from > to {
		return nil, fault.New(fault.Usage, "the range ends on %s, before it begins on %s", to, from)
	}
	c := &calendar{grain: grain, current: window{from, to}}
	if grain == None {
		c.periods = []period{{start: from, current: c.current, complete: from >= span.First && to <= span.over()}}
	} else {
		for start := grain.start(from); start <= to; start = grain.next(start) {
			if len(c.periods) == maxPeriods {
				return nil, fault.New(fault.Usage, "the range has more than %d periods", maxPeriods).WithHint("ask for a coarser grain")
			}
			end := grain.next(start) - 1
			w := window{max(start, from), min(end, to)}
			c.periods = append(c.periods, period{
				start: start, current: w,
				complete: w.from == start && w.to == end && start >= span.First && end <= span.over(),
			})
		}
	}
	if c.compare(q.Compare); c.hasCompare && c.compared.from < firstDay {
		return nil, fault.New(fault.Usage, "the range that it is compared with would begin before %s", firstDay)
	}
	return c, nil
}

// compare matches each period with the days that it is compared with.
func (c *calendar) compare(how Compare) {
	if how == "" || how == NoCompare {
		return
	}
	c.hasCompare = true
	shift := func(w window) window {
		switch {
		case how == Previous:
			days := c.current.to - c.current.from + 1
			return window{w.from - days, w.to - days}
		case c.grain == Week:
			return window{w.from - 364, w.to - 364}
		}
		earlier := window{yearBefore(w.from), yearBefore(w.to)}
		// Of whole months, the end of February is the end of February.
		if Month.start(w.from) == w.from && endsMonth(w.to) && !endsMonth(earlier.to) {
			earlier.to++
		}
		return earlier
	}
	for i := range c.periods {
		c.periods[i].compared = shift(c.periods[i].current)
	}
	c.compared = shift(c.current)
}

// label names a range as people write it: 1 Jan 2025 to 31 Mar 2025.
func (w window) label() string {
	if w.from == w.to {
		return w.from.Time().Format("2 Jan 2006")
	}
	return fmt.Sprintf("%s to %s", w.from.Time().Format("2 Jan 2006"), w.to.Time().Format("2 Jan 2006"))
}

func (w window) period() Period { return Period{From: w.from, To: w.to, Label: w.label()} }

// zoneOf wants an IANA name of a time zone, which begins with a capital. Go knows others: Local, which is wherever the server
// stands, and files that lie beside the zones, such as posixrules.
func zoneOf(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" || name[0] < 'A' || name[0] > 'Z' {
		return nil, fault.New(fault.Usage, "there is no time zone %q", name).WithHint("use an IANA name such as Europe/Berlin")
	}
	return zone, nil
}
