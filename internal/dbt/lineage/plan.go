package lineage

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
)

// node is an operator or expression of the serialized plan.
type node map[string]any

// parsePlan reads what json_serialize_plan gives for one statement.
func parsePlan(text string) (node, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // indexes use all 64 bits
	var doc struct {
		Error        bool   `json:"error"`
		ErrorMessage string `json:"error_message"`
		Plans        []node `json:"plans"`
	}
	if err := d.Decode(&doc); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the engine's plan cannot be read")
	}
	if doc.Error {
		return nil, fault.New(fault.Database, "%s", doc.ErrorMessage)
	}
	if len(doc.Plans) != 1 {
		return nil, fault.New(fault.Invalid, "%d statements where one query is expected", len(doc.Plans))
	}
	return doc.Plans[0], nil
}

func (n node) text(key string) string {
	s, _ := n[key].(string)
	return s
}

// index reads an unsigned number; numbers that are missing are 0, as the engine
// leaves out nothing that matters.
func (n node) index(key string) uint64 { return number(n[key]) }

func (n node) list(key string) []any {
	l, _ := n[key].([]any)
	return l
}

func (n node) sub(key string) node {
	m, _ := n[key].(map[string]any)
	return m
}

func (n node) children() []node {
	list := n.list("children")
	out := make([]node, 0, len(list))
	for _, item := range list {
		if m, ok := item.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

func (n node) bool(key string) bool { return n[key] == true }

func number(v any) uint64 {
	s, ok := v.(json.Number)
	if !ok {
		return 0
	}
	u, err := strconv.ParseUint(s.String(), 10, 64)
	if err != nil {
		return 0
	}
	return u
}
