package load

import (
	"bytes"
	"unicode/utf8"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// guess gathers what the values of one column can be.
type guess struct {
	values int    // that are not empty
	sample string // the first
	isText bool   // nothing else fits
	noBool bool
	zeros  bool // a whole number with zeros in front, or a long one with a plus: an id, or a telephone number
	// numbers by decimal separator: point, comma.
	numbers [2]numberGuess
	noFloat bool
	// dates that are iso, ymd, or one of these two.
	noMDY, noDMY bool
	onlyISO      bool // no value needed mdy or dmy
	dots         bool // dates have dots
	clock        bool // a value has a time of day
	begun        bool
	// habits of the first values, for a column whose type is known.
	habits habits
}

type numberGuess struct {
	no       bool
	proof    bool // a separator that can only be the decimal one
	grouped  bool
	whole    int // most digits before the separator
	decimals int // most digits behind it
}

func (g *guess) add(field []byte) {
	if !g.begun {
		g.begun, g.onlyISO = true, true
	}
	field = trim(field)
	if len(field) == 0 || noValue(field) {
		return
	}
	g.values++
	if g.values <= presetRows {
		g.habits.add(field)
	}
	if g.sample == "" {
		g.sample = shown(field, sampleLength)
	}
	if g.isText {
		return
	}
	if _, reason := truth(field); reason != "" || len(field) == 1 {
		g.noBool = true
	}
	if len(field) > 1 && (field[0] == '0' || field[0] == '+' && len(field) > telephone) && field[1] >= '0' && field[1] <= '9' {
		g.zeros = true
	}
	for i := range g.numbers {
		g.numbers[i].add(field, i == 1)
	}
	if !g.noFloat {
		_, reason := (&converter{}).float(field)
		g.noFloat = reason != "" || bytes.IndexByte(field, ',') >= 0
	}
	g.addMoment(field)
	g.isText = g.noBool && g.numbers[0].no && g.numbers[1].no && g.noFloat && g.noMDY && g.noDMY
}

func (g *guess) addMoment(field []byte) {
	if g.noMDY && g.noDMY {
		return
	}
	if bytes.IndexByte(field, ':') >= 0 {
		g.clock = true
	}
	if _, ok := parseISO(field); ok {
		return
	}
	if _, ok := parseParts(field, formatYMD, 0); ok {
		g.onlyISO = false
		return
	}
	g.onlyISO = false
	g.dots = g.dots || bytes.IndexByte(field, '.') >= 0
	if _, ok := parseParts(field, formatMDY, 0); !ok {
		g.noMDY = true
	}
	if _, ok := parseParts(field, formatDMY, 0); !ok {
		g.noDMY = true
	}
}

// add looks at a number with the one separator.
func (n *numberGuess) add(b []byte, comma bool) {
	if n.no {
		return
	}
	const wide = 18
	if _, reason := unscaled(b, wide, comma); reason != "" && reason != reasonRange || bytes.ContainsAny(b, "eE") {
		n.no = true
		return
	}
	point, group := byte('.'), byte(',')
	if comma {
		point, group = group, point
	}
	whole, decimals, ok := bytes.Cut(bytes.TrimLeft(b, "+-"), []byte{point})
	n.grouped = n.grouped || bytes.IndexByte(whole, group) >= 0
	n.whole = max(n.whole, len(whole)-bytes.Count(whole, []byte{group}))
	n.decimals = max(n.decimals, len(decimals))
	if ok && len(decimals) != 3 || ok && bytes.IndexByte(whole, group) >= 0 {
		n.proof = true
	}
}

// comma says whether the decimal separator is a comma. Where 1,234 could be both,
// a file with semicolons between its columns is taken for one with decimal commas.
func (g *guess) comma(delimiter byte) bool {
	point, comma := g.numbers[0], g.numbers[1]
	switch {
	case comma.no || comma.decimals == 0:
		return false
	case point.no:
		return true
	case comma.proof != point.proof:
		return comma.proof
	default:
		return delimiter == ';' && point.grouped
	}
}

// resolve gives the type that fits all values, with what the converter must know.
func (g *guess) resolve(delimiter byte) (t colType, f formats, comma bool, note string) {
	if g.values == 0 || g.isText {
		return text(), 0, false, ""
	}
	comma = g.comma(delimiter)
	n := g.numbers[0]
	if comma {
		n = g.numbers[1]
	}
	switch {
	case !g.noBool:
		return boolean(), 0, false, ""
	case !n.no && (g.zeros || n.whole > maxWidth):
		return text(), 0, false, "ids with zeros in front, telephone numbers and more than 18 digits stay text"
	case !n.no && n.decimals == 0:
		return whole(), 0, comma, ""
	case !n.no && n.whole+n.decimals <= maxWidth:
		return decimal(maxWidth, n.decimals), 0, comma, ""
	case !g.noFloat:
		return float(), 0, false, ""
	case g.noMDY && g.noDMY:
		return text(), 0, false, ""
	}
	t = date()
	if g.clock {
		t = timestamp()
	}
	f, note = g.format()
	return t, f, false, note
}

func (g *guess) format() (formats, string) {
	base := formatISO | formatYMD
	switch {
	case g.onlyISO:
		return formatISO, ""
	case g.noMDY && g.noDMY:
		return base, ""
	case g.noDMY:
		return base | formatMDY, ""
	case g.noMDY || g.dots:
		return base | formatDMY, ""
	default:
		return base | formatMDY, noteDates
	}
}

const sampleLength = 40

// telephone is how many digits with a plus in front may still be a number with its sign.
const telephone = 6

// shown makes bytes fit to be shown and stored: valid UTF-8 without NUL, at most
// limit bytes.
func shown(b []byte, limit int) string {
	cut := len(b) > limit
	if cut {
		b = b[:limit]
		for len(b) > 0 && !utf8.FullRune(b[max(0, len(b)-utf8.UTFMax+1):]) && b[len(b)-1] >= utf8.RuneSelf {
			b = b[:len(b)-1]
		}
	}
	if utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
		if cut {
			return string(b) + "..."
		}
		return string(b)
	}
	const hexDigits = "0123456789abcdef"
	var out []byte
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == 0 || r == utf8.RuneError && n == 1 {
			out = append(out, '\\', 'x', hexDigits[b[0]>>4], hexDigits[b[0]&15])
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	if cut {
		out = append(out, "..."...)
	}
	return string(out)
}

// isMoment says whether the type is a date or a timestamp.
func (t colType) isMoment() bool {
	return t.kind == warehouse.KindDate || t.kind == warehouse.KindTimestamp
}

func (t colType) isNumber() bool {
	return t.kind == warehouse.KindInt || t.kind == warehouse.KindDecimal || t.kind == warehouse.KindFloat
}
