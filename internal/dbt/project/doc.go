// Package project reads what a dbt project says of itself: dbt_project.yml,
// the profile, the installed packages and which files there are. It renders the
// templates in that YAML, checks it, and gives plain types; what the files mean
// (models, tests, macros) is package parse's work.
//
//	dbt_project.yml --Load--> Project (root)  -- Packages --> Project ...
//	profiles.yml    --------> Target
package project
