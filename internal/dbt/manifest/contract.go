package manifest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/kith-analytics/kith/internal/jinja"
)

// ContractSum gives ContractChecksum, which manifests that were read have, or
// makes it.
func (n *Node) ContractSum() string {
	if n.ContractChecksum != "" {
		return n.ContractChecksum
	}
	return SumContract(n)
}

// SumContract makes the checksum of a model's contract as dbt does, "" when no
// contract is enforced: sha256 (hex) of each column's name, type and
// constraints by name, and for tables the materialization and the model's
// constraints. Constraints enter as Python prints dbt's own classes, so that
// manifests of either program compare.
func SumContract(n *Node) string {
	v, _ := n.Config.Get("contract")
	contract, ok := v.(*jinja.Dict)
	if !ok || n.ResourceType != Model {
		return ""
	}
	if enforced, _ := contract.GetStr("enforced"); enforced != true {
		return ""
	}
	var b strings.Builder
	columns := slices.Clone(n.Columns)
	slices.SortStableFunc(columns, func(x, y Column) int { return strings.Compare(x.Name, y.Name) })
	for i := range columns {
		c := &columns[i]
		b.WriteString("|" + c.Name)
		if c.DataType == "" {
			b.WriteString("None")
		}
		b.WriteString(c.DataType)
		b.WriteString(printConstraints("ColumnLevelConstraint", c.Constraints))
	}
	if m := n.Config.Materialized(); m == "table" || m == "incremental" {
		b.WriteString(m)
		b.WriteString(printConstraints("ModelLevelConstraint", n.Constraints))
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

func printConstraints(class string, list []Constraint) string {
	text := func(s string) string {
		if s == "" {
			return "None"
		}
		return jinja.Repr(s)
	}
	names := func(s []string) string {
		items := make([]jinja.Value, 0, len(s))
		for _, name := range s {
			items = append(items, name)
		}
		return jinja.Repr(jinja.NewList(items...))
	}
	out := make([]string, 0, len(list))
	for i := range list {
		c := &list[i]
		s := class + "(type=<ConstraintType." + c.Type + ": " + text(c.Type) + ">, name=" + text(c.Name) +
			", expression=" + text(c.Expression) + ", warn_unenforced=" + jinja.Repr(c.WarnUnenforced) +
			", warn_unsupported=" + jinja.Repr(c.WarnUnsupported) + ", to=" + text(c.To) + ", to_columns=" + names(c.ToColumns)
		if class == "ModelLevelConstraint" {
			s += ", columns=" + names(c.Columns)
		}
		out = append(out, s+")")
	}
	return "[" + strings.Join(out, ", ") + "]"
}
