// Package world makes a synthetic population of customers and all that becomes
// known of them: purchases, answers, points, visits, messages, tickets. It describes
// nobody, and what it was made from is known exactly.
//
// # The process
//
//   - Lives: exponential with a rate that is gamma over the population, as in
//     Pareto/NBD (Schmittlein, Morrison and Colombo, Management Science 33(1), 1987).
//     Satisfaction and being referred lower the rate, some channels raise it.
//   - Purchases: Poisson, with a rate that is gamma within each archetype (the
//     negative binomial of Ehrenberg, Applied Statistics 8(1), 1959), times the
//     season, times a trend: new customers grow, declining ones fade.
//   - Five archetypes with given shares differ in rate, categories, amounts, price
//     sensitivity and loyalty. See archetypes.
//   - Satisfaction moves survey answers, texts, tickets and the hazard of leaving;
//     sustainability moves ESG answers and the choice of labelled products; price
//     sensitivity the share of discounted lines.
//   - Treatments: campaigns with a randomised hold-out and initiatives with
//     randomised groups raise what the treated pay to 1+d times what they would
//     have paid, from the same draws. So what they brought is known to the cent.
//
// All parameters stand in archetype.go and groups.go, and as constants beside what
// uses them.
//
// # Determinism
//
// Every draw comes from a stream of its own purpose and thing (a customer; a
// customer's day), seeded by Config.Seed. So a day can be drawn without those
// before it: days are generated side by side, and a longer horizon begins like a
// shorter one. The same configuration gives the same rows, on one processor
// architecture; the last bit of a logarithm may differ between two.
//
// # Windows
//
// Rows are asked for by Window: the first has all up to the horizon's end, a later
// one what arrives on further days. A row that is late, comes twice or was brought
// back later arrives in the window of that day. Rows that tell a state (messages,
// tickets, invitations) come again in the window in which the state changed.
//
// Memory is a record a customer and some tables of parameters; it does not grow
// with the number of transactions.
package world
