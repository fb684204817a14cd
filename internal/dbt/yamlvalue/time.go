package yamlvalue

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// A time in YAML 1.1's reading: a day with a time of that day, which may have an offset.
var timePattern = regexp.MustCompile(
	`^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?$`)

// Time gives a time that stands in YAML without quotes in the form of ISO 8601, in
// which dbt has it where it renders the YAML, as in 2024-01-12T09:00:00. It answers
// false for everything else, days too, which have one form.
func Time(n *yaml.Node) (string, bool) {
	// Most scalars are told apart from a time by their length and first letters.
	if n.Kind != yaml.ScalarNode || n.Style != 0 || len(n.Value) < len("2024-1-1 9:00:00") || n.Value[4] != '-' {
		return "", false
	}
	m := timePattern.FindStringSubmatch(n.Value)
	if m == nil {
		return "", false
	}
	var parts [6]int
	for i := range parts {
		parts[i], _ = strconv.Atoi(m[i+1]) // digits alone
	}
	micros, _ := strconv.Atoi((m[7] + "000000")[:6])
	t := time.Date(parts[0], time.Month(parts[1]), parts[2], parts[3], parts[4], parts[5], micros*1000, time.UTC)
	if t.Month() != time.Month(parts[1]) || t.Day() != parts[2] || t.Hour() != parts[3] || t.Minute() != parts[4] || t.Second() != parts[5] {
		return "", false // no such time: it stays what is written
	}
	var b strings.Builder
	b.WriteString(t.Format("2006-01-02T15:04:05"))
	if micros > 0 {
		b.WriteString(t.Format(".000000"))
	}
	switch {
	case m[8] != "":
		b.WriteString("+00:00")
	case m[9] != "":
		hours, _ := strconv.Atoi(m[10])
		minutes, _ := strconv.Atoi(m[11]) // "" is none
		b.WriteString(offset(m[9] == "-", hours*60+minutes))
	}
	return b.String(), true
}

// offset writes minutes east of UTC, or west of it, as in +01:00.
func offset(west bool, minutes int) string {
	sign := "+"
	if west && minutes > 0 {
		sign = "-"
	}
	return sign + time.Time{}.Add(time.Duration(minutes)*time.Minute).Format("15:04")
}
