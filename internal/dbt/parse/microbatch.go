package parse

import (
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/window"
	"github.com/kith-analytics/kith/internal/fault"
)

// checkMicrobatch asks of microbatch models what their windows are made from.
func (p *parser) checkMicrobatch() error {
	for _, id := range sortedIDs(p.out.Nodes) {
		n := p.out.Nodes[id]
		if !n.Microbatch() {
			continue
		}
		if problem, hint := microbatchProblem(n); problem != "" {
			return fault.New(fault.Parse, "the microbatch model %s %s", n.Name, problem).At(p.shown(n), 1).WithHint("%s", hint)
		}
	}
	return nil
}

func microbatchProblem(n *manifest.Node) (problem, hint string) {
	if n.Config.String("event_time") == "" {
		return "has no event_time", "add event_time: and the name of the column that says when a row happened"
	}
	begin, _ := n.Config.Get("begin")
	if begin == nil {
		return "has no begin", "add begin: and the date from which there is data"
	}
	if _, ok := window.ParseTime(str(begin)); !ok {
		return "has the begin " + str(begin) + ", which is no date", "write it as 2024-01-31 or 2024-01-31 08:00:00"
	}
	if _, ok := window.ParseSize(n.Config.String("batch_size")); !ok {
		return "has no batch_size", "add batch_size: hour, day, month or year"
	}
	if v, _ := n.Config.Get("lookback"); v != nil {
		if _, ok := v.(int64); !ok {
			return "has the lookback " + strings.TrimSpace(str(v)) + ", which is no whole number", "write lookback: 1"
		}
	}
	return "", ""
}
