package project

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
)

// requires reads require-dbt-version: a text with commas, or a list.
func (b *builder) requires(p *Project) {
	const key = "require-dbt-version"
	for _, text := range b.texts(key) {
		for spec := range strings.SplitSeq(text, ",") {
			if spec = strings.TrimSpace(spec); versionSpec.FindString(spec) == "" {
				b.failf(key, "%s: %q is no version; write all three numbers, as in >=1.7.0", key, spec)
			}
			p.Requires = append(p.Requires, spec)
		}
	}
	if n := yamlvalue.Get(b.node, key); n != nil {
		p.RequiresAt = manifest.Site{File: b.file, Line: n.Line}
	}
}

var versionSpec = regexp.MustCompile(`^(=|>=|<=|<|>)?\s*v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// CheckVersion refuses a project, or a package of it, that does not run on a
// version of dbt, which is a whole one such as 1.12.0.
func (p *Project) CheckVersion(version string) error {
	for _, one := range append([]*Project{p}, p.packages()...) {
		for _, spec := range one.Requires {
			if !allows(spec, version) {
				return fault.New(fault.Usage, "%q asks for dbt %s, and this is dbt %s", one.Name, strings.Join(one.Requires, ", "), version).
					At(one.RequiresAt.File, one.RequiresAt.Line).WithHint("change require-dbt-version, or try with --no-version-check")
			}
		}
	}
	return nil
}

func (p *Project) packages() []*Project {
	var out []*Project
	for _, name := range p.PackageNames() {
		out = append(out, p.Packages[name])
	}
	return out
}

func allows(spec, version string) bool {
	want, have := versionSpec.FindStringSubmatch(spec), versionSpec.FindStringSubmatch(version)
	order := 0
	for i := 2; i <= 4 && order == 0; i++ {
		a, _ := strconv.Atoi(have[i]) // the pattern has let only digits pass
		b, _ := strconv.Atoi(want[i])
		order = cmp.Compare(a, b)
	}
	if order == 0 && want[5] != "" {
		order = 1 // a release comes after what was tried before it
	}
	switch want[1] {
	case ">=":
		return order >= 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case "<":
		return order < 0
	}
	return order == 0
}
