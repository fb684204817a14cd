// Package analytics carries the dbt project that Kith ships, for `kith init` to
// write and for people to change.
package analytics

import "embed"

// Project holds the project's files, rooted at the folder of dbt_project.yml.
// Hidden files and whatever a build writes (target, the warehouse) are not in it.
//
//go:embed dbt_project.yml profiles.yml README.md dashboards macros metrics models seeds snapshots tests
var Project embed.FS
