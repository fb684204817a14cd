package world

import "context"

// Target says where rows go and how they are marked.
type Target struct {
	// Open gives the sink of a table's rows, and their provenance. It is asked once
	// for each table of a call.
	Open func(t Table) (Sink, Stamp, error)
	// Count hears of rows as they go out; nil for nobody. It is called from the
	// goroutine that generates.
	Count func(rows int64)
}

// Tables lists all tables that a world fills, but for the sales log.
func Tables() []Table {
	return []Table{
		customersTable(), consentsTable(), transactionsTable(), productsTable(), categoriesTable(), surveysTable(), feedbackTable(),
		ticketsTable(), ledgerTable(), tiersTable(), journeysTable(), referralsTable(), communicationsTable(), costsTable(),
		researchTable(), initiativesTable(), membersTable(),
		truthCustomersTable(), truthCampaignsTable(), truthInitiativesTable(), truthDirtyTable(), truthParametersTable(),
	}
}

// Grows says whether a later window adds rows to a table, rather than replacing
// all that is known: the truth is told anew each time, but for the rows that are dirty.
func (t Table) Grows() bool { return t.Raw() || t.Name == "transactions_dirty" }

// filling is a set of tables being filled.
type filling struct {
	target Target
	open   []*rows
	err    error
}

func (f *filling) table(t Table) *rows {
	sink, stamp, err := f.target.Open(t)
	r := newRows(t, stamp, sink, f.target.Count)
	if r.err = err; err != nil && f.err == nil {
		f.err = err
	}
	f.open = append(f.open, r)
	return r
}

// finish hands over what is left and gives the first error.
func (f *filling) finish() error {
	for _, r := range f.open {
		r.flush()
		if f.err == nil {
			f.err = r.err
		}
	}
	return f.err
}

// failed gives the first error so far, or that of the context.
func (f *filling) failed(ctx context.Context) error {
	if f.err != nil {
		return f.err
	}
	for _, r := range f.open {
		if r.err != nil {
			return r.err
		}
	}
	return ctx.Err() //nolint:wrapcheck // the caller says what was stopped
}

// Transactions writes what the days from and before to bring to a window, of which
// they are a part given by Parts: transactions, and in the truth what is odd
// about them. Errors are those of the sinks and of the context.
func (w *World) Transactions(ctx context.Context, v Window, from, to int, target Target) error {
	f := filling{target: target}
	out, dirt := w.transactionRows(&f), f.table(truthDirtyTable())
	if from == v.From {
		from = max(0, from-lookBack)
	}
	for day := from; day < to; day++ {
		if err := f.failed(ctx); err != nil {
			return err
		}
		w.transactions(day, v, out, dirt)
	}
	return f.finish()
}

// People writes the tables that the lives of some customers fill, and their truth:
// of those from and before to, as PeopleParts gives them. What treatments brought
// to them is counted for Summary.
func (w *World) People(ctx context.Context, v Window, from, to int, target Target) (*Tally, error) {
	f := filling{target: target}
	d := newSide(w, v, &sideRows{
		customers: f.table(customersTable()), consents: f.table(consentsTable()), surveys: f.table(surveysTable()),
		feedback: f.table(feedbackTable()), tickets: f.table(ticketsTable()), ledger: f.table(ledgerTable()),
		journeys: f.table(journeysTable()), referrals: f.table(referralsTable()), communications: f.table(communicationsTable()),
		truth: f.table(truthCustomersTable()),
	})
	for i := from; i < min(to, w.firstAfter(v.To)); i++ {
		if err := f.failed(ctx); err != nil {
			return nil, err
		}
		d.person(&w.people[i])
	}
	return d.truth, f.finish()
}

// PeopleParts splits the customers into n parts that are about as much work: the
// numbers at which parts begin, and the end.
func (w *World) PeopleParts(n int) []int {
	work := func(p *person) float64 {
		from, to := w.active(p)
		return 1 + p.rate*float64(max(0, min(to, w.through)-from))
	}
	total := 0.0
	for i := range w.people {
		total += work(&w.people[i])
	}
	cuts, sum := []int{0}, 0.0
	for i := range w.people {
		if sum >= total*float64(len(cuts))/float64(n) && len(cuts) < n {
			cuts = append(cuts, i)
		}
		sum += work(&w.people[i])
	}
	return append(cuts, len(w.people))
}

// Summary writes the truth about treatments and parameters, when all parts of the
// customers are counted.
func (w *World) Summary(v Window, parts []*Tally, target Target) error {
	f := filling{target: target}
	all := newTally(w)
	for _, part := range parts {
		all.add(part)
	}
	all.write(v, f.table(truthCampaignsTable()), f.table(truthInitiativesTable()))
	w.parameters(v, f.table(truthParametersTable()))
	return f.finish()
}

// Reference writes what does not depend on single customers. All but the costs is
// in the first window.
func (w *World) Reference(ctx context.Context, v Window, target Target) error {
	f := filling{target: target}
	w.costs(v, f.table(costsTable()))
	if v.From == 0 {
		w.products(f.table(productsTable()))
		w.merchantCategories(f.table(categoriesTable()))
		w.tierRows(f.table(tiersTable()))
		w.research(f.table(researchTable()))
		w.initiativeRows(f.table(initiativesTable()))
		w.memberRows(f.table(membersTable()))
	}
	if err := f.failed(ctx); err != nil {
		return err
	}
	return f.finish()
}

// Expected gives about how many rows a window has in all tables.
func (w *World) Expected(v Window) int64 {
	const each = 80 // rows of a customer beside the transactions, as counted at all scales
	rows := float64(w.cfg.Transactions) + each*float64(w.cfg.Customers)
	return int64(rows * float64(v.To-v.From) / float64(w.cfg.Days))
}
