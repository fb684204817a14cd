// Package console shows a command's events on a terminal or in a file: as dbt's
// lines, with colours and a status line below them where a person looks on, or
// as dbt's structured log, one JSON object a line.
package console
