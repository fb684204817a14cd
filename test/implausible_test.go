package e2e

import "testing"

// An initiative that ended before it started is set aside and told, and the build goes on with the others.
func TestAnImpossibleInitiativeIsSetAside(t *testing.T) {
	t.Parallel()
	dir := emptyShop(t)
	write(t, dir, files{
		"../transactions.csv": threeBuyers,
		"../initiatives.csv":  "initiative_id,initiative_name,pillar,started_on,ended_on,cost\ni1,Bags,environment,2024-11-05,2024-11-20,5\ni2,Trees,social,2024-11-05,2023-11-20,5\ni3,Board,governance,2024-11-05,,-5\n",
		"../members.csv":      "initiative_id,customer_id,is_treated\ni1,steady,true\ni1,stopped,false\ni2,steady,true\ni2,stopped,false\n",
	})
	well(t, dir, "load", "transactions", "--quiet", "../transactions.csv")
	well(t, dir, "load", "esg_initiatives", "--quiet", "../initiatives.csv")
	well(t, dir, "load", "esg_initiative_members", "--quiet", "../members.csv")
	told := well(t, dir, "build", "--select", "+mart_esg_initiative_effects", "stg_products", "warn_implausible_values",
		"--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
	holds(t, told, []string{"WARN 2 warn_implausible_values"})
	if got, want := query(t, dir, "select initiative_id, window_days, cost from gold.mart_esg_initiative_effects order by 1"), "i1,16,5.00\ni3,27,"; got != want {
		t.Errorf("measured:\n%s\nwant:\n%s", got, want)
	}
	if got, want := query(t, dir, "select initiative_id, set_aside_reason from silver.stg_esg_initiatives where set_aside_reason is not null"), "i2,ended before it started"; got != want {
		t.Errorf("set aside: %s, want %s", got, want)
	}
}
