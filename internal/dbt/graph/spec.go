package graph

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// Indirect says which tests come along with the nodes that were selected.
type Indirect string

// The ways of indirect selection.
const (
	// Eager takes a test when any of its parents is selected.
	Eager Indirect = "eager"
	// Cautious takes a test when all of its parents are selected.
	Cautious Indirect = "cautious"
	// Buildable takes a test when each of its parents is selected or an ancestor of what is.
	Buildable Indirect = "buildable"
	// Empty takes no test that isn't selected itself.
	Empty Indirect = "empty"
)

// ParseIndirect reads the value of --indirect-selection; "" is Eager.
func ParseIndirect(s string) (Indirect, error) {
	switch i := Indirect(s); i {
	case "":
		return Eager, nil
	case Eager, Cautious, Buildable, Empty:
		return i, nil
	}
	return "", fault.New(fault.Usage, "'%s' is not a way of indirect selection", s).
		WithHint("use eager, cautious, buildable or empty")
}

// Method is a way to find nodes by a value.
type Method string

// The methods.
const (
	ByFQN          Method = "fqn"
	ByTag          Method = "tag"
	ByGroup        Method = "group"
	ByAccess       Method = "access"
	BySource       Method = "source"
	ByPath         Method = "path"
	ByFile         Method = "file"
	ByPackage      Method = "package"
	ByConfig       Method = "config"
	ByTestName     Method = "test_name"
	ByTestType     Method = "test_type"
	ByResourceType Method = "resource_type"
	ByState        Method = "state"
	ByExposure     Method = "exposure"
	ByMetric       Method = "metric"
	ByResult       Method = "result"
	BySourceStatus Method = "source_status"
	ByVersion      Method = "version"
	BySemantic     Method = "semantic_model"
	BySavedQuery   Method = "saved_query"
	ByUnitTest     Method = "unit_test"
	BySelector     Method = "selector"
)

// Methods lists every method in the order of the documentation.
func Methods() []Method {
	return []Method{
		ByFQN, ByTag, ByGroup, ByAccess, BySource, ByPath, ByFile, ByPackage, ByConfig, ByTestName, ByTestType,
		ByResourceType, ByState, ByExposure, ByMetric, ByResult, BySourceStatus, ByVersion, BySemantic, BySavedQuery,
		ByUnitTest, BySelector,
	}
}

// Criterion is one selection criterion, as in "@tag:nightly" or "2+config.materialized:table+1".
type Criterion struct {
	// Raw is the criterion as written.
	Raw    string
	Method Method
	// Args are the parts of the method after its name: config.meta.owner has meta and owner.
	Args []string
	// Value is what the method looks for. On the command line it is text; in
	// selectors.yml it may be a number or a boolean.
	Value jinja.Value
	// ChildrensParents is the "@" in front: all descendants and all their ancestors.
	ChildrensParents bool
	// Parents is "+" in front, ParentsDepth its number or Unlimited.
	Parents      bool
	ParentsDepth int
	// Children is "+" behind, ChildrenDepth its number or Unlimited.
	Children      bool
	ChildrenDepth int
	// Indirect says which tests come along; "" leaves it to the request.
	Indirect Indirect
}

// text gives the value as methods compare it.
func (c *Criterion) text() string { return jinja.Str(c.Value) }

// ParseCriterion reads one criterion:
//
//	@?(\d*\+)?(method(.arg)*:)?value(\+\d*)?
//
// Without a method a value with a slash is a path, one that ends in .sql, .py or
// .csv a file, and any other a name (fqn).
func ParseCriterion(raw string) (*Criterion, error) {
	if strings.Contains(raw, "\n") {
		return nil, invalidSpec(raw, "it has a line break")
	}
	c := &Criterion{Raw: raw, ParentsDepth: Unlimited, ChildrenDepth: Unlimited}
	rest := raw
	rest, c.ChildrensParents = strings.CutPrefix(rest, "@")
	if digits := leadingDigits(rest); strings.HasPrefix(rest[len(digits):], "+") {
		c.Parents, c.ParentsDepth = true, depth(digits)
		rest = rest[len(digits)+1:]
	}
	var method string
	var hasMethod bool
	if at := strings.IndexFunc(rest, func(r rune) bool { return !isWord(r) && r != '.' }); at > 0 && rest[at] == ':' {
		method, rest, hasMethod = rest[:at], rest[at+1:], true
	}
	if at := strings.LastIndexByte(rest, '+'); at >= 0 && leadingDigits(rest[at+1:]) == rest[at+1:] {
		c.Children, c.ChildrenDepth = true, depth(rest[at+1:])
		rest = rest[:at]
	}
	c.Value = rest
	if !hasMethod {
		c.Method = defaultMethod(rest)
	} else if err := c.setMethod(method); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

// setMethod takes "method.arg.arg".
func (c *Criterion) setMethod(s string) error {
	parts := strings.Split(s, ".")
	c.Method, c.Args = Method(parts[0]), parts[1:]
	if !slices.Contains(Methods(), c.Method) {
		return unknownMethod(parts[0])
	}
	if len(c.Args) > 0 && c.Method != ByConfig {
		// dbt takes and ignores them; a value in the wrong place is more likely.
		return invalidSpec(c.Raw, "only config takes names after a dot, as in config.materialized")
	}
	return nil
}

func (c *Criterion) check() error {
	if c.ChildrensParents && c.Children {
		return invalidSpec(c.Raw, `"@" prefix and "+" suffix are incompatible`)
	}
	if c.Method == ByConfig && len(c.Args) == 0 {
		return invalidSpec(c.Raw, "config needs the name of a setting, as in config.materialized:table")
	}
	return nil
}

func invalidSpec(raw, why string) error {
	return fault.New(fault.Usage, "Invalid node spec %s - %s", raw, why)
}

func unknownMethod(name string) error {
	names := make([]string, 0, len(Methods()))
	for _, m := range Methods() {
		names = append(names, string(m))
	}
	return fault.New(fault.Usage, "'%s' is not a valid method name", name).
		WithHint("the methods are %s", strings.Join(names, ", "))
}

func defaultMethod(value string) Method {
	lower := strings.ToLower(value)
	switch {
	case strings.Contains(value, "/"):
		return ByPath
	case strings.HasSuffix(lower, ".sql"), strings.HasSuffix(lower, ".py"), strings.HasSuffix(lower, ".csv"):
		return ByFile
	}
	return ByFQN
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

func leadingDigits(s string) string {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return s[:end]
}

// depth reads a number of steps; no number is Unlimited, as is one beyond counting.
func depth(digits string) int {
	if digits == "" {
		return Unlimited
	}
	n := 0
	for _, d := range digits {
		if n > math.MaxInt32/10 {
			return Unlimited
		}
		n = n*10 + int(d-'0')
	}
	return n
}
