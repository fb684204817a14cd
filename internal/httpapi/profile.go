package httpapi

import (
	"time"

	"github.com/kith-analytics/kith/internal/metric"
)

// Profile is what is known of a customer: a row of customer_360_profile, whose
// columns the model documents. Null is not known, or hidden.
type Profile struct {
	Masked                 []string    `doc:"columns of which not all is shown; a number or a day among them is null" json:"masked"`
	CustomerID             string      `json:"customer_id"`
	FirstName              *string     `json:"first_name"`
	LastName               *string     `json:"last_name"`
	Email                  *string     `json:"email"`
	Phone                  *string     `json:"phone"`
	Gender                 *string     `json:"gender"`
	Age                    *int64      `json:"age"`
	AgeBand                *string     `json:"age_band"`
	City                   *string     `json:"city"`
	Region                 *string     `json:"region"`
	Country                *string     `json:"country"`
	IncomeBand             *string     `json:"income_band"`
	DemographicSegment     *string     `json:"demographic_segment"`
	AcquisitionChannel     *string     `json:"acquisition_channel"`
	SignedUpAt             *time.Time  `json:"signed_up_at"`
	AccountStatus          *string     `json:"account_status"`
	CreditLimit            *Number     `json:"credit_limit"`
	IsInferred             *bool       `json:"is_inferred"`
	HasPurchased           *bool       `json:"has_purchased"`
	AsOfDate               *metric.Day `json:"as_of_date"`
	SpendingSegment        *string     `json:"spending_segment"`
	RfmSegmentation        *string     `json:"rfm_segmentation"`
	RfmGroup               *string     `json:"rfm_group"`
	BehaviouralGroup       *string     `json:"behavioural_group"`
	MlSegmentName          *string     `json:"ml_segment_name"`
	ActivityStatus         *string     `json:"activity_status"`
	FirstOrderDay          *metric.Day `json:"first_order_day"`
	LastOrderDay           *metric.Day `json:"last_order_day"`
	Recency                *int64      `json:"recency"`
	Tenure                 *int64      `json:"tenure"`
	OrderCount             *int64      `json:"order_count"`
	LifetimeSpend          *Number     `json:"lifetime_spend"`
	NetRevenue             *Number     `json:"net_revenue"`
	AverageOrderValue      *Number     `json:"average_order_value"`
	Spend30d               *Number     `json:"spend_30d"`
	Spend90d               *Number     `json:"spend_90d"`
	Spend365d              *Number     `json:"spend_365d"`
	SpendMomentum          *Number     `json:"spend_momentum"`
	Utilisation            *Number     `json:"utilisation"`
	MeanGapDays            *Number     `json:"mean_gap_days"`
	LongestGapDays         *int64      `json:"longest_gap_days"`
	TravelShare            *Number     `json:"travel_share"`
	NecessityShare         *Number     `json:"necessity_share"`
	DiscretionaryShare     *Number     `json:"discretionary_share"`
	SustainableShare       *Number     `json:"sustainable_share"`
	DiscountedLineShare    *Number     `json:"discounted_line_share"`
	HistoricMargin         *Number     `json:"historic_margin"`
	ExpectedMargin12m      *Number     `json:"expected_margin_12m"`
	LifetimeValue          *Number     `json:"lifetime_value"`
	ChurnProbabilityRule   *Number     `json:"churn_probability_rule"`
	ChurnRiskScore         *Number     `json:"churn_risk_score"`
	ChurnRiskBand          *string     `json:"churn_risk_band"`
	ChurnReasons           *string     `json:"churn_reasons"`
	IsLoyaltyMember        *bool       `json:"is_loyalty_member"`
	LoyaltyTier            *string     `json:"loyalty_tier"`
	PointsBalance          *int64      `json:"points_balance"`
	LoyaltyJoinedDay       *metric.Day `json:"loyalty_joined_day"`
	LastNPSScore           *Number     `json:"last_nps_score"`
	NPSGroup               *string     `json:"nps_group"`
	MeanCSATScore          *Number     `json:"mean_csat_score"`
	SurveyAnswerCount      *int64      `json:"survey_answer_count"`
	LastRespondedAt        *time.Time  `json:"last_responded_at"`
	TicketCount            *int64      `json:"ticket_count"`
	OpenTicketCount        *int64      `json:"open_ticket_count"`
	MeanTicketSatisfaction *Number     `json:"mean_ticket_satisfaction"`
	LastTicketOpenedAt     *time.Time  `json:"last_ticket_opened_at"`
	MessageCount           *int64      `json:"message_count"`
	OpenedMessageCount     *int64      `json:"opened_message_count"`
	HasUnsubscribed        *bool       `json:"has_unsubscribed"`
	VisitCount90d          *int64      `json:"visit_count_90d"`
	LastVisitDay           *metric.Day `json:"last_visit_day"`
	AllowsMarketing        *bool       `json:"allows_marketing"`
	AllowsProfiling        *bool       `json:"allows_profiling"`
	AllowsSharing          *bool       `json:"allows_sharing"`
	HasDecidedOnConsent    *bool       `json:"has_decided_on_consent"`
	MissingParts           *string     `json:"missing_parts"`
}
