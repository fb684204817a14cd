package twin

import "time"

// Event is an event of a visit: the step of the funnel that it makes, 0 for none.
type Event struct {
	Step int
	At   time.Time
}

// Reached gives the last step for which the visit, whose events are in order, has
// an event for each step up to it, each after the one before, and none later than
// the window after that of step 1. It tries all events.
func Reached(visit []Event, window time.Duration) int {
	best := 0
	for i, e := range visit {
		if e.Step == 1 {
			best = max(best, longest(visit[i+1:], 2, e.At.Add(window)))
		}
	}
	return best
}

// longest gives the last step that can be reached from the events, one less than
// next when none can.
func longest(events []Event, next int, until time.Time) int {
	best := next - 1
	for i, e := range events {
		if e.Step == next && !e.At.After(until) {
			best = max(best, longest(events[i+1:], next+1, until))
		}
	}
	return best
}
