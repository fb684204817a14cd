package yamlvalue

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kith-analytics/kith/internal/jinja"
)

// The implicit types of YAML 1.1, https://yaml.org/type/, in PyYAML's reading.
var (
	intPattern = regexp.MustCompile(`^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*)$`)
	fltPattern = regexp.MustCompile(`^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?)$`)
	// Whole numbers of base 60, as in 12:30, which is 750.
	sixtyPattern = regexp.MustCompile(`^[-+]?[1-9][0-9_]*(:[0-5]?\d)+$`)
)

// scalar gives the value of a scalar node.
func scalar(n *yaml.Node) jinja.Value {
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if quoted || n.Tag == "!!str" && n.Style&yaml.TaggedStyle != 0 {
		return n.Value
	}
	return plain(n.Value)
}

func plain(s string) jinja.Value {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return true
	case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return false
	case ".nan", ".NaN", ".NAN":
		return math.NaN()
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return math.Inf(1)
	case "-.inf", "-.Inf", "-.INF":
		return math.Inf(-1)
	}
	if c := s[0]; c != '-' && c != '+' && c != '.' && (c < '0' || c > '9') {
		return s
	}
	if intPattern.MatchString(s) {
		return integer(s)
	}
	if sixtyPattern.MatchString(s) {
		return sixties(s)
	}
	if fltPattern.MatchString(s) {
		f, err := strconv.ParseFloat(strings.ReplaceAll(s, "_", ""), 64)
		if err == nil {
			return f
		}
	}
	return s
}

func integer(s string) jinja.Value {
	digits := strings.ReplaceAll(s, "_", "")
	sign := ""
	if digits[0] == '-' || digits[0] == '+' {
		sign, digits = strings.TrimPrefix(digits[:1], "+"), digits[1:]
	}
	base := 10
	switch {
	case strings.HasPrefix(digits, "0b"):
		base, digits = 2, digits[2:]
	case strings.HasPrefix(digits, "0x"):
		base, digits = 16, digits[2:]
	case len(digits) > 1 && digits[0] == '0':
		base, digits = 8, digits[1:]
	}
	if v, err := strconv.ParseInt(sign+digits, base, 64); err == nil {
		return v
	}
	if v, ok := new(big.Int).SetString(sign+digits, base); ok {
		return v
	}
	return s
}

func sixties(s string) jinja.Value {
	total, sign := int64(0), int64(1)
	if s[0] == '-' {
		sign = -1
	}
	for part := range strings.SplitSeq(strings.TrimLeft(s, "-+"), ":") {
		n, err := strconv.ParseInt(strings.ReplaceAll(part, "_", ""), 10, 64)
		if err != nil || total > math.MaxInt64/60-60 {
			return s
		}
		total = total*60 + n
	}
	return sign * total
}
