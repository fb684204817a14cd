package httpapi

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// The forms of answers.
const (
	jsonType  = "application/json"
	csvType   = "text/csv"
	arrowType = "application/vnd.apache.arrow.stream"
)

// tabular is an answer that is a table.
type tabular interface {
	table() (columns []tableColumn, rows [][]any)
}

// tableColumn is a column of such an answer. Type is text, date, time, integer,
// decimal, number or boolean.
type tableColumn struct{ name, kind string }

// FormInput chooses the form of a table.
type FormInput struct {
	Format string `doc:"in place of Accept" enum:"json,csv,arrow" query:"format"`
}

// formOf gives the form that a request asks for: by ?format=csv, for links, or by
// its Accept header.
func formOf(r *http.Request, table bool) string {
	if !table {
		return jsonType
	}
	switch r.URL.Query().Get("format") {
	case "csv":
		return csvType
	case "arrow":
		return arrowType
	case "json":
		return jsonType
	}
	return accepted(r.Header.Get("Accept"))
}

func encode(form string, columns []tableColumn, rows [][]any) ([]byte, error) {
	if form == arrowType {
		return arrowTable(columns, rows)
	}
	return csvTable(columns, rows)
}

// csvTable writes RFC 4180 with all digits of decimals. Texts that a spreadsheet
// would take for a formula get an apostrophe before them; numbers stay as they are.
func csvTable(columns []tableColumn, rows [][]any) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = inert(c.name)
	}
	if err := w.Write(line); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the table cannot be written")
	}
	for _, row := range rows {
		for i, v := range row {
			line[i] = plain(v)
		}
		if err := w.Write(line); err != nil {
			return nil, fault.Wrap(err, fault.Internal, "the table cannot be written")
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// inert keeps a spreadsheet from running a text.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// plain writes a value without anything lost; "" for none.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return inert(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case warehouse.Decimal:
		return v.String()
	case metric.Day:
		return v.String()
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	default:
		return inert(fmt.Sprint(v))
	}
}
