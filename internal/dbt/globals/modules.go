package globals

import (
	"github.com/kith-analytics/kith/internal/dbt/pydate"
	"github.com/kith-analytics/kith/internal/jinja"
)

// modules is what templates may use of Python's library: datetime, pytz, re and
// itertools.
func (inv *Invocation) modules() jinja.Value {
	d := jinja.NewDict()
	d.SetStr("datetime", pydate.NewDatetime(inv.Now))
	d.SetStr("pytz", pydate.NewPytz())
	d.SetStr("re", reModule())
	d.SetStr("itertools", itertoolsModule())
	return d
}

func (inv *Invocation) runStartedAt() jinja.Value {
	return pydate.AwareOf(inv.StartedAt)
}
