package pydate_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/jinja"
)

func scope(t testing.TB) jinja.Scope {
	t.Helper()
	module := pydate.NewDatetime(func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC) })
	names := jinja.MapScope{"pytz": pydate.NewPytz()}
	for short, long := range map[string]string{"dt": "datetime", "date": "date", "td": "timedelta", "time": "time", "tz": "timezone"} {
		v, ok, err := module.GetAttr(nil, long)
		if err != nil || !ok {
			t.Fatalf("no %s: %v", long, err)
		}
		names[short] = v
	}
	return names
}

func render(t testing.TB, template string) (string, error) {
	t.Helper()
	tmpl, err := jinja.Parse("t.sql", template)
	if err != nil {
		t.Fatal(err)
	}
	return jinja.NewRuntime(t.Context(), jinja.Options{}).Render(tmpl, scope(t))
}

// testdata/python.json holds templates with what Python 3.11 gives for them.
func TestLikePython(t *testing.T) {
	raw, err := os.ReadFile("testdata/python.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Template, Want string }
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got, err := render(t, c.Template)
		if err != nil || got != c.Want {
			t.Errorf("%s\n got %s %v\nwant %s", c.Template, got, err, c.Want)
		}
	}
}

func TestTheClockIsTheModules(t *testing.T) {
	got, err := render(t, "{{ dt.now() }} {{ dt.utcnow() }} {{ date.today() }} {{ dt.now(tz.utc) }} {{ dt.today().date() }}")
	if want := "2026-01-02 03:04:05.000006 2026-01-02 03:04:05.000006 2026-01-02 2026-01-02 03:04:05.000006+00:00 2026-01-02"; err != nil || got != want {
		t.Errorf("%s %v", got, err)
	}
}

func TestWhatPythonRefuses(t *testing.T) {
	for template, says := range map[string]string{
		"{{ date(2023, 2, 29) }}":                             "day 29 is out of range",
		"{{ date(2023, 13, 1) }}":                             "month must be in 1..12",
		"{{ date(0, 1, 1) }}":                                 "year 0 is out of range",
		"{{ dt(2024, 1, 1, 24) }}":                            "hour must be in 0..23",
		"{{ date(9999, 12, 31) + td(days=1) }}":               "out of range",
		"{{ dt.strptime('2024-1', '%Y-%m-%d') }}":             "does not match format",
		"{{ dt.strptime('2024-01-01x', '%Y-%m-%d') }}":        "unconverted data remains: x",
		"{{ dt(2024,1,1) - dt(2024,1,1,tzinfo=tz.utc) }}":     "offset-naive and offset-aware",
		"{{ dt(2024,1,1) < dt(2024,1,1,tzinfo=tz.utc) }}":     "'<'",
		"{{ date(2024,1,1) + 1 }}":                            "+",
		"{{ td(days=1) / 0 }}":                                "division",
		"{{ pytz.timezone('Nowhere/Land') }}":                 "unknown time zone",
		"{{ date(2024) }}":                                    "missing",
		"{{ td(days='x') }}":                                  "timedelta days component",
		"{{ date.fromisoformat('today') }}":                   "invalid isoformat string",
		"{{ pytz.utc.localize(dt(2024,1,1,tzinfo=tz.utc)) }}": "not naive",
	} {
		if got, err := render(t, template); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %q %v", template, got, err)
		}
	}
}

// A moment written by a format reads back by it.
func FuzzStrptime(f *testing.F) {
	for _, s := range []string{"%Y-%m-%d", "%d/%b/%y %I:%M %p", "%Y%m%dT%H%M%S.%f%z", "%A %j %%"} {
		f.Add("2024-02-29 10:11:12", s)
		f.Add(pydate.Strftime(time.Date(2024, 2, 29, 10, 11, 12, 5000, time.UTC), true, s), s)
	}
	f.Fuzz(func(t *testing.T, text, format string) {
		d, err := pydate.Strptime(text, format)
		if err != nil {
			return
		}
		again := pydate.Strftime(d.Time(), d.Aware(), "%Y-%m-%d %H:%M:%S.%f")
		if len(again) < len("1-01-01 00:00:00.000000") || d.Time().Year() < 1 || d.Time().Year() > 9999 {
			t.Errorf("%q by %q gives %s", text, format, again)
		}
	})
}
