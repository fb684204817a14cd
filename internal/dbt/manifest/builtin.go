package manifest

// The packages of the macros that ship with Kith.
const (
	BuiltinPackage = "dbt"
	AdapterPackage = "dbt_duckdb"
)

// IsBuiltin says whether a package ships with Kith.
func IsBuiltin(pkg string) bool { return pkg == BuiltinPackage || pkg == AdapterPackage }
