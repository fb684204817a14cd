package deliver

import (
	"context"

	"github.com/kith-analytics/kith/internal/generate"
	"github.com/kith-analytics/kith/internal/generate/world"
)

// logRows is about how many lines the point-of-sale log has at each scale.
func logRows(c world.Config) int {
	const small, most = 25_000, 60_000
	return min(max(small*c.Customers/2_000, 1_000), most)
}

// salesLog writes the lines of the window's days of the point-of-sale log. Its
// customers are walk-in customers with numbers of their own.
func (d *delivery) salesLog(ctx context.Context, target world.Target) error {
	from := d.cfg.Start.AddDate(0, 0, d.window.From)
	w, err := world.NewLines(target)
	if err != nil {
		return err //nolint:wrapcheck // of the warehouse
	}
	_, err = generate.SalesLines(ctx, generate.Config{
		Seed: d.cfg.Seed, Rows: logRows(d.cfg), Start: d.cfg.Start, Days: d.cfg.Days, More: d.window.To - d.cfg.Days,
	}, func(l generate.Line) error {
		if d.window.From > 0 && l.At.Before(from) {
			return nil
		}
		return w.Add(world.LogLine{
			InvoiceNo: l.InvoiceNo, StockCode: l.StockCode, Description: l.Description, Quantity: l.Quantity,
			At: l.At.UnixMicro(), Pence: l.Pence, CustomerID: l.CustomerID, Country: l.Country,
		})
	})
	if err != nil {
		return err //nolint:wrapcheck // a fault
	}
	return w.Close()
}
