package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// segmentKinds are the kinds of segments, in the order of SegmentInput's description.
func segmentKinds() []string {
	return []string{
		"rfm_group", "rfm_segmentation", "spending_segment", "behavioural_group", "activity_status", "ml_segment", "churn_risk_band",
		"loyalty_tier", "demographic_segment", "age_band", "income_band", "country", "acquisition_channel", "nps_group",
	}
}

// segmentColumn gives the column of customer_360_profile that holds a kind of segment.
func segmentColumn(kind string) (string, error) {
	switch {
	case kind == "ml_segment":
		return "ml_segment_name", nil
	case slices.Contains(segmentKinds(), kind):
		return kind, nil
	}
	return "", fault.New(fault.Usage, "there is no kind of segment %q", kind).WithHint("take one of %s", strings.Join(segmentKinds(), ", "))
}

// SegmentInput chooses the kind of segments.
type SegmentInput struct {
	FormInput

	Kind string `enum:"rfm_group,rfm_segmentation,spending_segment,behavioural_group,activity_status,ml_segment,churn_risk_band,loyalty_tier,demographic_segment,age_band,income_band,country,acquisition_channel,nps_group" query:"kind" required:"true"`
}

// Segment is a group of customers and what it is worth.
type Segment struct {
	Name              *string `doc:"null: customers without a segment of this kind" json:"name"`
	Customers         int64   `json:"customers"`
	Share             Number  `json:"share"`
	Revenue           Number  `doc:"net revenue, all time"                          json:"revenue"`
	RevenueShare      *Number `json:"revenue_share"`
	Orders            int64   `json:"orders"`
	AverageOrderValue *Number `json:"average_order_value"`
	AverageValue      *Number `json:"average_lifetime_value"`
	ChurnProbability  *Number `json:"average_churn_probability"`
	MedianRecency     *Number `doc:"days since the last order"                      json:"median_recency"`
}

// SegmentsAnswer are all segments of a kind, the one with the most revenue first.
type SegmentsAnswer struct {
	Kind  string    `json:"kind"`
	Items []Segment `json:"items"`
}

func (a SegmentsAnswer) table() ([]tableColumn, [][]any) { return structTable(a.Items) }

func (s *server) addSegments() {
	add(s, operation{
		id: "listSegments", method: http.MethodGet, path: "/segments", tag: "Segments", tabular: true, summary: "The segments of a kind, with their customers and revenue",
	}, func(ctx context.Context, c *call, in *SegmentInput) (SegmentsAnswer, error) {
		out := SegmentsAnswer{Kind: in.Kind}
		column, err := segmentColumn(in.Kind)
		if err != nil {
			return out, err
		}
		if err := c.looksFor(ctx, profileModel, column); err != nil {
			return out, err
		}
		// A sum of nothing would be shown as 0.
		if err := c.sees(profileModel, "net_revenue", "order_count"); err != nil {
			return out, err
		}
		sql, err := c.statementWith("segments", map[string]string{"segment": column})
		if err != nil {
			return out, err
		}
		out.Items, err = scan[Segment](ctx, c, sql)
		return out, err
	})
}
