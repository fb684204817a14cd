package pydate

import (
	"fmt"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Zone is a time zone: datetime.timezone and pytz's zones alike.
type Zone struct{ loc *time.Location }

func zoneOf(t time.Time) Zone { return Zone{t.Location()} }

// Str is the zone's name.
func (z Zone) Str() string { return z.loc.String() }

// Repr is Python's for UTC, and the name for others.
func (z Zone) Repr() string {
	if z.loc == time.UTC {
		return "<UTC>"
	}
	return "<DstTzInfo '" + z.loc.String() + "'>"
}

// TypeName is Python's.
func (Zone) TypeName() string { return "timezone" }

// Truth is always true.
func (Zone) Truth() bool { return true }

// Equal compares names.
func (z Zone) Equal(other jinja.Value) bool {
	o, ok := other.(Zone)
	return ok && o.loc.String() == z.loc.String()
}

// GetAttr gives zone, localize() and normalize().
func (z Zone) GetAttr(_ *jinja.Runtime, name string) (jinja.Value, bool, error) {
	switch name {
	case "zone":
		return z.loc.String(), true, nil
	case "localize", "normalize":
		return jinja.NewFunc(name, func(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
			bound, err := args.Bind(name, jinja.Req("dt"), jinja.Opt("is_dst", false))
			if err != nil {
				return nil, err
			}
			d, ok := bound[0].(DateTime)
			switch {
			case !ok:
				return nil, fault.New(fault.Compile, "%s() takes a datetime, not %s", name, jinja.Repr(bound[0]))
			case name == "normalize" && d.aware:
				return AwareOf(d.t.In(z.loc)), nil
			case d.aware:
				return nil, fault.New(fault.Compile, "not naive datetime (tzinfo is already set)")
			}
			t := d.t
			return AwareOf(time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), z.loc)), nil
		}), true, nil
	}
	return nil, false, nil
}

// fixedZone is a zone of a constant distance from UTC.
func fixedZone(offset Delta) Zone {
	seconds := int(offset.Micros() / microsPerSecond)
	if seconds == 0 {
		return Zone{time.UTC}
	}
	sign, n := '+', seconds
	if n < 0 {
		sign, n = '-', -n
	}
	return Zone{time.FixedZone(fmt.Sprintf("UTC%c%02d:%02d", sign, n/3600, n/60%60), seconds)}
}
