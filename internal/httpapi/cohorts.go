package httpapi

import (
	"context"
	"net/http"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// CohortsInput chooses what is shown of the cohorts.
type CohortsInput struct {
	FormInput

	Measure string `default:"retention"                                           enum:"customers,retention,revenue,margin,margin_per_customer" query:"measure"`
	Months  int    `default:"24"                                                  doc:"months after the first"                                  maximum:"240"   minimum:"1" query:"months"`
	Channel string `doc:"cohorts of customers acquired through it; empty for all" maxLength:"200"                                               query:"channel"`
}

// CohortCell is a cohort in one of its months.
type CohortCell struct {
	Month      int64   `doc:"months since the first order"             json:"month"`
	Value      *Number `json:"value"`
	Low        *Number `doc:"of the 95 % interval, where there is one" json:"low"`
	High       *Number `json:"high"`
	N          int64   `doc:"customers who were active"                json:"n"`
	IsComplete bool    `json:"is_complete"`
}

// Cohort are the customers whose first order was in a month.
type Cohort struct {
	Cohort metric.Day   `json:"cohort"`
	Size   int64        `json:"size"`
	Cells  []CohortCell `json:"cells"`
}

// CohortsAnswer are all cohorts, the oldest first.
type CohortsAnswer struct {
	Measure string       `json:"measure"`
	Channel string       `json:"channel"`
	Cohorts []Cohort     `json:"cohorts"`
	Average []CohortCell `doc:"over the cohorts whose month is complete" json:"average"`
}

type cohortRow struct {
	CohortCell
	Cohort metric.Day `json:"cohort_month"`
	Size   int64      `json:"size"`
}

func (a CohortsAnswer) table() ([]tableColumn, [][]any) {
	var rows []cohortRow
	for _, c := range a.Cohorts {
		for _, cell := range c.Cells {
			rows = append(rows, cohortRow{CohortCell: cell, Cohort: c.Cohort, Size: c.Size})
		}
	}
	return structTable(rows)
}

// CohortInput names a cohort's month.
type CohortInput struct {
	PageInput
	FormInput

	Cohort string `doc:"first day of the month, 2006-01-02" maxLength:"10" path:"cohort"`
	Month  int    `maximum:"600"                            minimum:"0"    path:"month"`
}

// CohortCustomersAnswer are the customers of a cohort that were active in a month, those with the highest net revenue first.
type CohortCustomersAnswer struct {
	Items      []CustomerItem `json:"items"`
	NextCursor string         `doc:"empty at the end" json:"next_cursor"`
}

func (a CohortCustomersAnswer) table() ([]tableColumn, [][]any) { return structTable(a.Items) }

func (s *server) addCohorts() {
	add(s, operation{
		id: "listCohorts", method: http.MethodGet, path: "/cohorts", tag: "Retention", tabular: true, summary: "Cohorts by the month of the first order, month by month",
	}, cohorts)
	add(s, operation{
		id: "listCohortCustomers", method: http.MethodGet, path: "/cohorts/{cohort}/{month}/customers", tag: "Retention", tabular: true,
		summary: "The customers of a cohort who were active in a month, those who brought most first",
	}, cohortCustomers)
}

func cohorts(ctx context.Context, c *call, in *CohortsInput) (CohortsAnswer, error) {
	out := CohortsAnswer{Measure: in.Measure, Channel: in.Channel, Cohorts: []Cohort{}, Average: []CohortCell{}}
	source := "cohorts_all"
	args := []any{in.Measure, in.Months}
	if in.Channel != "" || c.scope.Narrowed() {
		source = "cohorts_people"
		args = append(args, nullIfEmpty(in.Channel))
	}
	if in.Channel != "" {
		if err := c.looksFor(ctx, profileModel, "acquisition_channel"); err != nil {
			return out, err
		}
	}
	figures, err := c.statement(source)
	if err != nil {
		return out, err
	}
	cells, err := c.statement("cohorts")
	if err != nil {
		return out, err
	}
	found, err := scan[cohortRow](ctx, c, "with figures as (\n"+figures+"\n)\n"+cells, args...)
	if err != nil {
		return out, err
	}
	for _, row := range found {
		if row.Cohort == 0 { // the average over all cohorts
			out.Average = append(out.Average, row.CohortCell)
			continue
		}
		if n := len(out.Cohorts); n == 0 || out.Cohorts[n-1].Cohort != row.Cohort {
			out.Cohorts = append(out.Cohorts, Cohort{Cohort: row.Cohort, Size: row.Size})
		}
		last := &out.Cohorts[len(out.Cohorts)-1]
		last.Cells = append(last.Cells, row.CohortCell)
	}
	return out, nil
}

func cohortCustomers(ctx context.Context, c *call, in *CohortInput) (CohortCustomersAnswer, error) {
	out := CohortCustomersAnswer{Items: []CustomerItem{}}
	day, err := metric.ParseDay(in.Cohort)
	if err != nil {
		return out, err
	}
	if day.Time().Day() != 1 {
		return out, fault.New(fault.Usage, "a cohort begins on the first day of a month, not on %s", in.Cohort)
	}
	kind, key := sortType("net_revenue")
	at, err := in.after("cohort", key|orNull, textKey)
	if err != nil {
		return out, err
	}
	sql, err := c.statementWith("cohort_customers", map[string]string{"type": kind})
	if err != nil {
		return out, err
	}
	found, err := scan[sortedCustomer](ctx, c, sql, append(append([]any{in.Cohort, in.Month, at != nil}, at.args(2)...), in.limit()+1)...)
	if err != nil {
		return out, err
	}
	for i, item := range found {
		if i == in.limit() {
			last := found[i-1]
			out.NextCursor, err = (&place{Sort: "cohort", Keys: []*string{last.Key, &last.CustomerID}}).cursor()
			break
		}
		out.Items = append(out.Items, item.CustomerItem)
	}
	return out, err
}
