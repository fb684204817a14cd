package twin

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Line is one line of a sales log.
type Line struct {
	// Row is the line of the file that it stands in; the header is line 1.
	Row                        int
	Invoice, Code, Description string
	Quantity                   int64
	At                         time.Time
	// Price is a unit's price in pence, rounded half away from zero.
	Price             int64
	Customer, Country string
}

// Day is the number of the line's day since 1970.
func (l Line) Day() int { return DayOf(l.At) }

// Amount is the line's money in pence, as the log has it.
func (l Line) Amount() int64 { return l.Quantity * l.Price }

// Money is the line's money in pence when it has a class: what comes back is negative,
// whichever signs a till gives it.
func (l Line) Money(class string) int64 {
	amount := l.Amount()
	if class == Return && amount > 0 {
		return -amount
	}
	return amount
}

// DayOf gives the number of a time's day since 1970, in UTC.
func DayOf(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

// Date writes a day as 2011-12-31.
func Date(day int) string { return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly) }

// Read reads a log in the columns of the preset online-retail. No record may span lines.
func Read(r io.Reader) ([]Line, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	lines := make([]Line, 0, len(records))
	for i, record := range records[1:] {
		line, err := parse(record)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		line.Row = i + 2
		lines = append(lines, line)
	}
	return lines, nil
}

func parse(record []string) (Line, error) {
	quantity, err := strconv.ParseInt(record[3], 10, 64)
	if err != nil {
		return Line{}, fmt.Errorf("quantity: %w", err)
	}
	at, err := time.Parse(time.DateTime, record[4])
	if err != nil {
		return Line{}, fmt.Errorf("date: %w", err)
	}
	price, err := pence(record[5])
	if err != nil {
		return Line{}, err
	}
	trim := func(i int) string { return strings.Trim(record[i], " ") }
	return Line{
		Invoice: trim(0), Code: strings.ToUpper(trim(1)), Description: trim(2), Quantity: quantity, At: at, Price: price,
		Customer: trim(6), Country: trim(7),
	}, nil
}

// pence reads a decimal number such as -11062.06.
func pence(text string) (int64, error) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	mills, err := strconv.ParseInt(whole+(fraction + "000")[:3], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("price: %w", err)
	}
	out := (mills + 5) / 10
	if negative {
		out = -out
	}
	return out, nil
}
