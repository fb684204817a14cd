package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// search gives the nodes that a criterion names, without its neighbours.
func (e *evaluation) search(c *Criterion) (set, error) {
	if c.Method == BySelector {
		return e.searchSelector(c.text())
	}
	match, err := e.matcher(c)
	if err != nil {
		return nil, err
	}
	out := newSet(e.g.Len())
	for i := range e.items {
		if match(&e.items[i]) {
			out.add(i)
		}
	}
	return out, nil
}

// matcher gives the test that a criterion puts to each node.
func (s *Selector) matcher(c *Criterion) (func(*item) bool, error) {
	value := c.text()
	switch c.Method {
	case ByFQN:
		return fqnMatcher(value), nil
	case ByTag:
		return func(it *item) bool {
			return slices.ContainsFunc(it.tags, func(tag string) bool { return glob(value, tag) })
		}, nil
	case ByGroup:
		return func(it *item) bool {
			group := it.config.String("group")
			return it.node != nil && group != "" && glob(value, group)
		}, nil
	case ByAccess:
		return func(it *item) bool { return it.isModel() && it.node.Access == value }, nil
	case BySource:
		return sourceMatcher(value)
	case ByExposure:
		return namedMatcher(manifest.ExposureType, "exposure", value)
	case ByUnitTest:
		return namedMatcher(manifest.UnitTestType, "unit test", value)
	case ByPath:
		return s.pathMatcher(c.Raw, value)
	case ByFile:
		return func(it *item) bool {
			name := it.file[strings.LastIndexByte(it.file, '/')+1:]
			return glob(value, name) || glob(value, stem(name))
		}, nil
	case ByPackage:
		if value == "this" {
			value = s.m.ProjectName
		}
		return func(it *item) bool { return glob(value, it.pkg) }, nil
	case ByConfig:
		return configMatcher(c.Args, c.Value), nil
	case ByTestName:
		return testNameMatcher(value), nil
	case ByTestType:
		return testTypeMatcher(value)
	case ByResourceType:
		return resourceTypeMatcher(value)
	case ByVersion:
		return versionMatcher(value)
	case ByState:
		return s.stateMatcher(value)
	case ByResult:
		return s.resultMatcher(value)
	case BySourceStatus:
		return s.sourceStatusMatcher(value)
	default: // metrics, semantic models and saved queries: the project can have none
		return func(*item) bool { return false }, nil
	}
}

func fqnMatcher(value string) func(*item) bool {
	q := newFQNQuery(value)
	return func(it *item) bool {
		if it.source != nil || len(it.fqn) == 0 {
			return false
		}
		if it.version() != "" && q.namesVersion(it.fqn) || it.version() == "" && it.fqn[len(it.fqn)-1] == value {
			return true
		}
		flat := flatten(it.fqn)
		// The package may be left out.
		return q.matches(flat) || q.matches(flat[1:])
	}
}

// fqnQuery is a dotted name to look for: a node's own name, or its folders from
// the start on, with wildcards from some part to the end.
type fqnQuery struct {
	value string
	parts []string
	// literal is the number of parts before the first wildcard; pattern is the rest.
	literal int
	pattern string
}

func newFQNQuery(value string) fqnQuery {
	q := fqnQuery{value: value, parts: strings.Split(value, ".")}
	for q.literal < len(q.parts) && !hasWildcard(q.parts[q.literal]) {
		q.literal++
	}
	q.pattern = strings.Join(q.parts[q.literal:], ".")
	return q
}

// namesVersion says whether the query names a versioned model, or one of its
// versions: ledger, ledger.v2, ledger_v2.
func (q fqnQuery) namesVersion(fqn []string) bool {
	last := len(fqn) - 1
	return last > 0 && (fqn[last-1] == q.value ||
		fqn[last-1]+"_"+fqn[last] == strings.Join(q.parts[max(0, len(q.parts)-2):], "_"))
}

func (q fqnQuery) matches(flat []string) bool {
	if len(flat) < len(q.parts) || !slices.Equal(flat[:q.literal], q.parts[:q.literal]) {
		return false
	}
	return q.literal == len(q.parts) || q.pattern == "*" || glob(q.pattern, strings.Join(flat[q.literal:], "."))
}

// flatten parts names at their dots, too.
func flatten(fqn []string) []string {
	if !slices.ContainsFunc(fqn, func(s string) bool { return strings.Contains(s, ".") }) {
		return fqn
	}
	return strings.Split(strings.Join(fqn, "."), ".")
}

func sourceMatcher(value string) (func(*item) bool, error) {
	pkg, source, table := "*", "", "*"
	switch parts := strings.Split(value, "."); len(parts) {
	case 1:
		source = parts[0]
	case 2:
		source, table = parts[0], parts[1]
	case 3:
		pkg, source, table = parts[0], parts[1], parts[2]
	default:
		return nil, fault.New(fault.Usage, "Invalid source selector value \"%s\"", value).
			WithHint("write source:name, source:name.table or source:package.name.table")
	}
	return func(it *item) bool {
		return it.source != nil && glob(pkg, it.pkg) && glob(source, it.source.SourceName) && glob(table, it.name)
	}, nil
}

func namedMatcher(kind manifest.ResourceType, what, value string) (func(*item) bool, error) {
	pkg, name := "*", value
	switch parts := strings.Split(value, "."); len(parts) {
	case 1:
	case 2:
		pkg, name = parts[0], parts[1]
	default:
		return nil, fault.New(fault.Usage, "Invalid %s selector value \"%s\"", what, value).
			WithHint("write %[1]s:name or %[1]s:package.name", kind)
	}
	return func(it *item) bool { return it.kind == kind && glob(pkg, it.pkg) && glob(name, it.name) }, nil
}

// stem gives a file's name without its last extension.
func stem(name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && dot < len(name)-1 {
		return name[:dot]
	}
	return name
}

// configMatcher compares a setting, or each item of one that is a list. Text
// equals text only, as in dbt: a number set in YAML is found by a number in
// selectors.yml, not from the command line. "true" and "false" are also the booleans.
func configMatcher(path []string, want jinja.Value) func(*item) bool {
	text := jinja.Str(want)
	equal := func(v jinja.Value) bool {
		if b, ok := v.(bool); ok && strings.EqualFold(text, strconv.FormatBool(b)) {
			return true
		}
		if s, ok := v.(string); ok && len(path) == 1 && path[0] == "severity" {
			return strings.EqualFold(s, text)
		}
		return jinja.Equal(want, v)
	}
	return func(it *item) bool {
		if it.node == nil && it.source == nil {
			return false
		}
		v, ok := it.setting(path)
		if !ok {
			return false
		}
		if l, ok := v.(*jinja.List); ok {
			return slices.ContainsFunc(l.Items, equal)
		}
		return equal(v)
	}
}

func testNameMatcher(value string) func(*item) bool {
	return func(it *item) bool {
		if it.unit != nil {
			return glob(value, it.name)
		}
		return it.kind == manifest.Test && it.node.TestMetadata != nil && glob(value, it.node.TestMetadata.Name)
	}
}

func testTypeMatcher(value string) (func(*item) bool, error) {
	var generic, singular, unit bool
	switch value {
	case "generic", "schema": // schema is the old name
		generic = true
	case "singular":
		singular = true
	case "data":
		generic, singular = true, true
	case "unit":
		unit = true
	default:
		return nil, fault.New(fault.Usage,
			"Invalid test type selector %s: expected \"generic\", \"singular\", \"unit\", or \"data\"", value)
	}
	return func(it *item) bool {
		if it.kind != manifest.Test {
			return unit && it.unit != nil
		}
		if it.node.TestMetadata != nil {
			return generic
		}
		return singular
	}, nil
}

// selectableTypes are the values of resource_type.
func selectableTypes() []manifest.ResourceType {
	return []manifest.ResourceType{
		manifest.Model, manifest.Seed, manifest.Snapshot, manifest.Test, manifest.UnitTestType, manifest.SourceType,
		manifest.ExposureType, manifest.Analysis, manifest.Operation, manifest.SQLOperation,
		"metric", "semantic_model", "saved_query", "function", "fixture",
		manifest.MacroType, manifest.DocType, manifest.GroupType,
	}
}

func resourceTypeMatcher(value string) (func(*item) bool, error) {
	kind := manifest.ResourceType(value)
	if !slices.Contains(selectableTypes(), kind) {
		return nil, fault.New(fault.Usage, "Invalid resource_type selector \"%s\"", value).
			WithHint("the types are model, seed, snapshot, test, unit_test, source, exposure, analysis")
	}
	return func(it *item) bool { return it.kind == kind }, nil
}

func versionMatcher(value string) (func(*item) bool, error) {
	var match func(n *manifest.Node) bool
	switch value {
	case "latest":
		match = func(n *manifest.Node) bool { return n.Version != "" && n.Version == n.LatestVersion }
	case "prerelease":
		match = func(n *manifest.Node) bool { return versioned(n) && compareVersions(n.Version, n.LatestVersion) > 0 }
	case "old":
		match = func(n *manifest.Node) bool { return versioned(n) && compareVersions(n.Version, n.LatestVersion) < 0 }
	case "none":
		match = func(n *manifest.Node) bool { return n.Version == "" }
	default:
		return nil, fault.New(fault.Usage,
			"Invalid version type selector %s: expected one of: \"latest\", \"prerelease\", \"old\", or \"none\"", value)
	}
	return func(it *item) bool { return it.isModel() && match(it.node) }, nil
}

func versioned(n *manifest.Node) bool { return n.Version != "" && n.LatestVersion != "" }

// compareVersions orders versions as numbers where both are, else as text.
func compareVersions(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(a, b)
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
