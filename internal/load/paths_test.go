package load_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/load"
)

// A file of which no row could be read may be read in another way, and one that was read may not.
func TestAFileWithoutAReadableRowCanComeAgain(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	r := load.Request{Source: "feedback", Paths: []string{write(t, "t.csv", "submitted_at,feedback_text\n2011-01-02,caf\xe9\n2011-01-03,th\xe9\n")}}
	if got := w.load(r).Files[0]; got.Rows != 0 || got.Rejected != 2 {
		t.Fatalf("%+v", got)
	}
	r.Encoding = "latin1"
	if got := w.load(r).Files[0]; got.Rows != 2 || got.Skipped != "" {
		t.Errorf("with its encoding: %+v", got)
	}
	if got := w.load(r).Files[0]; !strings.HasPrefix(got.Skipped, load.AlreadyLoaded) {
		t.Errorf("once more: %+v", got)
	}
}

// To look at a file is no reason to refuse it, whatever it is called.
func TestAFileToLookAtGetsATableOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	for _, name := range []string{"rejects.csv", "customers.csv"} {
		got := w.load(load.Request{Paths: []string{write(t, name, "a,b\n1,2\n")}, Apart: true}).Files[0]
		if want := "bronze." + strings.TrimSuffix(name, ".csv") + "_file"; got.Table != want || got.Rows != 1 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Rows tell of a file as it was named, wherever the process stands that reads it.
func TestRowsKeepTheNameOfTheirFile(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	path := write(t, "a.csv", "a,b\n1,2\n")
	w.load(load.Request{Paths: []string{"a.csv"}, Dir: filepath.Dir(path), Table: "one"})
	w.load(load.Request{Paths: []string{"*.csv"}, Dir: filepath.Dir(path), Table: "two"})
	w.load(load.Request{Paths: []string{path}, Dir: filepath.Dir(path), Table: "three"})
	for table, want := range map[string]string{"one": "a.csv\n", "two": "a.csv\n", "three": path + "\n"} {
		same(t, table, w.lines("SELECT _file FROM bronze."+table), want)
		same(t, table+" among the loads", w.lines("SELECT file FROM bronze.loads WHERE table_name = ?", "bronze."+table), want)
	}
}

// What only looks like a number is kept as it is written.
func TestIdsAndTelephoneNumbersStayTexts(t *testing.T) {
	t.Parallel()
	w := newStore(t)
	w.load(load.Request{Paths: []string{
		write(t, "phones.csv", "phone,n\n+4912345,+1\n+4998765,-2\n"),
		write(t, "long.jsonl", "{\"id\":\"1\"}\n{\"id\":2}\n{\"id\":3.5}\n{\"id\":\"12345678901234567890\"}\n"),
	}})
	same(t, "telephone numbers", w.lines("SELECT phone, n FROM bronze.phones ORDER BY n DESC"), "+4912345|1\n+4998765|-2\n")
	same(t, "long ids", w.lines("SELECT id FROM bronze.long ORDER BY _line"), "1\n2\n3.5\n12345678901234567890\n")
}
