package e2e

import (
	"strings"
	"testing"
)

// threeBuyers has one who buys every ten days, one who stopped and one who came once.
const threeBuyers = "transaction_id,customer_id,transaction_at,amount\n" +
	"t1,steady,2024-11-01 10:00:00,10.00\nt2,steady,2024-11-11 10:00:00,12.00\nt3,steady,2024-11-21 10:00:00,11.00\n" +
	"t4,steady,2024-12-01 10:00:00,10.00\nt5,stopped,2024-01-05 10:00:00,90.00\nt6,stopped,2024-01-15 10:00:00,80.00\n" +
	"t7,once,2024-11-25 10:00:00,30.00\n"

// Predictions are no build's to take away, not even that of a full refresh, and the
// profile shows them.
func TestPredictionsStayThroughBuilds(t *testing.T) {
	t.Parallel()
	dir := emptyShop(t)
	write(t, dir, files{
		"macros/predict.sql": `{% macro predict() %}
{% do run_query("insert into ml.churn_predictions values ('steady', 12.5, 'Low', '[]', 'm', '1', 'me', date '2024-12-02', timestamp '2024-12-02')") %}
{% do run_query("insert into ml.predictive_metrics values ('steady', 'clv_12m', 50, 40, 60, 'm', '1', 'me', date '2024-12-02', timestamp '2024-12-02')") %}
{% do adapter.commit() %}
{% endmacro %}`,
		"../transactions.csv": threeBuyers,
	})
	well(t, dir, "load", "transactions", "--quiet", "../transactions.csv")
	models := []string{"--select", "+customer_360_profile", "predictive_metrics"}
	build(t, dir, models...)
	well(t, dir, "run-operation", "predict", "--quiet")
	for _, more := range [][]string{nil, {"--full-refresh"}, nil} {
		build(t, dir, append(models, more...)...)
		got := query(t, dir, `select churn_risk_score, churn_risk_band, metric_value
			from gold.customer_360_profile inner join ml.predictive_metrics using (customer_id)`)
		if got != "12.5,Low,50.0" {
			t.Fatalf("after build %v the profile and the metrics say %q", more, got)
		}
	}
	missing := query(t, dir, "select missing_parts like '%prediction%' from gold.customer_360_profile order by customer_id")
	if got := strings.ReplaceAll(missing, "\n", " "); got != "true false true" {
		t.Errorf("missing predictions of once, steady, stopped: %s", got)
	}
}

// The functions by customer id give what the table holds, and nothing for who is not there.
func TestCustomerFunctions(t *testing.T) {
	t.Parallel()
	dir := emptyShop(t)
	write(t, dir, files{"../transactions.csv": threeBuyers})
	well(t, dir, "load", "transactions", "--quiet", "../transactions.csv")
	build(t, dir, "--select", "+int_customer_lifetime_value")
	differing := query(t, dir, `select count(*) from silver.int_customer_lifetime_value
		where gold.calculate_customer_lifetime_value(customer_id) <> expected_margin_12m
			or gold.calculate_churn_probability(customer_id) <> churn_probability`)
	if differing != "0" {
		t.Errorf("%s customers have another value by function", differing)
	}
	ordered := query(t, dir, `select gold.calculate_churn_probability('steady') < gold.calculate_churn_probability('stopped')
		and gold.calculate_customer_lifetime_value('steady') > gold.calculate_customer_lifetime_value('stopped')
		and gold.calculate_churn_probability('nobody') is null`)
	if ordered != "true" {
		t.Error("who buys every ten days should be worth more and have left less likely than who stopped; nobody has no value")
	}
}

// A line that comes late, inside the window of a label, makes the label anew; a line
// after all windows leaves the tables as they are.
func TestLateLineChangesItsLabel(t *testing.T) {
	t.Parallel()
	dir := emptyShop(t)
	// Cells begin on 2024-10-21, 2024-11-20 and 2024-12-20: with the last line on
	// 2024-12-20 the windows of cut-offs up to 2024-10-21 are over.
	write(t, dir, files{
		"../first.csv": "transaction_id,customer_id,transaction_at,amount\n" +
			"a1,a,2024-09-01 10:00:00,10.00\na2,a,2024-10-01 10:00:00,10.00\nb1,b,2024-12-20 10:00:00,5.00\n",
		"../after.csv": "transaction_id,customer_id,transaction_at,amount\na3,a,2024-12-21 10:00:00,10.00\n",
		"../late.csv":  "transaction_id,customer_id,transaction_at,amount\na4,a,2024-11-30 10:00:00,20.00\n",
	})
	models := []string{"--select", "+ml_training_data"}
	const label = "select is_churned, lifetime_spend, _inputs from ml.ml_training_data inner join ml.churn_labels using (customer_id, cutoff_date, is_churned) " +
		"where customer_id = 'a' and cutoff_date = '2024-10-21'"
	var inputs []string
	for _, step := range []struct{ file, want string }{
		{"../first.csv", "true,20.00"}, {"../after.csv", "true,20.00"}, {"../late.csv", "false,20.00"},
	} {
		well(t, dir, "load", "transactions", "--quiet", step.file)
		build(t, dir, models...)
		got := query(t, dir, label)
		if !strings.HasPrefix(got, step.want+",") {
			t.Fatalf("after %s the label and spend are %q, want %q", step.file, got, step.want)
		}
		inputs = append(inputs, strings.TrimPrefix(got, step.want+","))
	}
	if inputs[0] != inputs[1] {
		t.Errorf("a line after the windows made the tables anew: %q, before %q", inputs[1], inputs[0])
	}
	if inputs[1] == inputs[2] {
		t.Error("a late line left what the tables were made of the same")
	}
}
