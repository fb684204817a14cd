package access_test

import (
	"testing"

	"github.com/kith-analytics/kith/internal/access"
)

func TestTheZeroScopeSeesNothing(t *testing.T) {
	t.Parallel()
	var s access.Scope
	if s.Granted() || s.Unrestricted() || !s.Hides("dim_customer", "country") {
		t.Error("the zero scope sees something")
	}
}

func TestAllHidesNothing(t *testing.T) {
	t.Parallel()
	s := access.All()
	if !s.Granted() || !s.Unrestricted() || s.Hides("dim_customer", "email") || len(s.Conditions()) != 0 {
		t.Error("the owner's scope hides something")
	}
}

func TestRulesCannotBeChangedAfterwards(t *testing.T) {
	t.Parallel()
	values := []string{"France"}
	columns := []string{"email"}
	s := access.Limited(access.Rules{
		Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: values}},
		Hidden: map[string][]string{"dim_customer": columns},
	})
	values[0], columns[0] = "Spain", "country"
	s.Conditions()[0].Dimension = "city"
	if got := s.Conditions()[0]; got.Dimension != "country" || got.Values[0] != "France" {
		t.Errorf("the condition became %v", got)
	}
	if s.Who() != "ann" || !s.Hides("dim_customer", "email") || s.Hides("dim_customer", "country") || s.Unrestricted() {
		t.Error("the rules changed with the slices they were made of")
	}
}

// Answers are kept by fingerprint: two that are equal must see the same.
func TestFingerprintsTellScopesApart(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	scopes := []access.Scope{access.All()}
	for _, r := range []access.Rules{
		{},
		{Who: "ann"},
		{Who: "ann", Reveal: true},
		{Who: "ann", Operate: true},
		{Who: access.Owner},
		{Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{"France"}}}},
		{Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{"France", "Spain"}}}},
		{Who: "ann", Hidden: map[string][]string{"dim_customer": {"email"}}},
		{Who: "ann", Hidden: map[string][]string{access.EveryModel: {"email"}}},
	} {
		scopes = append(scopes, access.Limited(r))
	}
	for _, s := range scopes {
		if s.Fingerprint() == "" || seen[s.Fingerprint()] {
			t.Errorf("the fingerprint %q of %v is another's", s.Fingerprint(), s)
		}
		seen[s.Fingerprint()] = true
	}
	if (access.Scope{}).Reveals() || !access.All().Reveals() || access.Limited(access.Rules{Who: "ann"}).Reveals() {
		t.Error("the wrong ones may reveal")
	}
}
