package world

// LogLine is a line of the point-of-sale log. Empty descriptions and customers are
// written as NULL.
type LogLine struct {
	InvoiceNo, StockCode, Description string
	Quantity                          int64
	At                                int64 // microseconds since 1970
	Pence                             int64 // price of a unit in hundredths
	CustomerID, Country               string
}

// Lines writes the point-of-sale log's table.
type Lines struct{ r *rows }

// NewLines opens the log's table.
func NewLines(target Target) (*Lines, error) {
	sink, stamp, err := target.Open(SalesLog())
	if err != nil {
		return nil, err
	}
	return &Lines{newRows(SalesLog(), stamp, sink, target.Count)}, nil
}

// Add writes a line.
func (l *Lines) Add(x LogLine) error {
	r := l.r
	r.text(x.InvoiceNo)
	r.text(x.StockCode)
	r.orNull(x.Description)
	r.int(x.Quantity)
	r.time(x.At)
	r.int(x.Pence * 100)
	r.orNull(x.CustomerID)
	r.text(x.Country)
	r.end()
	return r.err
}

// Close hands over what is left.
func (l *Lines) Close() error {
	l.r.flush()
	return l.r.err
}
