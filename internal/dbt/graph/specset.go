package graph

import (
	"slices"
	"strings"
)

// operation says how a group combines its parts.
type operation int

const (
	single operation = iota // one criterion
	union
	intersection
	difference // the first part without the others
)

// spec is a parsed selection: a criterion, or a group of specs.
type spec struct {
	op        operation
	criterion *Criterion
	parts     []*spec
	// indirect is how a group takes in tests that its parts put aside.
	indirect Indirect
	// raw is the group as written; warn says so when it selects nothing.
	raw  string
	warn bool
}

// everything is what a command selects without --select.
func everything() []string {
	return []string{"fqn:*", "source:*", "exposure:*", "metric:*", "semantic_model:*"}
}

// parseArgs reads --select and --exclude. include nil stands for everything.
func parseArgs(include, exclude []string, indirect Indirect) (*spec, error) {
	warn := include != nil
	if include == nil {
		include = everything()
	}
	included, err := parseUnion(include, indirect, warn)
	if err != nil {
		return nil, err
	}
	excluded, err := parseUnion(exclude, indirect, true)
	if err != nil {
		return nil, err
	}
	return &spec{op: difference, parts: []*spec{included, excluded}, indirect: Eager}, nil
}

// parseUnion reads space-separated unions of comma-separated intersections.
func parseUnion(texts []string, indirect Indirect, warn bool) (*spec, error) {
	out := &spec{op: union, indirect: indirect}
	for _, text := range texts {
		words := strings.Split(text, " ")
		if strings.TrimSpace(text) != "" {
			words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
		}
		for _, word := range words {
			group := &spec{op: intersection, indirect: indirect, raw: word, warn: warn}
			for part := range strings.SplitSeq(word, ",") {
				c, err := ParseCriterion(part)
				if err != nil {
					return nil, err
				}
				c.Indirect = indirect
				group.parts = append(group.parts, &spec{op: single, criterion: c})
			}
			out.parts = append(out.parts, group)
		}
	}
	return out, nil
}
