package load

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kith-analytics/kith/internal/warehouse"
)

func convert(c converter, field string) (any, string) {
	v := &warehouse.Vector{Kind: c.kind, Scale: c.scale}
	if reason := c.add(v, []byte(field)); reason != "" {
		if v.Len() != 0 {
			return nil, "a value was left behind"
		}
		return nil, reason
	}
	return v.Value(0), ""
}

func TestConvert(t *testing.T) {
	t.Parallel()
	small, _ := parseType("INTEGER")
	for _, c := range []struct {
		conv   converter
		fields map[string]string // value as text, or "! " and the reason
	}{
		{converter{colType: whole()}, map[string]string{
			"6": "6", "+6": "6", "6.0": "6", "1,234": "1234", "": "<nil>", "NULL": "<nil>", "n/a": "<nil>",
			"9223372036854775807": "9223372036854775807", "9223372036854775808": "! " + reasonRange,
			"6.5": "! " + reasonWhole, "6x": "! " + reasonWhole, "1,23": "! " + reasonWhole, "-": "! " + reasonWhole, "1e3": "1000", "0x10": "! " + reasonWhole,
		}},
		{converter{colType: small}, map[string]string{"2147483647": "2147483647", "2147483648": "! " + reasonRange}},
		{converter{colType: decimal(6, 2)}, map[string]string{
			"2.55": "2.55", "2.5": "2.50", "2": "2.00", ".5": "0.50", "5.": "5.00", "-0.01": "-0.01", "2.550": "2.55", "1,234.5": "1234.50",
			"2.555": "! " + reasonDecimals, "10000": "! " + reasonRange, "1.2.3": "! " + reasonNumber, "1,2": "! " + reasonNumber,
			"£2": "! " + reasonNumber, "1e-2": "0.01", "25e-1": "2.50", ".": "! " + reasonNumber, "12,34,567": "! " + reasonNumber,
		}},
		{converter{colType: decimal(6, 2), comma: true}, map[string]string{"2,55": "2.55", "1.234,5": "1234.50", "2.55": "! " + reasonNumber}},
		{converter{colType: float()}, map[string]string{"2.5": "2.5", "1e300": "1e+300", "1e999": "! " + reasonNumber, "0x1p4": "! " + reasonNumber, "1_0": "! " + reasonNumber, "nan": "<nil>", "inf": "! " + reasonNumber}},
		{converter{colType: float(), comma: true}, map[string]string{"2,5": "2.5"}},
		{converter{colType: boolean()}, map[string]string{"TRUE": "true", "n": "false", "1": "true", "2": "! " + reasonBool}},
		{converter{colType: text()}, map[string]string{" a ": " a ", "": "<nil>", "  \t": "<nil>", "NULL": "NULL"}},
		{converter{colType: text(), id: true}, map[string]string{"17850.0": "17850", "A.0": "A.0", ".0": ".0", "007": "007"}},
		{converter{colType: text(), nulls: []string{"none"}, notNull: true}, map[string]string{"none": "! " + reasonEmpty, "": "! " + reasonEmpty, "a": "a"}},
		{converter{colType: timestamp(), formats: formatISO | formatMDY, epoch: epoch1900}, map[string]string{
			"2010-12-01 08:26:00": "2010-12-01T08:26:00Z", "2010-12-01": "2010-12-01T00:00:00Z", "2010-12-01T08:26": "2010-12-01T08:26:00Z",
			"2010-12-01T08:26:00.5Z": "2010-12-01T08:26:00.5Z", "2010-12-01 08:26:00+05:30": "2010-12-01T02:56:00Z", "2010-12-01 00:26 -0800": "2010-12-01T08:26:00Z",
			"12/1/2010 8:26": "2010-12-01T08:26:00Z", "12/1/10 8:26": "2010-12-01T08:26:00Z", "12/1/2010 8:26 PM": "2010-12-01T20:26:00Z",
			"12/1/2010 12:05 am": "2010-12-01T00:05:00Z", "2/29/2012": "2012-02-29T00:00:00Z",
			"13/12/2010 8:26": "! " + reasonDate, "2/29/2011": "! " + reasonDate, "2010-12-01 25:00": "! " + reasonDate, "2010-12-01 8:26:00:00": "! " + reasonDate,
			"40513.35": "! " + reasonDate, "20101201": "! " + reasonDate, "2010-12-01 13:00 PM": "! " + reasonDate, "12/1-2010": "! " + reasonDate,
		}},
		{converter{colType: date(), formats: formatDMY | formatYMD}, map[string]string{
			"31.12.2010": "2010-12-31T00:00:00Z", "2010/12/31": "2010-12-31T00:00:00Z", "1-Dec-2010": "2010-12-01T00:00:00Z", "1 december 69": "2069-12-01T00:00:00Z",
			"1.1.70 10:00": "1970-01-01T00:00:00Z", "31-12-1969 23:59": "1969-12-31T00:00:00Z", "1-Dez-2010": "! " + reasonDate,
		}},
		{converter{colType: timestamp(), formats: formatExcel, epoch: epoch1900}, map[string]string{
			"40513.351388888892": "2010-12-01T08:26:00Z", "1": "1899-12-31T00:00:00Z", "-1": "! " + reasonDate, "3000000": "! " + reasonDate,
		}},
		{converter{colType: timestamp(), formats: formatExcel, epoch: epoch1904}, map[string]string{"39051.351388888892": "2010-12-01T08:26:00Z"}},
		{converter{colType: timestamp(), formats: formatUnix}, map[string]string{"1291191960": "2010-12-01T08:26:00Z", "99999999999999": "! " + reasonDate}},
		{converter{colType: timestamp(), formats: formatUnixMS}, map[string]string{"1291191960500": "2010-12-01T08:26:00.5Z"}},
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

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "seconds"), 0).UTC()
		for layout, f := range map[string]formats{
			time.RFC3339: formatISO, "2006-01-02 15:04:05": formatISO, "1/2/2006 3:04:05 PM": formatMDY, "02.01.2006 15:04:05": formatDMY,
			"2006/1/2 15:04:05": formatYMD, "2-Jan-2006 15:04:05": formatDMY,
		} {
			got, reason := convert(converter{colType: timestamp(), formats: f}, want.Format(layout))
			if reason != "" || !want.Equal(got.(time.Time)) {
				t.Fatalf("%s gives %v %s", want.Format(layout), got, reason)
			}
		}
	})
}

func FuzzNumbersAreExact(f *testing.F) {
	for _, seed := range []string{"0", "-1.5", "12,345.678", "1e5", "1.", ".1", "999999999999999999", "--1", "1,2,3", "9223372036854775808"} {
		f.Add(seed, byte(4), false)
	}
	f.Fuzz(func(t *testing.T, s string, scale byte, comma bool) {
		if s = string(trim([]byte(s))); s == "" {
			return
		}
		n, reason := unscaled([]byte(s), int(scale%19), comma)
		if reason != "" || strings.ContainsAny(s, "eE") {
			return
		}
		plain := string(pointed([]byte(s), comma))
		want, ok := new(big.Rat).SetString(plain)
		if !ok {
			t.Fatalf("%q is read as %d, and is no number", s, n)
		}
		scaled := new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale%19)), nil))
		if scaled.Cmp(want) != 0 {
			t.Fatalf("%q is read as %s", s, scaled)
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, seed := range []string{"2010-12-01 08:26:00", "12/1/2010 8:26 PM", "1-Dec-10", "40513.35", "2010-12-01T08:26:00.123+02:00", "::", "//"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for fm := formatISO; fm <= formatLast; fm <<= 1 {
			c := converter{colType: timestamp(), formats: fm, epoch: epoch1900}
			if m, ok := c.parseMoment([]byte(s)); ok {
				if year := time.UnixMicro(m).UTC().Year(); year < -1 || year > 10_000 {
					t.Fatalf("%q in %s gives the year %d", s, fm, year)
				}
			}
		}
	})
}

func FuzzJSONLines(f *testing.F) {
	for _, seed := range []string{`{"a":1,"b":[1,{"c":"}"}]}`, `{}`, `{"a":"\u00fc\"","b":null}`, "{\"a\":1}\n[]\n\n{", `{"a" : {"x":1} , "b" : true }`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		j := newJSONReader(strings.NewReader(s), nil, 100)
		var rec record
		rows := int64(0)
		for j.next(&rec) == nil {
			rows++
			if rec.reason == "" && len(rec.fields) > len(j.names) {
				t.Fatalf("%d values of %d columns", len(rec.fields), len(j.names))
			}
		}
		if want := int64(strings.Count(s, "\n") + 1); rows > want {
			t.Fatalf("%d rows in %d lines", rows, want)
		}
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"InvoiceNo": "invoice_no", "Customer ID": "customer_id", "SKU": "sku", "SKUCode": "sku_code", "unit-price": "unit_price", " a  b ": "a_b",
		"2nd": "c_2nd", "Größe": "größe", "%": "", "price2Pay": "price2_pay", "Q1 Sales ($)": "q1_sales",
	} {
		if got := snake(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	if d := distance("InvoiceDate", "InvoceDat"); d != 2 {
		t.Errorf("the distance is %d, want 2", d)
	}
}
