package world

// World is a population and its surroundings, from which all tables follow. It is
// read-only once made, so that tables may be generated side by side.
type World struct {
	cfg     Config
	start   int64 // microseconds since 1970
	through int   // day before which everything known ends

	kinds      [5]traits
	channels   []channelTraits
	categories []category
	lands      []country
	countries  sampler
	mixes      [5]sampler // of merchant categories, by archetype
	amounts    spread
	storeHours sampler
	webHours   sampler
	stock      stock
	// shops is the merchant category of each range.
	shops       []int
	categoryIDs []string

	season          []float64 // by day
	months          []int     // by day, counted from January of year 0
	growth, decline []float64
	baskets         float64 // share of purchases
	pace            float64

	people      []person
	initiatives []initiative
	campaigns   []campaign
	// purchasesEach is the expected number of purchases of a customer in the horizon.
	purchasesEach float64
	tracking      float64 // share of visits that are kept
	loyalty       []tier
}

// Window is a span of days, From and before To, counted from the start of a world.
// A window from day 0 has what was before it too.
type Window struct{ From, To int }

// Base gives the window of a configuration's own horizon.
func (c Config) Base() Window { return Window{0, c.Days} }

// New draws the world of a configuration as far as it is known before the given
// day, which may lie beyond the configured horizon: the same process goes on.
// A configuration out of range gives a fault of code Usage.
func New(cfg Config, through int) (*World, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	w := &World{
		cfg: cfg, start: cfg.Start.UnixMicro(), through: max(through, cfg.Days), kinds: archetypes(), channels: acquisition(),
		lands: countries(), categories: categories(), amounts: newSpread(amountSpread), storeHours: newSampler(hourly(false)), webHours: newSampler(hourly(true)),
	}
	weights := make([]float64, len(w.lands))
	for i, c := range w.lands {
		weights[i] = c.weight
	}
	w.countries = newSampler(weights)
	for k := range w.kinds {
		w.mixes[k] = w.mixOf(&w.kinds[k])
	}
	w.season = season(cfg.Start, w.through+1)
	for day := range w.through {
		date := w.date(day)
		w.months = append(w.months, date.Year()*12+int(date.Month())-1)
	}
	w.trends()
	w.baskets = w.basketShare()
	w.purchasesEach = float64(cfg.Transactions) / float64(cfg.Customers) / w.rowsPerPurchase()
	w.tracking, w.loyalty = w.tracked(), w.tiers()
	w.stock = w.newStock()
	for _, r := range ranges() {
		w.shops = append(w.shops, r.category)
	}
	for i := range w.categories {
		w.categoryIDs = append(w.categoryIDs, categoryID(i))
	}
	w.people = w.population(w.through)
	w.calibrate()
	w.plan()
	return w, nil
}

// mixOf spreads an archetype's groups over the categories.
func (w *World) mixOf(k *traits) sampler {
	var totals [3]float64
	for _, c := range w.categories {
		totals[c.group] += c.weight
	}
	weights := make([]float64, len(w.categories))
	for i, c := range w.categories {
		weights[i] = k.mix[c.group] * c.weight / totals[c.group]
	}
	return newSampler(weights)
}

// Customers gives how many customers have signed up.
func (w *World) Customers() int { return len(w.people) }

// Config gives the configuration.
func (w *World) Config() Config { return w.cfg }

// ends gives the time before which everything in a window lies, and the time from
// which on; the first window has all that was before.
func (w *World) bounds(v Window) (from, to int64) {
	if v.From == 0 {
		return -1 << 62, w.at(v.To)
	}
	return w.at(v.From), w.at(v.To)
}
