package httpapi //nolint:testpackage // the forms are inner parts

import (
	"encoding/csv"
	"math/big"
	"net/http"
	"net/http/httptest"
	"reflect"
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

// The form is the one that is wanted most of those that there are.
func TestTheFormThatIsWantedMost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ accept, want string }{
		{"", jsonType},
		{"*/*", jsonType},
		{"text/csv", csvType},
		{"TEXT/CSV; charset=utf-8", csvType},
		{"application/json;q=0.5, text/csv", csvType},
		{"text/csv;q=0.4, application/json;q=0.9", jsonType},
		{"text/csv;q=0.4, application/vnd.apache.arrow.stream;q=0.6, application/json;q=0.5", arrowType},
		{"text/csv, application/json", csvType},
		{"application/json, text/csv", jsonType},
		{"text/csv, */*;q=0.1", csvType},
		{"*/*;q=0.1, text/csv", csvType},
		{"text/csv;q=0, */*", jsonType},
		{"application/json;q=0, */*", csvType},
		{"text/*", csvType},
		{"application/*", jsonType},
		{"text/csv;q=0.2, text/*", csvType},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", jsonType},
		{"application/xml", jsonType},
		{"text/csv;q=0", jsonType},
		{"text/csv;q=much", jsonType},
		{"text/csv;q=7", jsonType},
		{", ;;, text/csv", csvType},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.Header.Set("Accept", c.accept)
		if got := formOf(r, true); got != c.want {
			t.Errorf("%q is answered with %s, want %s", c.accept, got, c.want)
		}
		if got := formOf(r, false); got != jsonType {
			t.Errorf("%q is answered with %s where there are no tables", c.accept, got)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/?format=arrow", http.NoBody)
	r.Header.Set("Accept", "text/csv")
	if got := formOf(r, true); got != arrowType {
		t.Errorf("?format=arrow is answered with %s", got)
	}
}

// The kinds of segments are the same in the code and in the API's description.
func TestSegmentKindsAreDescribed(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[SegmentInput]().FieldByName("Kind")
	if got := field.Tag.Get("enum"); got != strings.Join(segmentKinds(), ",") {
		t.Errorf("described are %s", got)
	}
}
