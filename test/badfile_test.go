package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

// lines makes a log of n good lines.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,85123A,HEART HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n", 536365+i)
	}
	return b.String()
}

// loaded is a project that has 3 lines in its warehouse already.
func loaded(t *testing.T) string {
	t.Helper()
	dir := project(t, files{"good.csv": header + lines(3)})
	well(t, dir, "load", "--preset", "online-retail", "good.csv")
	return dir
}

// stillThree checks that a load that failed added nothing, anywhere.
func stillThree(t *testing.T, dir string) {
	t.Helper()
	got := query(t, dir, "select (select count(*) from bronze.transaction_logs), (select count(*) from bronze.loads), (select count(*) from bronze.rejects)")
	if got != "3,1,0" {
		t.Errorf("rows, loads, rejects: %s, want 3,1,0", got)
	}
}

func TestFileWithoutARequiredColumn(t *testing.T) {
	t.Parallel()
	dir := loaded(t)
	write(t, dir, files{"bad.csv": "InvoiceNo,StockCode,Description,Qty2,InvoiceDate,UnitPrice,CustomerID,Country\n" + lines(2)})
	refused(t, dir, 1, []string{"kith: bad.csv", "quantity", "Qty2"}, "load", "--preset", "online-retail", "bad.csv")
	stillThree(t, dir)
}

func TestFileInAnotherEncoding(t *testing.T) {
	t.Parallel()
	dir := loaded(t)
	write(t, dir, files{"bad.csv": header + "536365,85123A,CAF\xe9 SIGN,6,12/1/2010 8:26,2.55,17850,United Kingdom\n" + lines(1)})
	out := kith(t, dir, "load", "--preset", "online-retail", "bad.csv")
	// Either the file is refused, or the row is among the rejects: it is never loaded as something else.
	switch out.code {
	case 0:
		if got := query(t, dir, "select line, column_name from bronze.rejects"); got != "2,description" && got != "2,Description" {
			t.Errorf("rejects: %s", got)
		}
	case 1:
		holds(t, out.stderr, []string{"kith: bad.csv:2", "UTF-8", "--encoding"})
		stillThree(t, dir)
	default:
		t.Errorf("exit %d: %s", out.code, out.stderr)
	}
	well(t, dir, "load", "--preset", "online-retail", "--encoding", "latin1", "--again", "bad.csv")
	if got := query(t, dir, "select count(*) from bronze.transaction_logs where description = 'CAFé SIGN'"); got != "1" {
		t.Errorf("as latin1: %s rows", got)
	}
}

func TestTruncatedGzip(t *testing.T) {
	t.Parallel()
	dir := loaded(t)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(header + lines(50_000))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, dir, files{"bad.csv.gz": b.String()[:b.Len()/2]})
	refused(t, dir, 1, []string{"kith: bad.csv.gz"}, "load", "--preset", "online-retail", "bad.csv.gz")
	stillThree(t, dir)
}

func TestLineOfAMillionCharacters(t *testing.T) {
	t.Parallel()
	dir := loaded(t)
	long := "536365,85123A," + strings.Repeat("A", 1_000_000) + ",6,12/1/2010 8:26,2.55,17850,United Kingdom\n"
	write(t, dir, files{"long.csv": header + lines(2) + long + strings.ReplaceAll(lines(2), "5363", "6363")})
	well(t, dir, "load", "--preset", "online-retail", "long.csv")
	if got := query(t, dir, "select (select count(*) from bronze.transaction_logs), (select count(*) from bronze.rejects), (select min(line) from bronze.rejects)"); got != "7,1,4" {
		t.Errorf("rows, rejects, line of the reject: %s, want 7,1,4", got)
	}
}

func TestFileThatIsNotThere(t *testing.T) {
	t.Parallel()
	refused(t, loaded(t), 1, []string{"kith: ", "nowhere.csv"}, "load", "nowhere.csv")
}
