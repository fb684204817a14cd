package pydate

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/jinja"
)

// Strftime writes t by a format of Python's directives (%Y-%m-%d ...). Zone
// directives print nothing for a naive moment. An unknown directive is kept as
// written.
func Strftime(t time.Time, aware bool, format string) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		bare := false
		if format[i] == '-' && i+1 < len(format) {
			bare = true
			i++
		}
		part, ok := directive(t, aware, format[i])
		switch {
		case !ok && bare:
			b.WriteString("%-" + format[i:i+1])
		case !ok:
			b.WriteString("%" + format[i:i+1])
		case bare:
			if part = strings.TrimLeft(part, "0 "); part == "" {
				part = "0"
			}
			b.WriteString(part)
		default:
			b.WriteString(part)
		}
	}
	return b.String()
}

func directive(t time.Time, aware bool, c byte) (string, bool) {
	if s, ok := dateDirective(t, c); ok {
		return s, true
	}
	switch c {
	case 'H':
		return fmt.Sprintf("%02d", t.Hour()), true
	case 'I':
		return fmt.Sprintf("%02d", (t.Hour()+11)%12+1), true
	case 'p':
		return t.Format("PM"), true
	case 'M':
		return fmt.Sprintf("%02d", t.Minute()), true
	case 'S':
		return fmt.Sprintf("%02d", t.Second()), true
	case 'f':
		return fmt.Sprintf("%06d", t.Nanosecond()/1000), true
	case 's':
		return strconv.FormatInt(t.Unix(), 10), true
	case 'z':
		if !aware {
			return "", true
		}
		return t.Format("-0700"), true
	case 'Z':
		if !aware {
			return "", true
		}
		return t.Format("MST"), true
	case 'T', 'X':
		return t.Format("15:04:05"), true
	case 'R':
		return t.Format("15:04"), true
	case 'r':
		return t.Format("03:04:05 PM"), true
	case 'c':
		return t.Format("Mon Jan _2 15:04:05 2006"), true
	case 'n':
		return "\n", true
	case 't':
		return "\t", true
	case '%':
		return "%", true
	}
	return "", false
}

func dateDirective(t time.Time, c byte) (string, bool) {
	isoYear, isoWeek := t.ISOWeek()
	switch c {
	case 'Y':
		return strconv.Itoa(t.Year()), true
	case 'y':
		return fmt.Sprintf("%02d", t.Year()%100), true
	case 'C':
		return fmt.Sprintf("%02d", t.Year()/100), true
	case 'm':
		return fmt.Sprintf("%02d", int(t.Month())), true
	case 'd':
		return fmt.Sprintf("%02d", t.Day()), true
	case 'e':
		return fmt.Sprintf("%2d", t.Day()), true
	case 'j':
		return fmt.Sprintf("%03d", t.YearDay()), true
	case 'a':
		return t.Format("Mon"), true
	case 'A':
		return t.Format("Monday"), true
	case 'b', 'h':
		return t.Format("Jan"), true
	case 'B':
		return t.Format("January"), true
	case 'w':
		return strconv.Itoa(int(t.Weekday())), true
	case 'u':
		return strconv.Itoa(isoWeekday(t)), true
	case 'U':
		return fmt.Sprintf("%02d", (t.YearDay()+6-int(t.Weekday()))/7), true
	case 'W':
		return fmt.Sprintf("%02d", (t.YearDay()+7-isoWeekday(t))/7), true
	case 'G':
		return strconv.Itoa(isoYear), true
	case 'V':
		return fmt.Sprintf("%02d", isoWeek), true
	case 'F':
		return fmt.Sprintf("%d-%02d-%02d", t.Year(), int(t.Month()), t.Day()), true
	case 'D', 'x':
		return t.Format("01/02/06"), true
	}
	return "", false
}

func strftimeMethod(t time.Time, aware bool) *jinja.Func {
	return jinja.NewFunc("strftime", func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
		bound, err := args.Bind("strftime", jinja.Req("format"))
		if err != nil {
			return nil, err
		}
		return Strftime(t, aware, jinja.Str(bound[0])), nil
	})
}

func formatOr(spec, plain string, t time.Time, aware bool) (string, error) {
	if spec == "" {
		return plain, nil
	}
	return Strftime(t, aware, spec), nil
}
