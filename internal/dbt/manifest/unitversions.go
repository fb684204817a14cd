package manifest

import "slices"

// For says whether the unit test is for a version of its model; a nil receiver
// is for all.
func (v *UnitTestVersions) For(version string) bool {
	switch {
	case v == nil:
		return true
	case len(v.Exclude) > 0:
		return !slices.Contains(v.Exclude, version)
	}
	return slices.Contains(v.Include, version)
}
