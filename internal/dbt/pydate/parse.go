package pydate

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// Strptime reads text by a format of Python's directives. The moment is aware
// when the format has %z.
func Strptime(text, format string) (DateTime, error) {
	p := &reader{rest: text, year: 1900, month: 1, day: 1}
	fail := func() (DateTime, error) {
		return DateTime{}, fault.New(fault.Compile, "time data '%s' does not match format '%s'", text, format)
	}
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case c == '%' && i+1 < len(format):
			i++
			if !p.directive(format[i]) {
				return fail()
			}
		case c == ' ' || c == '\t' || c == '\n':
			trimmed := strings.TrimLeft(p.rest, " \t\n")
			if len(trimmed) == len(p.rest) {
				return fail()
			}
			p.rest = trimmed
		case p.rest == "" || p.rest[0] != c:
			return fail()
		default:
			p.rest = p.rest[1:]
		}
	}
	if p.rest != "" {
		return DateTime{}, fault.New(fault.Compile, "unconverted data remains: %s", p.rest)
	}
	return p.moment()
}

// reader takes directives off the start of rest.
type reader struct {
	rest                                string
	year, month, day, hour, minute, sec int64
	micro, yearDay                      int64
	pm, twelve                          bool
	zone                                *time.Location
}

func (p *reader) directive(c byte) bool {
	number := func(to *int64, most int) bool {
		n, ok := p.digits(most)
		*to = n
		return ok
	}
	switch c {
	case 'Y':
		return len(p.rest) >= 4 && number(&p.year, 4)
	case 'y':
		return p.shortYear()
	case 'm':
		return number(&p.month, 2)
	case 'd':
		p.rest = strings.TrimPrefix(p.rest, " ")
		return number(&p.day, 2)
	case 'H':
		return number(&p.hour, 2)
	case 'I':
		p.twelve = true
		return number(&p.hour, 2) && p.hour >= 1 && p.hour <= 12
	case 'M':
		return number(&p.minute, 2)
	case 'S':
		return number(&p.sec, 2)
	case 'j':
		return number(&p.yearDay, 3)
	case 'f':
		return p.fraction()
	case 'p':
		p.twelve = true
		return p.word(func(i int) { p.pm = i == 1 }, "AM", "PM")
	case 'b', 'h':
		return p.word(func(i int) { p.month = int64(i) + 1 }, monthNames("Jan")...)
	case 'B':
		return p.word(func(i int) { p.month = int64(i) + 1 }, monthNames("January")...)
	case 'a':
		return p.word(func(int) {}, dayNames("Mon")...)
	case 'A':
		return p.word(func(int) {}, dayNames("Monday")...)
	case 'z':
		return p.offset()
	case 'Z':
		return p.word(func(int) {}, "UTC", "GMT")
	case 'F':
		return p.all("Y-m-d")
	case 'T':
		return p.all("H:M:S")
	case '%':
		ok := strings.HasPrefix(p.rest, "%")
		p.rest = strings.TrimPrefix(p.rest, "%")
		return ok
	}
	return false
}

// shortYear takes two digits: 69 is 1969, 68 is 2068.
func (p *reader) shortYear() bool {
	n, ok := p.digits(2)
	if p.year = n + 1900; n < 69 {
		p.year += 100
	}
	return ok
}

// fraction takes up to six digits behind a decimal point.
func (p *reader) fraction() bool {
	before := len(p.rest)
	n, ok := p.digits(6)
	for range 6 - (before - len(p.rest)) {
		n *= 10
	}
	p.micro = n
	return ok
}

// all takes directives with single characters between them: "Y-m-d".
func (p *reader) all(parts string) bool {
	for i := range len(parts) {
		if i%2 == 0 {
			if !p.directive(parts[i]) {
				return false
			}
			continue
		}
		if p.rest == "" || p.rest[0] != parts[i] {
			return false
		}
		p.rest = p.rest[1:]
	}
	return true
}

func (p *reader) digits(most int) (int64, bool) {
	n := 0
	for n < len(p.rest) && n < most && p.rest[n] >= '0' && p.rest[n] <= '9' {
		n++
	}
	v, err := strconv.ParseInt(p.rest[:n], 10, 64)
	p.rest = p.rest[n:]
	return v, err == nil
}

func (p *reader) word(found func(i int), words ...string) bool {
	for i, w := range words {
		if len(p.rest) >= len(w) && strings.EqualFold(p.rest[:len(w)], w) {
			p.rest = p.rest[len(w):]
			found(i)
			return true
		}
	}
	return false
}

func (p *reader) offset() bool {
	if strings.HasPrefix(p.rest, "Z") {
		p.rest, p.zone = p.rest[1:], time.UTC
		return true
	}
	m := regexp.MustCompile(`^([+-])(\d\d):?(\d\d)`).FindStringSubmatch(p.rest)
	if m == nil {
		return false
	}
	p.rest = p.rest[len(m[0]):]
	hours, _ := strconv.ParseInt(m[2], 10, 64)
	minutes, _ := strconv.ParseInt(m[3], 10, 64)
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	p.zone = fixedZone(NewDelta(0, seconds, 0)).loc
	return true
}

func (p *reader) moment() (DateTime, error) {
	if p.twelve {
		p.hour %= 12
		if p.pm {
			p.hour += 12
		}
	}
	loc := p.zone
	if loc == nil {
		loc = time.UTC
	}
	if p.yearDay > 0 && p.month == 1 && p.day == 1 {
		t := time.Date(int(p.year), 1, int(p.yearDay), 0, 0, 0, 0, time.UTC)
		p.month, p.day = int64(t.Month()), int64(t.Day())
	}
	t, err := moment(p.year, p.month, p.day, p.hour, p.minute, p.sec, p.micro, loc)
	return DateTime{t, p.zone != nil}, err
}

func monthNames(layout string) []string {
	out := make([]string, 12)
	for i := range out {
		out[i] = time.Date(2000, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC).Format(layout)
	}
	return out
}

func dayNames(layout string) []string {
	out := make([]string, 7)
	for i := range out {
		out[i] = time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(layout)
	}
	return out
}

// ParseISO reads an ISO 8601 date or moment, with blank or T between them.
func ParseISO(text string) (DateTime, error) {
	s := strings.Replace(text, "T", " ", 1)
	for _, f := range []string{
		"%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f",
		"%Y-%m-%d %H:%M%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S.%f%z", "%Y%m%d",
	} {
		if d, err := Strptime(s, f); err == nil {
			return d, nil
		}
	}
	return DateTime{}, fault.New(fault.Compile, "invalid isoformat string: '%s'", text)
}
