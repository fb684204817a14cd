package httpapi

import (
	"time"

	"github.com/kith-analytics/kith/internal/metric"
)

// Profile is what is known of a customer: a row of customer_360_profile, whose
// columns the model documents. Null is not known, or hidden.
type Profile struct {
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
	CreditLimit            *float64    `json:"credit_limit"`
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
	LifetimeSpend          *float64    `json:"lifetime_spend"`
	NetRevenue             *float64    `json:"net_revenue"`
	AverageOrderValue      *float64    `json:"average_order_value"`
	Spend30d               *float64    `json:"spend_30d"`
	Spend90d               *float64    `json:"spend_90d"`
	Spend365d              *float64    `json:"spend_365d"`
	SpendMomentum          *float64    `json:"spend_momentum"`
	Utilisation            *float64    `json:"utilisation"`
	MeanGapDays            *float64    `json:"mean_gap_days"`
	LongestGapDays         *int64      `json:"longest_gap_days"`
	TravelShare            *float64    `json:"travel_share"`
	NecessityShare         *float64    `json:"necessity_share"`
	DiscretionaryShare     *float64    `json:"discretionary_share"`
	SustainableShare       *float64    `json:"sustainable_share"`
	DiscountedLineShare    *float64    `json:"discounted_line_share"`
	HistoricMargin         *float64    `json:"historic_margin"`
	ExpectedMargin12m      *float64    `json:"expected_margin_12m"`
	LifetimeValue          *float64    `json:"lifetime_value"`
	ChurnProbabilityRule   *float64    `json:"churn_probability_rule"`
	ChurnRiskScore         *float64    `json:"churn_risk_score"`
	ChurnRiskBand          *string     `json:"churn_risk_band"`
	ChurnReasons           *string     `json:"churn_reasons"`
	IsLoyaltyMember        *bool       `json:"is_loyalty_member"`
	LoyaltyTier            *string     `json:"loyalty_tier"`
	PointsBalance          *int64      `json:"points_balance"`
	LoyaltyJoinedDay       *metric.Day `json:"loyalty_joined_day"`
	LastNPSScore           *float64    `json:"last_nps_score"`
	NPSGroup               *string     `json:"nps_group"`
	MeanCSATScore          *float64    `json:"mean_csat_score"`
	SurveyAnswerCount      *int64      `json:"survey_answer_count"`
	LastRespondedAt        *time.Time  `json:"last_responded_at"`
	TicketCount            *int64      `json:"ticket_count"`
	OpenTicketCount        *int64      `json:"open_ticket_count"`
	MeanTicketSatisfaction *float64    `json:"mean_ticket_satisfaction"`
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
