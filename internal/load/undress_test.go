package load

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMoneyAndPercent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		conv   converter
		fields map[string]string // value as text, or "! " and the reason
	}{
		{converter{colType: decimal(18, 2), money: true}, map[string]string{
			"2.5": "2.50", "$1,234.50": "1234.50", "$ 5": "5.00", "5 $": "5.00", "€5": "5.00", "5€": "5.00", "US$ 5": "5.00", "USD 5": "5.00", "5.25 EUR": "5.25",
			"kr 12": "12.00", "12 kr": "12.00", "(12.00)": "-12.00", "($12.00)": "-12.00", "-$12.00": "-12.00", "$-12.00": "-12.00", "12.00-": "-12.00", "−3": "-3.00",
			"1 234.5": "1234.50", "1\u00a0234.5": "1234.50", "1\u202f234\u202f567.5": "1234567.50", "CHF 1'234.50": "1234.50", "1’234": "1234.00", "+3": "3.00", "1e2": "100.00",
			"5%": "! " + reasonNumber, "1 23.5": "! " + reasonNumber, "12 34": "! " + reasonNumber, "free": "! " + reasonNumber, "EUR": "! " + reasonNumber,
			"$": "! " + reasonNumber, "(-5)": "! " + reasonNumber, "5 apples": "! " + reasonNumber, "5 5": "! " + reasonNumber, "()": "! " + reasonNumber, "--5": "! " + reasonNumber,
			"$1.005": "! " + reasonDecimals, "n/a": "<nil>", "": "<nil>",
		}},
		{converter{colType: decimal(18, 2), money: true, comma: true}, map[string]string{
			"1.234,50 €": "1234.50", "€ 1.234,50": "1234.50", "1 234,5": "1234.50", "-9,95": "-9.95", "1.234.567,00": "1234567.00",
		}},
		{converter{colType: decimal(9, 6), percent: true}, map[string]string{
			"5 %": "0.050000", "5%": "0.050000", "-0.5%": "-0.005000", "0.05": "0.050000", "5": "5.000000", "0.0001 %": "0.000001", "0.00001 %": "! " + reasonDecimals, "(5%)": "-0.050000",
		}},
		{converter{colType: decimal(9, 6), percent: true, comma: true}, map[string]string{"5,4 %": "0.054000", "5,4": "5.400000"}},
		{converter{colType: float(), percent: true}, map[string]string{"5 %": "0.05", "0.5": "0.5"}},
		{converter{colType: decimal(9, 2)}, map[string]string{"$5": "! " + reasonNumber, "5 %": "! " + reasonNumber}},
		{converter{colType: boolean(), trues: []string{"opted in"}, falses: []string{"no", "opted out"}}, map[string]string{
			"Opted In": "true", "OPTED OUT": "false", "yes": "true", "0": "false", "maybe": "! " + reasonBool,
		}},
		{converter{colType: timestamp(), formats: formatUnixUS}, map[string]string{"1711965600123456": "2024-04-01T10:00:00.123456Z"}},
		{converter{colType: timestamp(), formats: formatCompact}, map[string]string{
			"20240229": "2024-02-29T00:00:00Z", "20240229235959": "2024-02-29T23:59:59Z", "20230229": "! " + reasonDate, "20240229240000": "! " + reasonDate, "2024022": "! " + reasonDate,
		}},
		{converter{colType: date(), formats: formatDMY, newest: 2024}, map[string]string{
			"24.12.71": "1971-12-24T00:00:00Z", "24.12.24": "2024-12-24T00:00:00Z", "24.12.25": "1925-12-24T00:00:00Z", "1.1.1899": "1899-01-01T00:00:00Z",
		}},
	} {
		for field, want := range c.fields {
			value, reason := convert(c.conv, field)
			got := fmt.Sprint(value)
			if at, ok := value.(time.Time); ok {
				got = at.Format(time.RFC3339Nano)
			}
			if reason != "" {
				got = "! " + reason
			}
			if got != want {
				t.Errorf("%s %q gives %s, want %s", c.conv.sql, field, got, want)
			}
		}
	}
}

// TestDressedMoneyIsExact writes amounts in the ways of shops and banks and reads
// them back.
func TestDressedMoneyIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(t, "cents")
		comma := rapid.Bool().Draw(t, "comma")
		group := rapid.SampledFrom([]string{"", " ", "\u00a0", "'", "sep"}).Draw(t, "group")
		point := "."
		if comma {
			point = ","
		}
		if group == "sep" {
			group = map[bool]string{false: ",", true: "."}[comma]
		}
		whole := strconv.FormatInt(max(cents, -cents)/100, 10)
		var groups []string
		for len(whole) > 3 {
			groups = append([]string{whole[len(whole)-3:]}, groups...)
			whole = whole[:len(whole)-3]
		}
		text := strings.Join(append([]string{whole}, groups...), group) + point + fmt.Sprintf("%02d", max(cents, -cents)%100)
		around := rapid.SampledFrom([]string{"%s", "$%s", "€ %s", "%s €", "%s EUR", "GBP %s", "R$ %s", " %s "}).Draw(t, "around")
		text = fmt.Sprintf(around, text)
		if cents < 0 {
			text = fmt.Sprintf(rapid.SampledFrom([]string{"-%s", "(%s)", "%s-", "− %s"}).Draw(t, "minus"), strings.TrimSpace(text))
		}
		value, reason := convert(converter{colType: decimal(18, 2), money: true, comma: comma}, text)
		if want := big.NewRat(cents, 100).FloatString(2); reason != "" || fmt.Sprint(value) != want {
			t.Fatalf("%q gives %v %s, want %s", text, value, reason, want)
		}
	})
}

// FuzzUndressed holds that nothing but what stands around a number is dropped: the
// digits stay, in their order, or the text is given back as it is.
func FuzzUndressed(f *testing.F) {
	for _, seed := range []string{"€ 1.234,50", "(12)", "5 %", "1'234-", "US$5", "kr", "−", "1 2 3", "\xff5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		number, percent := undressed([]byte(s), nil)
		if string(number) == s {
			return
		}
		keep := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' || r == '.' || r == ',' {
					return r
				}
				return -1
			}, s)
		}
		if keep(string(number)) != keep(s) {
			t.Fatalf("%q becomes %q", s, number)
		}
		if percent && !strings.Contains(s, "%") {
			t.Fatalf("%q has no percent sign", s)
		}
	})
}
