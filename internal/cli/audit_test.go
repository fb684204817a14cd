package cli_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/control"
)

func TestAuditLs(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	header := "at,person,action,customer_id,columns,request_id\n"
	if got := well(t, dir, "audit", "ls", "--format", "csv").stdout; got != header {
		t.Errorf("without a server ever: %q", got)
	}
	well(t, dir, "run")
	state := filepath.Join(dir, "shop.duckdb.state")
	now := time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC)
	s, err := control.Open(t.Context(), state, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	for _, customer := range []string{"A", "B"} {
		if _, err := s.AddAudit(t.Context(), control.AuditEntry{
			Person: "owner", Action: control.Reveal, Customer: customer, Columns: []string{"m.email", "m.phone"}, RequestID: "r" + customer,
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	line := func(customer string) string {
		return "2026-03-01T12:30:00Z,owner,reveal," + customer + ",m.email m.phone,r" + customer + "\n"
	}
	if got := well(t, dir, "audit", "ls", "--format", "csv").stdout; got != header+line("B")+line("A") {
		t.Errorf("all: %s", got)
	}
	if got := well(t, dir, "audit", "ls", "--format", "csv", "--limit", "1").stdout; got != header+line("B") {
		t.Errorf("one: %s", got)
	}
	db, err := sql.Open("sqlite", state)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{"drop trigger audit_is_not_changed", "update audit set customer = 'X' where id = 1"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if out := kith(t, dir, "audit", "ls", "--limit", "1"); out.code != 1 || !strings.Contains(out.stderr, "the audit was changed: entry 1") {
		t.Errorf("a changed one: %d %s", out.code, out.stderr)
	}
}
