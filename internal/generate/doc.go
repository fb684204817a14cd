// Package generate makes synthetic data: a retail sales log that behaves like a
// real one and describes nobody.
//
// The log has the columns of the well-known online-retail files and their
// troubles too: guests without a customer id, credit notes, write-offs at price
// zero with a storeman's note for a description, postage and bank charges among
// the products, bad debt, and country names that no mapping knows.
//
// # What stands behind the numbers
//
//   - Customers follow the buy-till-you-die story of Fader, Hardie and Lee
//     ("Counting Your Customers" the Easy Way, Marketing Science 24(2), 2005):
//     each buys as a Poisson process at a rate of their own (gamma over the
//     population) and after any order may leave for good (probability of their
//     own, beta over the population).
//   - The process runs on activity time, not on the calendar: no trade on
//     Saturdays and over the turn of the year, quiet Sundays, a peak before
//     Christmas. See calendar.
//   - Products share the trade by a Zipf-Mandelbrot curve, have price eras,
//     promotions and quantity breaks, and some sell only in season.
//
// Every draw comes from streams seeded by Config.Seed: the same configuration
// gives the same bytes (on one processor architecture; the last bit of a
// logarithm may differ between two). Customer, invoice and product numbers lie
// outside the ranges of the public files, so that the two cannot be mixed up.
//
// Memory is one small record per customer, the returns that are still to come,
// and one day's timetable; it does not grow with the number of lines otherwise.
package generate
