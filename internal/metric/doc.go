// Package metric turns the project's metric files into figures. A metric is defined
// once, in metrics/*.yml, over a model of the project; dashboards, the API, exports
// and alerts ask for it by name.
//
//	metrics/*.yml --Load--> Catalog --NewRunner--> Runner --Run---> Result
//	                           |                      |---Explain-> Explanation
//	                        checked                   +---Rows----> Page
//
// A Runner compiles a Query to one statement. Each dataset's measures are aggregated
// apart and joined on time and dimensions, so that no join multiplies rows. Values
// are bound, and identifiers come from the catalog alone.
package metric
