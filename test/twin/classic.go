package twin

import "math/big"

// Classic are a customer's figures in the formulas that dashboards usually ship,
// over sale and return lines alike. Money is in pence.
type Classic struct {
	Recency, Tenure, Frequency, Lines int
	Monetary                          int64
	// Revenue is mean line x frequency x tenure, Profit its margin, in units of the
	// currency with four decimals.
	Revenue, Profit string
}

// Classic computes the classic figures by customer.
func (s *Seeds) Classic(lines []Line, classes []string) map[string]Classic {
	snapshot := Snapshot(lines)
	out := map[string]Classic{}
	invoices := map[[2]string]bool{}
	for i, l := range lines {
		if l.Customer == "" || (classes[i] != Sale && classes[i] != Return) {
			continue
		}
		c, known := out[l.Customer]
		if !known {
			c.Recency = snapshot - l.Day()
		}
		c.Recency = min(c.Recency, snapshot-l.Day())
		c.Tenure = max(c.Tenure, snapshot-l.Day())
		if invoice := [2]string{l.Customer, l.Invoice}; !invoices[invoice] {
			invoices[invoice] = true
			c.Frequency++
		}
		c.Lines++
		c.Monetary += l.Money(classes[i])
		out[l.Customer] = c
	}
	for id, c := range out {
		product := new(big.Rat).SetFrac64(c.Monetary, 100)
		product.Mul(product, new(big.Rat).SetFrac64(int64(c.Frequency*c.Tenure), int64(c.Lines)))
		c.Revenue = product.FloatString(4)
		c.Profit = product.Mul(product, new(big.Rat).SetFrac64(s.margin, 1_000_000)).FloatString(4)
		out[id] = c
	}
	return out
}
