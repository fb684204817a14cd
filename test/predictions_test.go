package e2e

import "testing"

// What a predictor wrote is not a build's to take away, not even that of a full
// refresh, and the marts show it.
func TestSentimentStaysThroughBuilds(t *testing.T) {
	t.Parallel()
	dir := emptyShop(t)
	write(t, dir, files{
		"macros/score.sql": `{% macro score() %}
{% do run_query("insert into ml.feedback_sentiment values ('f1', 0.5, 'positive', 'm', '1', 'me', timestamp '2025-01-01')") %}
{% do adapter.commit() %}
{% endmacro %}`,
		"../feedback.csv": "feedback_id,customer_id,submitted_at,channel,product_id,rating,feedback_text\n" +
			"f1,c1,2024-01-01 10:00:00,web,,5,The parcel came fast\n",
	})
	well(t, dir, "load", "feedback", "--quiet", "../feedback.csv")
	build(t, dir, "--select", "+customer_feedback")
	well(t, dir, "run-operation", "score", "--quiet")
	const scored = "select sentiment_label, made_by, topic from gold.customer_feedback where feedback_id = 'f1'"
	for _, more := range [][]string{nil, {"--full-refresh"}, nil} {
		build(t, dir, append([]string{"--select", "+customer_feedback"}, more...)...)
		if got := query(t, dir, scored); got != "positive,me,delivery" {
			t.Fatalf("after build %v the text says %q", more, got)
		}
	}
}
