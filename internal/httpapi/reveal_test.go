package httpapi_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/access"
)

// person is what these tests know of a customer.
type person struct {
	id, country, email, first, last, feedback string
}

func somebody(t *testing.T, o *office) person {
	t.Helper()
	country := o.values(t, "select country from gold.customer_360_profile where country is not null group by 1 order by count(*) desc, 1 limit 1")[0]
	p := person{id: writer(t, o, country), country: country}
	for column, to := range map[string]*string{"email": &p.email, "first_name": &p.first, "last_name": &p.last} {
		*to = o.values(t, "select "+column+" from gold.customer_360_profile where customer_id = $1", p.id)[0]
	}
	p.feedback = o.values(t, "select feedback_text from gold.customer_feedback where customer_id = $1 and feedback_text is not null order by 1 limit 1", p.id)[0]
	return p
}

// The owner too sees masks, wherever a row of a customer is shown.
func TestPersonalDataIsMaskedForEverybody(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	at := "/customers/" + url.PathEscape(p.id)
	for _, path := range []string{
		at, at + "/timeline?limit=500", "/customers?search=" + url.QueryEscape(p.email), "/search?q=" + url.QueryEscape(p.email),
		"/customers?limit=500", "/cohorts/2024-01-01/0/customers?limit=500",
	} {
		for _, kind := range []string{"application/json", "text/csv", "application/vnd.apache.arrow.stream"} {
			a := s.ask(t, http.MethodGet, "/api/v1"+path, "", "Accept", kind)
			if a.status != http.StatusOK {
				t.Fatalf("%s: %d %s", path, a.status, a.body)
			}
			for _, value := range []string{p.email, p.feedback} {
				if bytes.Contains(a.body, []byte(value)) {
					t.Errorf("%s (%s) tells %q", path, kind, value)
				}
			}
		}
	}
	got := get[struct {
		FirstName string `json:"first_name"`
		Email     string
		Age       *int
		Masked    []string
	}](t, s, "/api/v1"+at)
	_, domain, _ := strings.Cut(p.email, "@")
	if got.Email != p.email[:1]+access.Dots+"@"+domain || got.FirstName != string([]rune(p.first)[:1])+access.Dots || got.Age != nil {
		t.Errorf("the masks are %+v", got)
	}
	for _, column := range []string{"first_name", "last_name", "email", "phone", "city", "gender", "age", "age_band"} {
		if !slices.Contains(got.Masked, column) {
			t.Errorf("%s is not named as masked", column)
		}
	}
	if slices.Contains(got.Masked, "customer_id") {
		t.Error("the customer's number is masked")
	}
}

// Who knows a mail address or a name finds its customer; by parts of them nobody is
// found, else they could be guessed letter by letter.
func TestCustomersAreFoundByTheWholeOfWhatIsMasked(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	find := func(search string) bool {
		ids := walk(t, s, "/api/v1/customers?limit=100&search="+url.QueryEscape(search), "customer_id")
		return ids[p.id]
	}
	for _, search := range []string{p.email, strings.ToUpper(p.email), " " + p.email + " ", p.first, p.last, p.first + " " + p.last, p.id, p.id[:len(p.id)-1]} {
		if !find(search) {
			t.Errorf("%q does not find them", search)
		}
	}
	for _, search := range []string{p.email[:len(p.email)-1], p.email[:1], p.first[:len(p.first)-1], p.last[1:], "%", "_"} {
		if find(search) {
			t.Errorf("%q finds them", search)
		}
	}
}

type revealed struct {
	Customer struct {
		Email, Phone *string
		First        string `json:"first_name"`
		Age          *int
		IncomeBand   *string `json:"income_band"`
		Masked       []string
	}
	Texts   []struct{ Kind, Detail string }
	Columns []string
	AuditID int64 `json:"audit_id"`
}

type audited struct {
	Items []struct {
		ID         int64
		At, Person string
		Action     string
		Customer   string `json:"customer_id"`
		Columns    []string
		RequestID  string `json:"request_id"`
	}
	NextCursor string `json:"next_cursor"`
}

func TestRevealingIsOnRecord(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	at := "/api/v1/customers/" + url.PathEscape(p.id)
	masked := s.ask(t, http.MethodGet, at, "")
	a := s.ask(t, http.MethodPost, at+"/reveal", "", "X-Request-ID", "the-request-that-asks")
	var got revealed
	if err := json.Unmarshal(a.body, &got); err != nil || a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got.Customer.Email == nil || *got.Customer.Email != p.email || got.Customer.First != p.first || len(got.Customer.Masked) != 0 {
		t.Errorf("revealed is %+v", got.Customer)
	}
	if !slices.ContainsFunc(got.Texts, func(text struct{ Kind, Detail string }) bool {
		return text.Kind == "feedback" && text.Detail == p.feedback
	}) {
		t.Errorf("the feedback is not among %v", got.Texts)
	}
	if a.header.Get("Cache-Control") != "no-store" || a.header.Get("ETag") != "" {
		t.Errorf("what is revealed may be stored: %v", a.header)
	}
	// Before and after, the address itself has the same masked answer.
	if again := s.ask(t, http.MethodGet, at, ""); !bytes.Equal(again.body, masked.body) || again.header.Get("ETag") != masked.header.Get("ETag") {
		t.Error("revealing has changed what everybody sees")
	}
	list := get[audited](t, s, "/api/v1/audit")
	if len(list.Items) != 1 {
		t.Fatalf("%d entries", len(list.Items))
	}
	e := list.Items[0]
	if e.ID != got.AuditID || e.Person != "owner" || e.Action != "reveal" || e.Customer != p.id || e.RequestID != "the-request-that-asks" ||
		!strings.HasSuffix(e.At, "Z") || !slices.Equal(e.Columns, got.Columns) {
		t.Errorf("the entry is %+v", e)
	}
	for _, column := range []string{"customer_360_profile.email", "customer_360_profile.age", "customer_feedback.feedback_text"} {
		if !slices.Contains(e.Columns, column) {
			t.Errorf("%s is not on record", column)
		}
	}
	if a := s.ask(t, http.MethodPost, "/api/v1/customers/nobody/reveal", ""); a.status != http.StatusNotFound {
		t.Errorf("revealing nobody: %d", a.status)
	}
	for range 2 {
		s.ask(t, http.MethodPost, at+"/reveal", "")
	}
	var ids []int64
	for path, n := "/api/v1/audit?limit=2", 0; n < 3; n++ {
		page := get[audited](t, s, path)
		for _, e := range page.Items {
			ids = append(ids, e.ID)
		}
		if page.NextCursor == "" {
			break
		}
		path = "/api/v1/audit?limit=2&cursor=" + page.NextCursor
	}
	if diff := cmp.Diff([]int64{3, 2, 1}, ids); diff != "" {
		t.Error(diff)
	}
}

// A limited scope may reveal by a rule of its own, and what is hidden stays hidden.
func TestRevealingNeedsTheRight(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	rules := access.Rules{
		Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{p.country}}},
		Hidden: map[string][]string{"customer_360_profile": {"email", "income_band"}},
	}
	at := "/api/v1/customers/" + url.PathEscape(p.id) + "/reveal"
	o.may(access.Limited(rules))
	refused := s.ask(t, http.MethodPost, at, "", "X-Request-ID", "the-request-refused")
	if refused.status != http.StatusForbidden || bytes.Contains(refused.body, []byte(p.first)) {
		t.Errorf("without the right: %d %s", refused.status, refused.body)
	}
	// Whoever is outside of the scope is not there, and nobody is named on record.
	if a := s.ask(t, http.MethodPost, "/api/v1/customers/nobody/reveal", ""); a.status != http.StatusNotFound {
		t.Errorf("nobody, without the right: %d", a.status)
	}
	rules.Reveal = true
	o.may(access.Limited(rules))
	a := s.ask(t, http.MethodPost, at, "")
	var got revealed
	if err := json.Unmarshal(a.body, &got); err != nil || a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got.Customer.Email != nil || got.Customer.IncomeBand != nil || got.Customer.First != p.first || slices.Contains(got.Columns, "customer_360_profile.email") {
		t.Errorf("revealed is %+v, %v", got.Customer, got.Columns)
	}
	if a := s.ask(t, http.MethodGet, "/api/v1/audit", ""); a.status != http.StatusForbidden {
		t.Errorf("the audit is read by who sees some customers: %d", a.status)
	}
	o.may(access.All())
	e := get[audited](t, s, "/api/v1/audit").Items
	if len(e) != 2 || e[0].Person != "ann" || e[0].Action != "reveal" {
		t.Fatalf("on record is %+v", e)
	}
	if e := e[1]; e.Person != "ann" || e.Action != "reveal_refused" || e.Customer != p.id || e.RequestID != "the-request-refused" ||
		e.Columns == nil || len(e.Columns) != 0 {
		t.Errorf("the refusal on record is %+v", e)
	}
}

// What cannot be put on record is not revealed.
func TestWithoutARecordNothingIsRevealed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	o.breakAudit(t)
	a := s.ask(t, http.MethodPost, "/api/v1/customers/"+url.PathEscape(p.id)+"/reveal", "")
	if a.status != http.StatusServiceUnavailable || bytes.Contains(a.body, []byte(p.email)) || bytes.Contains(a.body, []byte(p.first)) {
		t.Errorf("%d %s", a.status, a.body)
	}
	o.may(access.Limited(access.Rules{Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{p.country}}}}))
	if a := s.ask(t, http.MethodPost, "/api/v1/customers/"+url.PathEscape(p.id)+"/reveal", ""); a.status != http.StatusServiceUnavailable {
		t.Errorf("refused without a record: %d %s", a.status, a.body)
	}
}

// One answer is never given to somebody with other rights.
func TestScopesShareNoAnswers(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	p := somebody(t, o)
	s := o.signIn(t)
	tags := map[string]bool{}
	for _, scope := range []access.Scope{
		access.All(),
		access.Limited(access.Rules{Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{p.country}}}}),
		access.Limited(access.Rules{Who: "ann", Conditions: []access.Condition{{Dimension: "country", Values: []string{"nowhere"}}}}),
		access.Limited(access.Rules{Who: "ann", Hidden: map[string][]string{access.EveryModel: {"country"}}}),
	} {
		o.may(scope)
		for _, path := range []string{"/customers", "/dimensions", "/segments?kind=rfm_group"} {
			a := s.ask(t, http.MethodGet, "/api/v1"+path, "")
			if tag := a.header.Get("ETag"); a.status != http.StatusOK || tags[tag] {
				t.Errorf("%s: %d, tag %s", path, a.status, tag)
			} else {
				tags[tag] = true
			}
		}
	}
}
