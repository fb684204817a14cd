package twin

import (
	"cmp"
	"slices"
)

// Active counts the distinct customers of the days that end with a day.
type Active struct{ Day, DAU, WAU, MAU int }

// Activity counts the customers with sale lines for each calendar day from the
// first of them to the day before the snapshot.
func Activity(lines []Line, classes []string) []Active {
	customers := map[int]map[string]bool{}
	for i, l := range lines {
		if classes[i] != Sale {
			continue
		}
		if customers[l.Day()] == nil {
			customers[l.Day()] = map[string]bool{}
		}
		customers[l.Day()][l.Customer] = true
	}
	if len(customers) == 0 {
		return nil
	}
	days := make([]int, 0, len(customers))
	for day := range customers {
		days = append(days, day)
	}
	trailing := func(day, window int) int {
		seen := map[string]bool{}
		for d := day - window + 1; d <= day; d++ {
			for c := range customers[d] {
				seen[c] = true
			}
		}
		return len(seen)
	}
	var out []Active
	for day := slices.MinFunc(days, cmp.Compare); day < Snapshot(lines); day++ {
		out = append(out, Active{Day: day, DAU: trailing(day, 1), WAU: trailing(day, 7), MAU: trailing(day, 30)})
	}
	return out
}
