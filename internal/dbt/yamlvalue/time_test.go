package yamlvalue_test

import (
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
)

// What isoformat() of PyYAML's value gives.
func TestTimesHaveOneForm(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2024-01-12 09:00:00":               "2024-01-12T09:00:00",
		"2024-1-2  9:00:00":                 "2024-01-02T09:00:00",
		"2024-01-12t09:00:00.5":             "2024-01-12T09:00:00.500000",
		"2024-01-12 09:00:00.1234567":       "2024-01-12T09:00:00.123456",
		"2024-01-12 09:00:00.":              "2024-01-12T09:00:00",
		"2024-01-12T09:00:00Z":              "2024-01-12T09:00:00+00:00",
		"2024-01-12 09:00:00 +1":            "2024-01-12T09:00:00+01:00",
		"2024-01-12 09:00:00-05:30":         "2024-01-12T09:00:00-05:30",
		"2024-01-12 09:00:00-00:00":         "2024-01-12T09:00:00+00:00",
		"2024-01-12":                        "",
		"2024-02-30 09:00:00":               "",
		"2024-01-12 09:00":                  "",
		"'2024-01-12 09:00:00'":             "",
		"!!str 2024-01-12 09:00:00":         "",
		"[2024-01-12 09:00:00]":             "",
		"2024-01-12 09:00:00 in the shop":   "",
		"about 2024-01-12 09:00:00":         "",
		"|\n  2024-01-12 09:00:00 and more": "",
	} {
		n, err := yamlvalue.Read("x.yml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := yamlvalue.Time(n); got != want || ok != (want != "") {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
