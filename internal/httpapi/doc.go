// Package httpapi is what Kith answers over HTTP: the API under /api/v1 with its
// OpenAPI document and a page that shows it, signing in, health, metrics for
// monitoring, and the web app for every other address.
//
//	request -> id, log -> headers -> cross-origin check -> session (401) -> operation
//	operation: scope -> one reading of the published data -> answer -> JSON, CSV or Arrow
//
// An operation takes all its figures from one reading, so that they belong to one
// data version, which the answer names in its ETag. Faults become problems (RFC 9457)
// in one place, problem.go.
package httpapi
