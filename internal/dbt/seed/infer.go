package seed

import (
	"math"
	"math/big"
	"regexp"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/jinja"
)

// patterns are the forms of values that inference knows.
type patterns struct {
	number   *regexp.Regexp // as the engine casts it
	date     *regexp.Regexp
	dateTime *regexp.Regexp // date and time, a blank between
	iso      *regexp.Regexp // date and time, T between, as the engine casts it
}

func newPatterns() *patterns {
	return &patterns{
		number:   regexp.MustCompile(`^[+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$`),
		date:     regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}$`),
		dateTime: regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{1,2}:\d{1,2}$`),
		iso:      regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$`),
	}
}

// currencies are the signs that dbt strips from the ends of a number.
const currencies = "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"

// column is what inference has learned of one column.
type column struct {
	forced bool // has a type of its own: nothing to infer

	notNumber, notDate, notDateTime, notISO, notBool bool
	decimals, nonFinite                              bool
	rough                                            bool    // some value must be cleaned before the engine casts it
	least, most                                      big.Int // of whole numbers
	seen                                             bool    // a value that is not blank
}

// isNull says whether inference takes a value for blank.
func isNull(trimmed string) bool { return trimmed == "" || strings.EqualFold(trimmed, "null") }

// observe narrows what the column can be. Text stands at the end: it is what is
// left when nothing else is.
func (c *column) observe(p *patterns, value string) {
	if c.forced || (c.notNumber && c.notDate && c.notDateTime && c.notISO && c.notBool) {
		return
	}
	trimmed := strings.TrimSpace(value)
	if isNull(trimmed) {
		c.rough = c.rough || value != ""
		return
	}
	c.seen = true
	c.rough = c.rough || trimmed != value
	if !c.notNumber {
		c.observeNumber(p, trimmed)
	}
	c.notDate = c.notDate || !p.date.MatchString(trimmed) || !parses(trimmed, "%Y-%m-%d")
	c.notDateTime = c.notDateTime || !p.dateTime.MatchString(trimmed) || !parses(trimmed, "%Y-%m-%d %H:%M:%S")
	c.notISO = c.notISO || !p.iso.MatchString(trimmed) || !isISO(trimmed)
	if !c.notBool {
		c.notBool = !strings.EqualFold(trimmed, "true") && !strings.EqualFold(trimmed, "false")
	}
}

func parses(text, format string) bool {
	_, err := pydate.Strptime(text, format)
	return err == nil
}

func isISO(text string) bool {
	_, err := parseISO(text)
	return err == nil
}

// parseISO reads what the iso pattern lets through; digits past the microsecond are dropped.
func parseISO(text string) (pydate.DateTime, error) {
	if dot := strings.IndexByte(text, '.'); dot >= 0 {
		end := dot + 1
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		text = text[:min(end, dot+7)] + text[end:]
	}
	if at := strings.LastIndexAny(text, "+-"); at > len("2006-01-02") && len(text)-at == 3 {
		text += "00"
	}
	return pydate.ParseISO(text)
}

// observeNumber tries a value as a number, written plainly or as money or a share.
func (c *column) observeNumber(p *patterns, trimmed string) {
	if !p.number.MatchString(trimmed) {
		plain, ok := plainNumber(p, trimmed)
		if !ok {
			c.notNumber = true
			return
		}
		c.rough = true
		trimmed = plain
	}
	if strings.EqualFold(strings.TrimLeft(trimmed, "+-"), "nan") || strings.Contains(strings.ToLower(trimmed), "inf") {
		c.nonFinite = true
		return
	}
	rat, ok := exact(trimmed)
	switch {
	case !ok:
		c.nonFinite = true // too large to be written out: a float holds its size
	case !rat.IsInt():
		c.decimals = true
	default:
		n := rat.Num()
		if n.Cmp(&c.least) < 0 {
			c.least.Set(n)
		}
		if n.Cmp(&c.most) > 0 {
			c.most.Set(n)
		}
	}
}

// maxExponent bounds the numbers that are kept exactly: 1e999999999 is a few
// bytes of text and a gigabyte of digits.
const maxExponent = 400

func exact(text string) (*big.Rat, bool) {
	text = strings.ReplaceAll(text, "_", "")
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		digits := strings.TrimLeft(strings.TrimLeft(text[i+1:], "+-"), "0")
		if len(digits) > 3 || (len(digits) == 3 && digits > "400") {
			return nil, false
		}
	}
	if len(text) > maxExponent {
		return nil, false
	}
	return new(big.Rat).SetString(strings.TrimSuffix(text, "."))
}

// plainNumber takes per cent signs, currency signs and commas off a number.
func plainNumber(p *patterns, trimmed string) (string, bool) {
	s := strings.Trim(trimmed, "%")
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for _, symbol := range currencies {
		s = strings.Trim(s, string(symbol))
	}
	s = strings.TrimSpace(strings.ReplaceAll(s, ",", ""))
	if sign != "" && strings.IndexAny(s, "+-") == 0 {
		return "", false // the engine takes one sign only
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "nan", "inf", "infinity":
		return sign + s, true
	}
	return sign + s, p.number.MatchString(s)
}

// kind gives the type in dbt's terms.
func (c *column) kind() adapter.Kind {
	switch {
	case c.forced:
		return adapter.KindText
	case !c.notNumber:
		return adapter.KindNumber
	case !c.notDate:
		return adapter.KindDate
	case !c.notDateTime, !c.notISO:
		return adapter.KindDateTime
	case !c.notBool:
		return adapter.KindBoolean
	}
	return adapter.KindText
}

// sqlType gives the type of the column to create. Whole numbers that do not fit
// an integer get the least type that holds them; dbt would fail on them.
func (c *column) sqlType() string {
	kind := c.kind()
	if kind != adapter.KindNumber {
		return kind.SQLType(false)
	}
	fits := func(bits uint) bool {
		limit := new(big.Int).Lsh(big.NewInt(1), bits)
		return c.most.Cmp(limit) < 0 && new(big.Int).Neg(&c.least).Cmp(limit) <= 0
	}
	switch {
	case c.decimals, c.nonFinite:
		return kind.SQLType(true)
	case fits(31):
		return kind.SQLType(false)
	case fits(63):
		return "bigint"
	case fits(127):
		return "hugeint"
	default:
		return kind.SQLType(true)
	}
}

// value turns a field into what templates see.
func (c *column) value(p *patterns, field string) (jinja.Value, error) {
	kind := c.kind()
	if kind == adapter.KindText {
		if !c.forced && isNull(strings.TrimSpace(field)) {
			return nil, nil //nolint:nilnil // none is a value
		}
		return field, nil
	}
	trimmed := strings.TrimSpace(field)
	if isNull(trimmed) {
		return nil, nil //nolint:nilnil // none is a value
	}
	switch kind {
	case adapter.KindNumber:
		return numberValue(p, trimmed)
	case adapter.KindDate:
		d, err := pydate.Strptime(trimmed, "%Y-%m-%d")
		return pydate.DateOf(d.Time()), err
	case adapter.KindDateTime:
		if !c.notDateTime {
			return pydate.Strptime(trimmed, "%Y-%m-%d %H:%M:%S")
		}
		return parseISO(trimmed)
	default:
		return strings.EqualFold(trimmed, "true"), nil
	}
}

func numberValue(p *patterns, trimmed string) (jinja.Value, error) {
	if !p.number.MatchString(trimmed) {
		trimmed, _ = plainNumber(p, trimmed)
	}
	rat, ok := exact(trimmed)
	switch {
	case !ok && strings.Contains(strings.ToLower(trimmed), "nan"):
		return math.NaN(), nil
	case !ok && strings.HasPrefix(trimmed, "-"):
		return math.Inf(-1), nil
	case !ok:
		return math.Inf(1), nil
	case rat.IsInt() && rat.Num().IsInt64():
		return rat.Num().Int64(), nil
	case rat.IsInt():
		return rat.Num(), nil
	}
	return jinja.ParseDecimal(strings.ReplaceAll(trimmed, "_", ""))
}
