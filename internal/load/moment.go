package load

import (
	"bytes"
	"math"
	"strconv"

	"github.com/kith-analytics/kith/internal/warehouse"
)

const (
	microsPerSecond = 1_000_000
	secondsPerDay   = 86_400
	microsPerDay    = secondsPerDay * microsPerSecond
	// epoch1900 is day 0 of Excel's usual calendar, 1899-12-30, in days since 1970.
	// It is right from March 1900 on: before that Excel has a day that was not.
	epoch1900 = -25_569
	// epoch1904 is day 0 of the calendar of old Macintosh workbooks.
	epoch1904 = -24_107
)

// moment reads a date or a date with time: microseconds since 1970 for a
// TIMESTAMP, days for a DATE.
func (c *converter) moment(b []byte) (int64, string) {
	if len(c.seen) > 0 && bytes.Equal(b, c.seen) {
		return c.seenValue, ""
	}
	micros, ok := c.parseMoment(b)
	if !ok {
		return 0, reasonDate
	}
	if c.kind == warehouse.KindDate {
		micros = floorDiv(micros, microsPerDay)
	}
	c.seen, c.seenValue = append(c.seen[:0], b...), micros
	return micros, ""
}

func (c *converter) parseMoment(b []byte) (int64, bool) {
	if c.formats&formatISO != 0 {
		if m, ok := parseISO(b); ok {
			return m, true
		}
	}
	for f := formatMDY; f <= formatLast; f <<= 1 {
		if c.formats&f == 0 {
			continue
		}
		var m int64
		var ok bool
		switch f { //nolint:exhaustive // iso is tried above
		case formatMDY, formatDMY, formatYMD:
			m, ok = parseParts(b, f, c.newest)
		case formatExcel:
			m, ok = parseSerial(b, c.epoch)
		case formatUnix:
			m, ok = parseUnix(b, microsPerSecond)
		case formatUnixMS:
			m, ok = parseUnix(b, microsPerSecond/1000)
		case formatUnixUS:
			m, ok = parseUnix(b, 1)
		case formatCompact:
			m, ok = parseCompact(b)
		}
		if ok {
			return m, true
		}
	}
	return 0, false
}

// parseISO reads 2010-12-01, also with " 08:26", "T08:26:00.123", and "Z" or "+02:00".
func parseISO(b []byte) (int64, bool) {
	if len(b) < 10 || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	year, ok1 := number(b[:4])
	month, ok2 := number(b[5:7])
	day, ok3 := number(b[8:10])
	days, ok4 := civil(year, month, day)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return 0, false
	}
	if len(b) == 10 {
		return days * microsPerDay, true
	}
	if b[10] != ' ' && b[10] != 'T' && b[10] != 't' {
		return 0, false
	}
	clock, ok := parseClock(b[11:])
	return days*microsPerDay + clock, ok
}

// newestYear is the last of the hundred years that two digits may mean, where
// nothing else is said.
const newestYear = 2069

// parseParts reads three numbers with / . - or a blank between, and a time behind.
// Two digits of a year mean one of the hundred years up to newest, or to 2069 where
// that is 0. In dmy the month may be a name.
func parseParts(b []byte, f formats, newest int64) (int64, bool) {
	var parts [3]int64
	sizes := [3]int{}
	i := 0
	var separator byte
	for p := range parts {
		start := i
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			i++
		}
		if i == start && p == 1 && f == formatDMY {
			for i < len(b) && (b[i]|0x20 >= 'a' && b[i]|0x20 <= 'z') {
				i++
			}
			parts[p] = monthNamed(b[start:i])
		} else {
			parts[p], _ = number(b[start:i])
		}
		sizes[p] = i - start
		if sizes[p] == 0 || p != 1 && sizes[p] > 4 {
			return 0, false
		}
		if p == 2 {
			break
		}
		if i == len(b) || (b[i] != '/' && b[i] != '.' && b[i] != '-' && b[i] != ' ') || p == 1 && b[i] != separator {
			return 0, false
		}
		separator = b[i]
		i++
	}
	order := [3]int{2, 0, 1} // where year, month and day stand
	switch f {               //nolint:exhaustive // the others have no parts
	case formatDMY:
		order = [3]int{2, 1, 0}
	case formatYMD:
		order = [3]int{0, 1, 2}
	}
	year := parts[order[0]]
	switch sizes[order[0]] {
	case 4:
	case 2:
		if newest == 0 {
			newest = newestYear
		}
		year += newest - newest%100
		if year > newest {
			year -= 100
		}
	default:
		return 0, false
	}
	days, ok := civil(year, parts[order[1]], parts[order[2]])
	if !ok {
		return 0, false
	}
	if i == len(b) {
		return days * microsPerDay, true
	}
	if b[i] != ' ' && b[i] != 'T' {
		return 0, false
	}
	clock, ok := parseClock(trim(b[i+1:]))
	return days*microsPerDay + clock, ok
}

func monthNamed(b []byte) int64 {
	names := []string{
		"january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december",
	}
	for i, name := range names {
		if equalFold(b, name) || equalFold(b, name[:3]) {
			return int64(i + 1)
		}
	}
	return 0
}

// parseClock reads 8:26, 08:26:00 and 08:26:00.123456, then AM or PM, then Z or an
// offset from UTC, and gives microseconds, taken back to UTC.
func parseClock(b []byte) (int64, bool) {
	hour, b, ok := lead(b)
	if !ok || len(b) == 0 || b[0] != ':' {
		return 0, false
	}
	minute, b, ok := lead(b[1:])
	if !ok {
		return 0, false
	}
	var second, micros int64
	if len(b) > 0 && b[0] == ':' {
		if second, b, ok = lead(b[1:]); !ok {
			return 0, false
		}
		if len(b) > 0 && (b[0] == '.' || b[0] == ',') {
			if micros, b, ok = fraction(b[1:]); !ok {
				return 0, false
			}
		}
	}
	if rest := trim(b); len(rest) == 2 && rest[1]|0x20 == 'm' {
		b = nil
		switch half := rest[0] | 0x20; {
		case hour < 1 || hour > 12 || half != 'a' && half != 'p':
			return 0, false
		case half == 'p' && hour < 12:
			hour += 12
		case half == 'a' && hour == 12:
			hour = 0
		}
	}
	if hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	offset, ok := parseOffset(trim(b))
	return ((hour*60+minute)*60+second-offset)*microsPerSecond + micros, ok
}

// parseOffset reads Z, +02, +0200 and +02:00 into seconds; nothing is 0.
func parseOffset(b []byte) (int64, bool) {
	if len(b) == 0 || len(b) == 1 && b[0]|0x20 == 'z' || string(b) == "UTC" {
		return 0, true
	}
	if b[0] != '+' && b[0] != '-' {
		return 0, false
	}
	hours, rest, ok := lead(b[1:])
	if !ok {
		return 0, false
	}
	if len(rest) > 0 && rest[0] == ':' {
		rest = rest[1:]
	}
	var minutes int64
	if len(rest) > 0 {
		if minutes, rest, ok = lead(rest); !ok || len(rest) > 0 {
			return 0, false
		}
	}
	seconds := (hours*60 + minutes) * 60
	if b[0] == '-' {
		seconds = -seconds
	}
	return seconds, hours < 24 && minutes < 60
}

// lead reads one or two digits at the front.
func lead(b []byte) (int64, []byte, bool) {
	const size = 2
	n := 0
	for n < len(b) && n < size && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	value, ok := number(b[:n])
	return value, b[n:], ok
}

// fraction reads the digits behind the point of a second; beyond six they are cut.
func fraction(b []byte) (int64, []byte, bool) {
	var micros int64
	n := 0
	for ; n < len(b) && b[n] >= '0' && b[n] <= '9'; n++ {
		if n < 6 {
			micros = micros*10 + int64(b[n]-'0')
		}
	}
	for i := n; i < 6; i++ {
		micros *= 10
	}
	return micros, b[n:], n > 0
}

func number(b []byte) (int64, bool) {
	var n int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, len(b) > 0 && len(b) <= 18
}

// civil gives the days since 1970 of a date of the Gregorian calendar from year 1
// to 9999; see H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
func civil(year, month, day int64) (int64, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > monthDays(year, month) {
		return 0, false
	}
	if month <= 2 {
		year--
	}
	era := year / 400
	yearOfEra := year - era*400
	dayOfYear := (153*((month+9)%12)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*146097 + dayOfEra - 719468, true
}

func monthDays(year, month int64) int64 {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// parseSerial reads a spreadsheet's days since its epoch, to the nearest
// millisecond: a serial holds no more.
func parseSerial(b []byte, epoch int64) (int64, bool) {
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || math.IsNaN(f) || f < 0 || f >= 2_958_466 { // 10000-01-01
		return 0, false
	}
	const millisPerDay = secondsPerDay * 1000
	return epoch*microsPerDay + int64(math.Round(f*millisPerDay))*1000, true
}

func parseUnix(b []byte, unit int64) (int64, bool) {
	n, err := strconv.ParseInt(string(b), 10, 64)
	const year9999 = 253_402_300_799 * microsPerSecond
	if err != nil || n > year9999/unit || n < -year9999/unit {
		return 0, false
	}
	return n * unit, true
}

// parseCompact reads 20101201 and 20101201082600.
func parseCompact(b []byte) (int64, bool) {
	const day, second = 8, 14
	if len(b) != day && len(b) != second || !digits(b) {
		return 0, false
	}
	year, _ := number(b[:4])
	month, _ := number(b[4:6])
	dom, _ := number(b[6:day])
	days, ok := civil(year, month, dom)
	if !ok || len(b) == day {
		return days * microsPerDay, ok
	}
	hours, _ := number(b[day:10])
	minutes, _ := number(b[10:12])
	seconds, _ := number(b[12:])
	return days*microsPerDay + ((hours*60+minutes)*60+seconds)*microsPerSecond, hours < 24 && minutes < 60 && seconds < 60
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
