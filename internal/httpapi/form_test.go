package httpapi //nolint:testpackage // the forms are inner parts

import (
	"encoding/csv"
	"math/big"
	"strings"
	"testing"

	"github.com/kith-analytics/kith/internal/warehouse"
)

func TestFormulasInCSVAreTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "'=1", "a=1": "a=1", "": "", "'=1": "'=1",
	} {
		body, err := csvTable([]tableColumn{{name: "a"}}, [][]any{{text}})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(strings.NewReader(string(body) + "\r\n")).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(lines) > 1 {
			got = lines[1][0]
		}
		if got != want { // a line of its own cannot begin in a cell that is written with CRLF
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
	body, err := csvTable([]tableColumn{{name: "n"}, {name: "d"}, {name: "f"}}, [][]any{{int64(-5), warehouse.Decimal{Unscaled: big.NewInt(-1250), Scale: 2}, -0.5}})
	if err != nil || !strings.HasSuffix(string(body), "\r\n-5,-12.50,-0.5\r\n") {
		t.Errorf("numbers are written %q: %v", body, err)
	}
}
