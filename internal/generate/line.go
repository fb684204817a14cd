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

// Line is one row of the log as others read it.
type Line struct {
	// InvoiceNo, with its C or A, and StockCode are never empty; Description may be.
	InvoiceNo, StockCode, Description string
	Quantity                          int64
	At                                time.Time // UTC
	// Pence is the price of a unit in hundredths.
	Pence int64
	// CustomerID is empty for guests.
	CustomerID, Country string
}

// numberer numbers documents and hands out their lines.
type numberer struct {
	take    func(Line) error
	summary Summary
}

func (n *numberer) document(d document, at time.Time) error {
	number := d.prefix + strconv.Itoa(firstInvoice+n.summary.Invoices)
	n.summary.Invoices++
	customer := ""
	if d.customer != 0 {
		customer = strconv.Itoa(d.customer)
	}
	for _, l := range d.lines {
		err := n.take(Line{
			InvoiceNo: number, StockCode: l.code, Description: l.description, Quantity: int64(l.quantity), At: at,
			Pence: int64(l.price), CustomerID: customer, Country: d.country,
		})
		if err != nil {
			return err
		}
		n.summary.Rows++
	}
	if n.summary.From.IsZero() {
		n.summary.From = at
	}
	n.summary.To = at
	return nil
}

// writer prints lines as CSV (RFC 4180, LF). All text is quoted, as in the public
// files: a reader that guesses the dialect from the first lines would otherwise
// never see the quotes further down. A missing description or customer is an empty
// field without quotes.
type writer struct {
	out *bufio.Writer
	row []byte
}

func newWriter(w io.Writer) (*writer, error) {
	out := &writer{out: bufio.NewWriterSize(w, 1<<16)}
	_, err := out.out.WriteString(header)
	return out, err
}

func (w *writer) line(l Line) error {
	w.row = appendField(w.row[:0], l.InvoiceNo)
	w.row = appendField(append(w.row, ','), l.StockCode)
	w.row = append(w.row, ',')
	if l.Description != "" {
		w.row = appendField(w.row, l.Description)
	}
	w.row = strconv.AppendInt(append(w.row, ','), l.Quantity, 10)
	w.row = l.At.AppendFormat(append(w.row, ','), time.DateTime)
	w.row = appendPence(append(w.row, ','), l.Pence)
	w.row = append(append(w.row, ','), l.CustomerID...)
	w.row = appendField(append(w.row, ','), l.Country)
	w.row = append(w.row, '\n')
	_, err := w.out.Write(w.row)
	return err
}

func appendField(row []byte, text string) []byte {
	row = append(row, '"')
	row = append(row, strings.ReplaceAll(text, `"`, `""`)...)
	return append(row, '"')
}

func appendPence(row []byte, p int64) []byte {
	if p < 0 {
		row, p = append(row, '-'), -p
	}
	row = strconv.AppendInt(row, p/100, 10)
	return append(row, '.', byte('0'+p%100/10), byte('0'+p%10))
}
