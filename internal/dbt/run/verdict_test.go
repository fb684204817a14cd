package run_test

import (
	"context"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/run"
)

// What dbt 1.12 answers, read from its own runs.
func TestVerdict(t *testing.T) {
	yes, no := true, false
	for _, tc := range []struct {
		name      string
		config    []any
		failures  int
		warnError bool
		bySQL     [2]*bool // warn, error
		want      artifact.Status
		message   string
		counted   int
	}{
		{name: "no failures", want: artifact.Pass},
		{name: "failures", failures: 2, want: artifact.Fail, message: "Got 2 results, configured to fail if != 0", counted: 2},
		{name: "one failure", failures: 1, want: artifact.Fail, message: "Got 1 result, configured to fail if != 0", counted: 1},
		{name: "severity warn", config: []any{"severity", "warn"}, failures: 2, want: artifact.Warn, message: "Got 2 results, configured to warn if != 0", counted: 2},
		{name: "severity in capitals", config: []any{"severity", "WARN"}, failures: 2, want: artifact.Warn, message: "Got 2 results, configured to warn if != 0", counted: 2},
		{name: "warnings are errors", config: []any{"severity", "warn"}, failures: 2, warnError: true, want: artifact.Fail, message: "Got 2 results, configured to fail if != 0", counted: 2},
		{
			name: "below error_if, above warn_if", config: []any{"error_if", ">10", "warn_if", ">1"}, failures: 2,
			want: artifact.Warn, message: "Got 2 results, configured to warn if >1", counted: 2,
		},
		{name: "above error_if", config: []any{"error_if", ">10", "warn_if", ">1"}, failures: 11, want: artifact.Fail, message: "Got 11 results, configured to fail if >10", counted: 11},
		{name: "below both", config: []any{"error_if", ">10", "warn_if", ">1"}, failures: 1, want: artifact.Pass},
		{
			name: "error_if alone leaves warn_if at its default", config: []any{"error_if", ">10"}, failures: 2,
			want: artifact.Warn, message: "Got 2 results, configured to warn if != 0", counted: 2,
		},
		{name: "severity warn never fails", config: []any{"severity", "warn", "error_if", ">1"}, failures: 2, want: artifact.Warn, message: "Got 2 results, configured to warn if != 0", counted: 2},
		{name: "inverted", config: []any{"error_if", "= 0", "warn_if", "= 0"}, failures: 0, want: artifact.Fail, message: "Got 0 results, configured to fail if = 0"},
		{
			name: "the SQL's own verdict counts", config: []any{"error_if", "> (select 1)"}, failures: 2, bySQL: [2]*bool{&no, &yes},
			want: artifact.Fail, message: "Got 2 results, configured to fail if > (select 1)", counted: 2,
		},
		{name: "the SQL says neither", failures: 2, bySQL: [2]*bool{&no, &no}, want: artifact.Pass},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := newProject()
			test := p.test("t")
			for i := 0; i < len(tc.config); i += 2 {
				test.Config.Set(tc.config[i].(string), tc.config[i+1])
			}
			n := tc.failures
			w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
				test.UniqueID: func(context.Context) (run.Outcome, error) {
					return run.Outcome{Failures: &n, ShouldWarn: tc.bySQL[0], ShouldError: tc.bySQL[1]}, nil
				},
			}}
			o := p.options(t, w, &transcript{})
			o.WarnError = tc.warnError
			got := resultOf(t, mustRun(t, o), test.UniqueID)
			if got.Status != tc.want || got.Message != tc.message || *got.Failures != tc.counted {
				t.Errorf("%s %q %d, want %s %q %d", got.Status, got.Message, *got.Failures, tc.want, tc.message, tc.counted)
			}
		})
	}
}

func TestThresholdNobodyUnderstandsIsAnError(t *testing.T) {
	p := newProject()
	test := p.test("t")
	test.Config.Set("error_if", "> many")
	test.PatchLine = 12
	got := resultOf(t, mustRun(t, p.options(t, &warehouse{}, &transcript{})), test.UniqueID)
	if got.Status != artifact.Error || !strings.Contains(got.Message, `tests/t.sql:12: error_if: "> many"`) || got.Failures != nil {
		t.Errorf("%s %q", got.Status, got.Message)
	}
}

func TestTestWithoutCountIsADefect(t *testing.T) {
	p := newProject()
	test := p.test("t")
	w := &warehouse{do: map[string]func(context.Context) (run.Outcome, error){
		test.UniqueID: func(context.Context) (run.Outcome, error) { return run.Outcome{Message: "OK"}, nil },
	}}
	if got := resultOf(t, mustRun(t, p.options(t, w, &transcript{})), test.UniqueID); got.Status != artifact.Error {
		t.Error(got.Status)
	}
}
