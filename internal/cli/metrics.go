package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

func newMetrics(g *global) *cobra.Command {
	cmd := &cobra.Command{
		Use: "metrics", Short: "List, query and explain the metrics that the project defines", GroupID: groupData, Args: knownCommand,
		Long: `Metrics are defined once, in the project's metrics folder, and asked for by name. Every figure can say
what it means, which SQL it is, which models it comes from and which rows are behind it.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newMetricsList(g), newMetricsQuery(g), newMetricsExplain(g), newMetricsRows(g))
	return cmd
}

// metricFlags are the flags that say what to ask of metrics.
type metricFlags struct {
	grain, from, to, compare, zone, top string
	by, filters                         []string
}

// registerRange adds the flags that every question has.
func (m *metricFlags) registerRange(fs *pflag.FlagSet) {
	fs.StringVar(&m.from, "from", "", "first day, as 2025-01-31 (default: the first with data)")
	fs.StringVar(&m.to, "to", "", "last day, included (default: the last with data)")
	fs.StringArrayVar(&m.filters, "filter", nil, "keep rows, such as country=France, country!=France, r_score>=4, country=France,Spain; again for more")
	fs.StringVar(&m.zone, "time-zone", "", "IANA time zone of the days (default: UTC)")
}

// register adds all flags of a query.
func (m *metricFlags) register(fs *pflag.FlagSet) {
	m.registerRange(fs)
	fs.StringVar(&m.grain, "grain", string(metric.None), "length of the periods: day, week, month, quarter, year or none")
	fs.StringSliceVar(&m.by, "by", nil, "dimensions to group by")
	fs.StringVar(&m.compare, "compare", string(metric.NoCompare), "what to compare with: none, previous or year")
	fs.StringVar(&m.top, "top", "", "keep the greatest groups of the first dimension: 5, or 5+rest to gather the others")
}

// query reads the flags.
func (m *metricFlags) query(metrics []string) (q metric.Query, err error) {
	q = metric.Query{Metrics: metrics, Dimensions: m.by, Grain: metric.Grain(m.grain), Compare: metric.Compare(m.compare), TimeZone: m.zone}
	if q.From, q.To, err = m.days(); err != nil {
		return q, err
	}
	if q.Filters, err = m.filter(); err != nil {
		return q, err
	}
	if m.top != "" {
		n, rest := strings.CutSuffix(m.top, "+rest")
		count, err := wholeNumber(n)
		if err != nil {
			return q, fault.New(fault.Usage, "--top %s is no number of groups", m.top).WithHint("write 5, or 5+rest")
		}
		q.Top = &metric.Top{N: count, Rest: rest}
	}
	return q, nil
}

func (m *metricFlags) days() (from, to metric.Day, err error) {
	if m.from != "" {
		if from, err = metric.ParseDay(m.from); err != nil {
			return 0, 0, err
		}
	}
	if m.to != "" {
		to, err = metric.ParseDay(m.to)
	}
	return from, to, err
}

// filter reads NAME=VALUE and the like; several values are parted by commas.
func (m *metricFlags) filter() ([]metric.Filter, error) {
	signs := []struct {
		sign     string
		op, many metric.Op
	}{
		{"!=", metric.Ne, metric.NotIn},
		{">=", metric.Gte, ""},
		{"<=", metric.Lte, ""},
		{"=", metric.Eq, metric.In},
		{">", metric.Gt, ""},
		{"<", metric.Lt, ""},
	}
	var out []metric.Filter
	for _, text := range m.filters {
		at, found := len(text), -1
		for i, s := range signs {
			if j := strings.Index(text, s.sign); j > 0 && j < at {
				at, found = j, i
			}
		}
		if found < 0 {
			return nil, fault.New(fault.Usage, "--filter %s is no condition", text).WithHint("write it as country=France")
		}
		s := signs[found]
		f := metric.Filter{Dimension: strings.TrimSpace(text[:at]), Op: s.op}
		parts := []string{text[at+len(s.sign):]}
		if s.many != "" {
			parts = strings.Split(parts[0], ",")
		}
		for _, part := range parts {
			f.Values = append(f.Values, any(part))
		}
		if len(f.Values) > 1 {
			f.Op = s.many
		}
		out = append(out, f)
	}
	return out, nil
}
