package load

import "bytes"

// habits counts how the values of a column are written. Where the type of a column
// is known, the majority decides, so that a few broken values change nothing.
type habits struct {
	// numbers that can be read with the decimal separator, and those in which it can
	// only be that: point, comma.
	reads, proves [2]int
	// dates by format; those that only one of mdy and dmy can read; those with dots.
	iso, ymd, mdy, dmy, onlyMDY, onlyDMY, dots int
	// moments written as whole numbers.
	serials, seconds, millis, micros, compact int
}

func (h *habits) add(field []byte) {
	h.addMoment(field)
	plain, _ := undressed(field, make([]byte, 0, len(field)))
	if len(plain) == 0 {
		return
	}
	for i := range h.reads {
		var n numberGuess
		if n.add(plain, i == 1); n.no {
			continue
		}
		h.reads[i]++
		if n.proof || n.decimals > 0 && leadingZero(plain) {
			h.proves[i]++
		}
	}
}

// leadingZero knows 0.125 and 0,125, in which nothing can be thousands.
func leadingZero(b []byte) bool {
	b = bytes.TrimLeft(b, "+-")
	return len(b) > 1 && b[0] == '0'
}

func (h *habits) addMoment(field []byte) {
	if digits(field) {
		h.addStamp(field)
		return
	}
	if _, ok := parseISO(field); ok {
		h.iso++
		return
	}
	if _, ok := parseParts(field, formatYMD, 0); ok {
		h.ymd++
		return
	}
	_, mdy := parseParts(field, formatMDY, 0)
	_, dmy := parseParts(field, formatDMY, 0)
	if mdy {
		h.mdy++
	}
	if dmy {
		h.dmy++
	}
	switch {
	case mdy && !dmy:
		h.onlyMDY++
	case dmy && !mdy:
		h.onlyDMY++
	}
	if (mdy || dmy) && bytes.IndexByte(field, '.') >= 0 {
		h.dots++
	}
}

// addStamp takes a whole number for what has as many digits in our time.
func (h *habits) addStamp(field []byte) {
	if _, ok := parseCompact(field); ok {
		h.compact++
		return
	}
	switch len(field) {
	case 4, 5:
		h.serials++
	case 9, 10:
		h.seconds++
	case 12, 13:
		h.millis++
	case 15, 16:
		h.micros++
	}
}

// comma says whether the decimal separator is a comma; sure is false where the
// values do not tell.
func (h *habits) comma(delimiter byte) (comma, sure bool) {
	point, other := 0, 1
	switch {
	case h.proves[other] != h.proves[point]:
		return h.proves[other] > h.proves[point], true
	case h.reads[other] != h.reads[point]:
		return h.reads[other] > h.reads[point], true
	default:
		return delimiter == ';', false
	}
}

// formats gives the formats of the column's dates. sure is false where day and
// month cannot be told apart; the format is then mdy.
func (h *habits) formats() (f formats, sure bool) {
	words := h.iso + h.ymd + max(h.mdy, h.dmy)
	best, most := formats(0), words
	for _, s := range []struct {
		format formats
		count  int
	}{{formatExcel, h.serials}, {formatUnix, h.seconds}, {formatUnixMS, h.millis}, {formatUnixUS, h.micros}, {formatCompact, h.compact}} {
		if s.count > most {
			best, most = s.format, s.count
		}
	}
	if best != 0 {
		return best | formatISO, true
	}
	if h.ymd+h.mdy+h.dmy == 0 {
		return formatISO, true
	}
	f = formatISO | formatYMD
	switch {
	case h.mdy+h.dmy == 0:
		return f, true
	case h.onlyDMY > h.onlyMDY, h.onlyDMY == h.onlyMDY && h.dots > 0:
		return f | formatDMY, true
	default:
		return f | formatMDY, h.onlyMDY > h.onlyDMY
	}
}
