package control_test

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/fault"
)

func TestTheAuditIsReadBackwards(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("elsewhere", 3600))
	s, err := control.Open(t.Context(), filepath.Join(t.TempDir(), "state"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, customer := range []string{"A", "B", "C"} {
		e, err := s.AddAudit(t.Context(), control.AuditEntry{
			Person: "ann", Action: control.Reveal, Customer: customer, Columns: []string{"m.email", "m.phone"}, RequestID: "r-" + customer,
		})
		if err != nil || e.At.Location() != time.UTC || !e.At.Equal(now) {
			t.Fatalf("%v %v", e, err)
		}
	}
	page, err := s.Audit(t.Context(), 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	rest, err := s.Audit(t.Context(), page[1].ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range append(page, rest...) {
		got = append(got, e.Customer+" "+e.RequestID)
	}
	if diff := cmp.Diff([]string{"C r-C", "B r-B", "A r-A"}, got); diff != "" {
		t.Error(diff)
	}
	if n, err := s.CheckAudit(t.Context()); n != 3 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
}

// Nobody changes the audit through the store's own tables; who goes around the triggers
// breaks the chain.
func TestAChangedAuditIsFound(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state")
	s, err := control.Open(t.Context(), path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, customer := range []string{"A", "B", "C"} {
		if _, err := s.AddAudit(t.Context(), control.AuditEntry{Person: "ann", Action: control.Reveal, Customer: customer}); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{"update audit set customer = 'X' where id = 2", "delete from audit where id = 2"} {
		if _, err := db.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s went through", statement)
		}
	}
	for _, statement := range []string{"drop trigger audit_is_not_changed", "update audit set customer = 'X' where id = 2"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.CheckAudit(t.Context()); !fault.Is(err, fault.Invalid) {
		t.Errorf("a changed entry: %v", err)
	}
}

func TestWithoutADiskNothingIsKept(t *testing.T) {
	t.Parallel()
	s, err := control.Open(t.Context(), filepath.Join(t.TempDir(), "state"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddAudit(t.Context(), control.AuditEntry{Person: "ann"}); err == nil {
		t.Error("an entry was kept in a closed store")
	}
}
