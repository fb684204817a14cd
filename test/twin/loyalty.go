package twin

import (
	"cmp"
	"slices"
	"time"
)

// Entry is an entry of the loyalty ledger.
type Entry struct {
	ID, Customer, Kind string
	At                 time.Time
	Points             int64
}

// Earning says what became of the points that came in a month.
type Earning struct {
	Earned, Redeemed, Expired, TakenBack, Outstanding int64
	// Mature are the points that are older than the expiry period, MatureExpired
	// those of them that expired.
	Mature, MatureExpired int64
}

// lot are points that came with one entry, and how many of them are left.
type lot struct {
	day  time.Time
	left int64
}

// debt are points that were taken before they were there.
type debt struct {
	kind string
	left int64
}

// Breakage follows each member's points through a queue: what goes takes from the
// oldest that are left, and what was taken too early is paid by the next that come.
// It gives the earnings by month ("2024-01") before the snapshot day.
func Breakage(entries []Entry, expiryDays int, snapshot time.Time) map[string]Earning {
	members := map[string][]Entry{}
	for _, e := range entries {
		if e.At.Before(snapshot) {
			members[e.Customer] = append(members[e.Customer], e)
		}
	}
	out := map[string]Earning{}
	for _, ledger := range members {
		slices.SortFunc(ledger, func(a, b Entry) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
		})
		follow(ledger, func(day time.Time, kind string, points int64) {
			month := day.Format("2006-01")
			e := out[month]
			e.add(kind, points, day.AddDate(0, 0, expiryDays).Before(snapshot))
			out[month] = e
		})
	}
	return out
}

// follow tells of each number of points that came on a day how it ended: with the
// kind of the entry that took it, or with "" while it is there.
func follow(ledger []Entry, tell func(day time.Time, kind string, points int64)) {
	var lots []lot
	var debts []debt
	for _, e := range ledger {
		day := e.At.Truncate(24 * time.Hour)
		if e.Points > 0 {
			left := e.Points
			for len(debts) > 0 && left > 0 {
				paid := min(left, debts[0].left)
				tell(day, debts[0].kind, paid)
				left -= paid
				if debts[0].left -= paid; debts[0].left == 0 {
					debts = debts[1:]
				}
			}
			lots = append(lots, lot{day: day, left: left})
			continue
		}
		left := -e.Points
		for len(lots) > 0 && left > 0 {
			taken := min(left, lots[0].left)
			tell(lots[0].day, e.Kind, taken)
			left -= taken
			if lots[0].left -= taken; lots[0].left == 0 {
				lots = lots[1:]
			}
		}
		if left > 0 {
			debts = append(debts, debt{kind: e.Kind, left: left})
		}
	}
	for _, l := range lots {
		tell(l.day, "", l.left)
	}
}

func (e *Earning) add(kind string, points int64, mature bool) {
	e.Earned += points
	switch kind {
	case "redeem":
		e.Redeemed += points
	case "expire":
		e.Expired += points
	case "":
		e.Outstanding += points
	default:
		e.TakenBack += points
	}
	if mature {
		e.Mature += points
		if kind == "expire" {
			e.MatureExpired += points
		}
	}
}
