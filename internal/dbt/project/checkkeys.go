package project

import (
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

// keys are what dbt_project.yml may hold. Some mean nothing here, and some have
// other names by now.
func keys() []string {
	return strings.Fields(`
		name config-version version profile project-root
		model-paths source-paths macro-paths data-paths seed-paths test-paths analysis-paths docs-paths asset-paths
		function-paths osi-paths snapshot-paths target-path log-path packages-install-path clean-targets
		quoting on-run-start on-run-end require-dbt-version dispatch query-comment restrict-access dbt-cloud flags vars packages
		models seeds snapshots analyses sources tests data_tests unit_tests metrics semantic-models saved-queries exposures functions`)
}

// checkKeys refuses keys that say nothing, for they are mistyped.
func (b *builder) checkKeys() {
	known := keys()
	for _, pair := range yamlvalue.Pairs(b.node) {
		if !slices.Contains(known, pair.Key) && b.err == nil {
			b.err = fault.New(fault.Parse, "there is no key %q in a project file", pair.Key).At(b.file, pair.Line).
				WithHint("look for a typing mistake; what is the project's own goes under vars:")
		}
	}
}
