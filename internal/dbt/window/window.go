// Package window cuts time into the windows by which microbatch models are built
// and samples are taken. All times are UTC; a window is [Start, End).
package window

import (
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

// Window is a half-open span of time.
type Window struct{ Start, End time.Time }

// Size is the length of a batch.
type Size string

// The sizes.
const (
	Hour  Size = "hour"
	Day   Size = "day"
	Month Size = "month"
	Year  Size = "year"
)

// ParseSize reads a batch_size.
func ParseSize(text string) (Size, bool) {
	switch s := Size(text); s {
	case Hour, Day, Month, Year:
		return s, true
	}
	return "", false
}

// Truncate gives the start of the batch that t is in.
func (s Size) Truncate(t time.Time) time.Time {
	t = t.UTC()
	switch s {
	case Hour:
		return t.Truncate(time.Hour)
	case Month:
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	case Year:
		return time.Date(t.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	case Day:
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Offset gives the start of the batch that is n batches after the one of t.
func (s Size) Offset(t time.Time, n int) time.Time {
	t = s.Truncate(t)
	switch s {
	case Hour:
		return t.Add(time.Duration(n) * time.Hour)
	case Month:
		return t.AddDate(0, n, 0)
	case Year:
		return t.AddDate(n, 0, 0)
	case Day:
	}
	return t.AddDate(0, 0, n)
}

// Ceiling gives t where a batch begins at it, else the start of the next one.
func (s Size) Ceiling(t time.Time) time.Time {
	if start := s.Truncate(t); start.Equal(t) {
		return start
	}
	return s.Offset(t, 1)
}

// Format names a batch by its start: 2024, 2024-09, 2024-09-17, 2024-09-17T16.
func (s Size) Format(t time.Time) string {
	switch s {
	case Hour:
		return t.UTC().Format("2006-01-02T15")
	case Month:
		return t.UTC().Format("2006-01")
	case Year:
		return t.UTC().Format("2006")
	case Day:
	}
	return t.UTC().Format("2006-01-02")
}

// Plan says which batches a microbatch model is built in.
type Plan struct {
	Size Size
	// Begin is where the model's data begins, Lookback how many batches before the
	// last one are built again.
	Begin    time.Time
	Lookback int
	// Incremental says that the table is there and is added to.
	Incremental bool
	// From and To are what the command line asks for; zero when it does not.
	From, To time.Time
	// Now ends the last batch where To is not given.
	Now time.Time
}

// Batches gives the windows, oldest first; there is at least one.
func (p Plan) Batches() []Window {
	end := p.To
	if end.IsZero() {
		end = p.Now
	}
	end = p.Size.Ceiling(end)
	start := p.Size.Truncate(p.From)
	switch {
	case !p.From.IsZero():
	case !p.Incremental:
		start = p.Size.Truncate(p.Begin)
	default:
		// The end is a boundary, so the last batch begins one before it.
		start = p.Size.Offset(end, -p.Lookback-1)
	}
	out := []Window{{start, p.Size.Offset(start, 1)}}
	for out[len(out)-1].End.Before(end) {
		last := out[len(out)-1].End
		out = append(out, Window{last, p.Size.Offset(last, 1)})
	}
	out[len(out)-1].End = end
	return out
}

// ParseTime reads a date, or a date and time in ISO form; without a zone it is UTC.
func ParseTime(text string) (time.Time, bool) {
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02", "2006-01-02T15:04:05.999999", "2006-01-02 15:04:05.999999", "2006-01-02T15:04", "2006-01-02 15:04",
		"2006-01-02 15:04:05.999999Z07:00",
	} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// ParseSample reads what --sample takes: "3 days", counted back from now, or
// {start: 2024-01-01, end: 2024-01-08}.
func ParseSample(text string, now time.Time) (Window, error) {
	bad := func() error {
		return fault.New(fault.Usage, "--sample: %q is no window of time", text).
			WithHint(`write "3 days" (hours, days, months, years), or "{start: 2024-01-01, end: 2024-01-08}"`)
	}
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		node, err := yamlvalue.Read("--sample", []byte(text))
		if err != nil {
			return Window{}, bad()
		}
		start, ok := ParseTime(yamlvalue.Text(yamlvalue.Get(node, "start")))
		end, also := ParseTime(yamlvalue.Text(yamlvalue.Get(node, "end")))
		if !ok || !also || !start.Before(end) {
			return Window{}, bad()
		}
		return Window{start, end}, nil
	}
	words := strings.Fields(text)
	if len(words) != 2 {
		return Window{}, bad()
	}
	n, err := strconv.Atoi(words[0])
	size, ok := ParseSize(strings.TrimRight(strings.ToLower(words[1]), "s"))
	if err != nil || !ok || n < 1 {
		return Window{}, bad()
	}
	now = now.UTC()
	return Window{size.back(now, n), now}, nil
}

// back goes n sizes back without cutting to the start of one. A day that the
// month there does not have becomes its last.
func (s Size) back(t time.Time, n int) time.Time {
	months := 0
	switch s {
	case Hour:
		return t.Add(-time.Duration(n) * time.Hour)
	case Day:
		return t.AddDate(0, 0, -n)
	case Month:
		months = n
	case Year:
		months = 12 * n
	}
	first := time.Date(t.Year(), t.Month()-time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}
