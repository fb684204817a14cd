package world

import (
	"strings"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// Column is a column of a table, with the type that the warehouse knows.
type Column struct{ Name, Type string }

// Table is one of the tables that a world fills.
type Table struct {
	// Schema is bronze or truth.
	Schema, Name string
	Columns      []Column
}

// The schemas of a world.
const (
	Bronze = "bronze"
	Truth  = "truth"
)

// Raw says whether the rows of a table carry where they come from: all of bronze do.
func (t Table) Raw() bool { return t.Schema == Bronze }

// Provenance lists the columns behind a bronze table's own.
func Provenance() []Column {
	return []Column{{"_file", "VARCHAR"}, {"_line", "BIGINT"}, {"_load_id", "BIGINT"}, {"_loaded_at", "TIMESTAMP"}}
}

// All gives the columns of the table as they are written.
func (t Table) All() []Column {
	if !t.Raw() {
		return t.Columns
	}
	return append(append([]Column{}, t.Columns...), Provenance()...)
}

// columns reads "name TYPE, name TYPE".
func columns(list string) []Column {
	var out []Column
	for def := range strings.SplitSeq(list, ", ") {
		name, sqlType, _ := strings.Cut(strings.TrimSpace(def), " ")
		out = append(out, Column{name, sqlType})
	}
	return out
}

// vector gives an empty vector for a column type.
func vector(sqlType string) warehouse.Vector {
	switch {
	case sqlType == "VARCHAR":
		return warehouse.Vector{Kind: warehouse.KindText}
	case sqlType == "BOOLEAN":
		return warehouse.Vector{Kind: warehouse.KindBool}
	case sqlType == "DATE":
		return warehouse.Vector{Kind: warehouse.KindDate}
	case sqlType == "TIMESTAMP":
		return warehouse.Vector{Kind: warehouse.KindTimestamp}
	case sqlType == "DOUBLE":
		return warehouse.Vector{Kind: warehouse.KindFloat}
	case strings.HasPrefix(sqlType, "DECIMAL("):
		_, scale, _ := strings.Cut(strings.TrimSuffix(sqlType, ")"), ",")
		return warehouse.Vector{Kind: warehouse.KindDecimal, Scale: scale[0] - '0'}
	default:
		return warehouse.Vector{Kind: warehouse.KindInt}
	}
}

// The tables, in the order in which they are told of.
func customersTable() Table {
	return Table{Bronze, "customers", columns("customer_id VARCHAR, updated_at TIMESTAMP, signed_up_at TIMESTAMP, " +
		"first_name VARCHAR, last_name VARCHAR, email VARCHAR, phone VARCHAR, birth_date DATE, gender VARCHAR, " +
		"city VARCHAR, region VARCHAR, country VARCHAR, income_band VARCHAR, acquisition_channel VARCHAR, " +
		"credit_limit DECIMAL(18,2), account_status VARCHAR")}
}

func consentsTable() Table {
	return Table{Bronze, "consents", columns("consent_id VARCHAR, customer_id VARCHAR, purpose VARCHAR, is_granted BOOLEAN, " +
		"recorded_at TIMESTAMP, origin VARCHAR")}
}

func transactionsTable() Table {
	return Table{Bronze, "transactions", columns("transaction_id VARCHAR, order_id VARCHAR, customer_id VARCHAR, " +
		"transaction_at TIMESTAMP, transaction_type VARCHAR, product_id VARCHAR, merchant_category_id VARCHAR, " +
		"channel VARCHAR, quantity BIGINT, unit_price DECIMAL(18,4), discount_amount DECIMAL(18,2), " +
		"amount DECIMAL(18,2), currency VARCHAR, country VARCHAR")}
}

func productsTable() Table {
	return Table{Bronze, "products", columns("product_id VARCHAR, product_name VARCHAR, category VARCHAR, brand VARCHAR, " +
		"merchant_category_id VARCHAR, unit_cost DECIMAL(18,4), list_price DECIMAL(18,4), sustainability_label VARCHAR")}
}

func categoriesTable() Table {
	return Table{Bronze, "merchant_categories", columns("merchant_category_id VARCHAR, category_name VARCHAR, category_group VARCHAR")}
}

func surveysTable() Table {
	return Table{Bronze, "survey_responses", columns("response_id VARCHAR, customer_id VARCHAR, survey_type VARCHAR, " +
		"question VARCHAR, score DECIMAL(6,2), responded_at TIMESTAMP, channel VARCHAR, comment VARCHAR")}
}

func feedbackTable() Table {
	return Table{Bronze, "feedback", columns("feedback_id VARCHAR, customer_id VARCHAR, submitted_at TIMESTAMP, " +
		"channel VARCHAR, product_id VARCHAR, rating INTEGER, feedback_text VARCHAR")}
}

func ticketsTable() Table {
	return Table{Bronze, "support_tickets", columns("ticket_id VARCHAR, customer_id VARCHAR, opened_at TIMESTAMP, " +
		"first_response_at TIMESTAMP, resolved_at TIMESTAMP, channel VARCHAR, category VARCHAR, priority VARCHAR, " +
		"status VARCHAR, satisfaction_score INTEGER")}
}

func ledgerTable() Table {
	return Table{Bronze, "loyalty_ledger", columns("entry_id VARCHAR, customer_id VARCHAR, entry_at TIMESTAMP, " +
		"entry_type VARCHAR, points BIGINT, transaction_id VARCHAR")}
}

func tiersTable() Table {
	return Table{Bronze, "loyalty_tiers", columns("tier_name VARCHAR, min_points BIGINT, earn_multiplier DECIMAL(6,2), benefits VARCHAR")}
}

func journeysTable() Table {
	return Table{Bronze, "journey_events", columns("event_id VARCHAR, customer_id VARCHAR, session_id VARCHAR, " +
		"event_at TIMESTAMP, event_name VARCHAR, channel VARCHAR, device VARCHAR, product_id VARCHAR, order_id VARCHAR")}
}

func referralsTable() Table {
	return Table{Bronze, "referrals", columns("referral_id VARCHAR, referrer_customer_id VARCHAR, referred_customer_id VARCHAR, " +
		"invited_at TIMESTAMP, converted_at TIMESTAMP, channel VARCHAR, reward_amount DECIMAL(18,2)")}
}

func communicationsTable() Table {
	return Table{Bronze, "communications", columns("communication_id VARCHAR, customer_id VARCHAR, campaign_id VARCHAR, " +
		"campaign_name VARCHAR, assignment VARCHAR, channel VARCHAR, sent_at TIMESTAMP, delivered_at TIMESTAMP, " +
		"opened_at TIMESTAMP, clicked_at TIMESTAMP, unsubscribed_at TIMESTAMP, cost DECIMAL(18,4)")}
}

func costsTable() Table {
	return Table{Bronze, "acquisition_costs", columns("cost_date DATE, channel VARCHAR, campaign_name VARCHAR, " +
		"cost DECIMAL(18,2), impressions BIGINT, clicks BIGINT")}
}

func researchTable() Table {
	return Table{Bronze, "market_research", columns("country VARCHAR, category VARCHAR, market_year INTEGER, " +
		"market_size DECIMAL(18,2), growth_rate DECIMAL(9,6), publisher VARCHAR")}
}

func initiativesTable() Table {
	return Table{Bronze, "esg_initiatives", columns("initiative_id VARCHAR, initiative_name VARCHAR, pillar VARCHAR, " +
		"started_on DATE, ended_on DATE, cost DECIMAL(18,2)")}
}

func membersTable() Table {
	return Table{Bronze, "esg_initiative_members", columns("initiative_id VARCHAR, customer_id VARCHAR, is_treated BOOLEAN")}
}

// SalesLog is the table of the point-of-sale log, which package generate makes.
func SalesLog() Table {
	return Table{Bronze, "transaction_logs", columns("invoice_no VARCHAR, stock_code VARCHAR, description VARCHAR, " +
		"quantity BIGINT, invoice_date TIMESTAMP, unit_price DECIMAL(18,4), customer_id VARCHAR, country VARCHAR")}
}

func truthCustomersTable() Table {
	return Table{Truth, "customers", columns("customer_id VARCHAR, archetype VARCHAR, rate_per_day DOUBLE, dropped_out_at TIMESTAMP, " +
		"satisfaction DOUBLE, price_sensitivity DOUBLE, sustainability DOUBLE, is_referred BOOLEAN, is_member BOOLEAN")}
}

func truthCampaignsTable() Table {
	return Table{Truth, "campaigns", columns("campaign_id VARCHAR, sent_on DATE, window_days BIGINT, relative_effect DOUBLE, " +
		"treated BIGINT, holdout BIGINT, treated_revenue DECIMAL(18,2), incremental_revenue DECIMAL(18,2)")}
}

func truthInitiativesTable() Table {
	return Table{Truth, "esg_initiatives", columns("initiative_id VARCHAR, started_on DATE, pre_days BIGINT, post_days BIGINT, " +
		"relative_effect DOUBLE, treated BIGINT, control BIGINT, treated_revenue DECIMAL(18,2), incremental_revenue DECIMAL(18,2), " +
		"effect_per_customer_30d DOUBLE")}
}

func truthDirtyTable() Table {
	return Table{Truth, "transactions_dirty", columns("transaction_id VARCHAR, kind VARCHAR")}
}

func truthParametersTable() Table {
	return Table{Truth, "parameters", columns("name VARCHAR, value VARCHAR")}
}
