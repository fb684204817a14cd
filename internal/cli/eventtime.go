package cli

import (
	"time"

	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/app"
	"github.com/kith-analytics/kith/internal/dbt/window"
	"github.com/kith-analytics/kith/internal/fault"
)

// times are the flags about the time of events.
type times struct{ start, end, sample string }

func (f *times) register(fs *pflag.FlagSet) {
	fs.StringVar(&f.start, "event-time-start", "", "build microbatch models from this time on (UTC): 2024-01-31")
	withEnv(fs, "event-time-start", "DBT_EVENT_TIME_START")
	fs.StringVar(&f.end, "event-time-end", "", "build microbatch models up to this time (UTC)")
	withEnv(fs, "event-time-end", "DBT_EVENT_TIME_END")
	fs.StringVar(&f.sample, "sample", "", `read only a window of what has an event_time: "3 days"`)
	withEnv(fs, "sample", "DBT_SAMPLE")
}

// into sets what the flags say.
func (f *times) into(flags app.Flags, now time.Time) (app.Flags, error) {
	if f.sample != "" {
		w, err := window.ParseSample(f.sample, now)
		if err != nil {
			return flags, err
		}
		flags.Sample = &w
	}
	switch {
	case f.start == "" && f.end == "":
		return flags, nil
	case f.start == "":
		return flags, fault.New(fault.Usage, "--event-time-end needs --event-time-start")
	case f.end == "":
		return flags, fault.New(fault.Usage, "--event-time-start needs --event-time-end")
	}
	var ok, also bool
	flags.EventTime.Start, ok = window.ParseTime(f.start)
	flags.EventTime.End, also = window.ParseTime(f.end)
	switch {
	case !ok:
		return flags, fault.New(fault.Usage, "--event-time-start: %q is no time", f.start).WithHint("write it as 2024-01-31 or 2024-01-31T08:00:00")
	case !also:
		return flags, fault.New(fault.Usage, "--event-time-end: %q is no time", f.end).WithHint("write it as 2024-01-31 or 2024-01-31T08:00:00")
	case !flags.EventTime.Start.Before(flags.EventTime.End):
		return flags, fault.New(fault.Usage, "--event-time-start must be before --event-time-end")
	}
	return flags, nil
}
