package world

// group is the group of a merchant category.
type group int

const (
	travel group = iota
	necessity
	discretionary
)

func (g group) String() string { return [...]string{"travel", "necessity", "discretionary"}[g] }

// archetype is how a customer spends: the generating truth behind the spending
// segments that models find from behaviour.
type archetype uint8

const (
	travelers archetype = iota
	stable
	growing
	budget
	declining
)

// traits are the parameters of an archetype.
type traits struct {
	name string
	// share of all customers.
	share float64
	// rate of purchases against the average customer, and the gamma shape of its
	// spread between customers.
	rate, shape float64
	// mix is the share of purchases by group: travel, necessity, discretionary.
	mix [3]float64
	// basket scales amounts; spread is the deviation of its logarithm between customers.
	basket, spread float64
	// hazard scales the rate of dropping out.
	hazard float64
	// sensitive is the mean of price sensitivity.
	sensitive float64
	// member is the share that joins the loyalty programme, web that of purchases
	// made on the web or in the app.
	member, web float64
	// income weighs low, middle and high.
	income [3]float64
	// ageMean is the mean age on the first day.
	ageMean float64
}

// archetypes gives the five by their number. The shares are those that customers
// of such platforms are said to have; all other figures are ours.
func archetypes() [5]traits {
	return [5]traits{
		travelers: {
			"High-Value Travelers", 0.20, 1.25, 4,
			[3]float64{0.42, 0.20, 0.38},
			2.2, 0.30, 0.7, 0.20, 0.75, 0.60,
			[3]float64{0.05, 0.35, 0.60},
			47,
		},
		stable: {
			"Stable Mid-Spenders", 0.35, 1.10, 6,
			[3]float64{0.08, 0.52, 0.40},
			1.0, 0.25, 0.7, 0.35, 0.60, 0.45,
			[3]float64{0.20, 0.60, 0.20},
			45,
		},
		growing: {
			"New & Growing", 0.15, 0.85, 3,
			[3]float64{0.14, 0.36, 0.50},
			0.95, 0.35, 1.0, 0.40, 0.45, 0.70,
			[3]float64{0.30, 0.50, 0.20},
			33,
		},
		budget: {
			"Budget-Conscious", 0.20, 0.80, 4,
			[3]float64{0.03, 0.76, 0.21},
			0.45, 0.25, 1.1, 0.70, 0.55, 0.35,
			[3]float64{0.60, 0.35, 0.05},
			42,
		},
		declining: {
			"Declining", 0.10, 1.10, 3,
			[3]float64{0.12, 0.44, 0.44},
			1.0, 0.30, 1.4, 0.45, 0.50, 0.45,
			[3]float64{0.30, 0.55, 0.15},
			50,
		},
	}
}

// Growth of the new ones over their first months, and the decay of the declining.
const (
	growFrom     = 0.45  // of the full rate on the first day
	growTo       = 1.50  // of it in the end
	growDays     = 240.0 // time constant
	declineDays  = 110.0 // time constant
	declineFloor = 0.04
)

// Drop-out: Pareto/NBD (Schmittlein, Morrison and Colombo, Management Science
// 33(1), 1987): exponential lifetimes whose rate is gamma over the population.
const (
	dropShape = 1.2
	dropScale = 1_700.0 // days: the mean rate is dropShape/dropScale
	// dropBySatisfaction is what a deviation of satisfaction takes off the
	// logarithm of the hazard, dropReferred what scales it for referred customers.
	dropBySatisfaction = 0.55
	dropReferred       = 0.60
)

// channelTraits are those of a channel that wins customers.
type channelTraits struct {
	name string
	// share of customers, scales of purchase rate and hazard, cost of a customer.
	share, rate, hazard, cost float64
	campaigns                 []string
	// clickRate is clicks an impression, signRate customers a click.
	clickRate, signRate float64
}

const referralChannel = 5

func acquisition() []channelTraits {
	return []channelTraits{
		{"search", 0.28, 1.05, 0.90, 24, []string{"brand", "generic"}, 0.045, 0.030},
		{"social", 0.18, 0.90, 1.25, 19, []string{"feed", "stories"}, 0.011, 0.012},
		{"ads", 0.17, 0.85, 1.40, 38, []string{"prospecting", "retargeting"}, 0.006, 0.010},
		{"direct", 0.15, 1.10, 0.80, 3, []string{""}, 0.10, 0.05},
		{"mail", 0.09, 1.00, 1.00, 9, []string{"newsletter"}, 0.03, 0.025},
		{"referral", 0.13, 1.10, 1.00, 12, []string{""}, 0.20, 0.20},
	}
}
