// Package deliver puts a synthetic world into the warehouse.
//
// Rows are generated and written by several sessions at once, into tables under
// names of their own that nothing reads:
//
//	days, first part  ─► session ─┐
//	days, second part ─► session ─┼─► bronze.transactions__generating ─┐
//	customers' lives  ─► sessions ──► bronze.customers__generating ... ─┼─► one transaction: the tables take their
//	sales log         ─► session ───► bronze.transaction_logs__...     ─┘   places, and bronze.loads tells of it
//
// So a failure, a cancelled context or a killed process leaves what was there: what
// is left under the other names is cleared away by the failing run itself, or by
// the next one.
package deliver
