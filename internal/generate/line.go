package generate

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
)

// line is one row of the log.
type line struct {
	code, description string
	quantity          int
	price             pence
}

// document is what an invoice number stands for.
type document struct {
	// prefix is "" for invoices, "C" for credit notes, "A" for bad debt.
	prefix string
	// customer is 0 for none.
	customer int
	country  string
	lines    []line
}

// firstInvoice lies above all invoice numbers of the public retail files.
const firstInvoice = 800_001

// header holds the column names of the online-retail files.
const header = `"InvoiceNo","StockCode","Description","Quantity",` +
	`"InvoiceDate","UnitPrice","CustomerID","Country"` + "\n"

// writer numbers documents and prints their lines as CSV (RFC 4180, LF). All
// text is quoted, as in the public files: a reader that guesses the dialect from
// the first lines would otherwise never see the quotes further down. A missing
// description or customer is an empty field without quotes.
type writer struct {
	out     *bufio.Writer
	row     []byte
	summary Summary
}

func newWriter(w io.Writer) (*writer, error) {
	out := &writer{out: bufio.NewWriterSize(w, 1<<16)}
	_, err := out.out.WriteString(header)
	return out, err
}

func (w *writer) document(d document, at time.Time) error {
	number := d.prefix + strconv.Itoa(firstInvoice+w.summary.Invoices)
	w.summary.Invoices++
	for _, l := range d.lines {
		w.row = appendField(w.row[:0], number)
		w.row = appendField(append(w.row, ','), l.code)
		w.row = append(w.row, ',')
		if l.description != "" {
			w.row = appendField(w.row, l.description)
		}
		w.row = strconv.AppendInt(append(w.row, ','), int64(l.quantity), 10)
		w.row = at.AppendFormat(append(w.row, ','), time.DateTime)
		w.row = appendPence(append(w.row, ','), l.price)
		w.row = append(w.row, ',')
		if d.customer != 0 {
			w.row = strconv.AppendInt(w.row, int64(d.customer), 10)
		}
		w.row = appendField(append(w.row, ','), d.country)
		w.row = append(w.row, '\n')
		if _, err := w.out.Write(w.row); err != nil {
			return err
		}
		w.summary.Rows++
	}
	if w.summary.From.IsZero() {
		w.summary.From = at
	}
	w.summary.To = at
	return nil
}

func appendField(row []byte, text string) []byte {
	row = append(row, '"')
	row = append(row, strings.ReplaceAll(text, `"`, `""`)...)
	return append(row, '"')
}

func appendPence(row []byte, p pence) []byte {
	if p < 0 {
		row, p = append(row, '-'), -p
	}
	row = strconv.AppendInt(row, int64(p/100), 10)
	return append(row, '.', byte('0'+p%100/10), byte('0'+p%10))
}
