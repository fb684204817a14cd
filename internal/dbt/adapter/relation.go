package adapter

import (
	"fmt"
	"strings"
	"time"
)

// RelationType is dbt's name for a kind of relation; "" when not known.
type RelationType string

// The relation types.
const (
	TypeTable            RelationType = "table"
	TypeView             RelationType = "view"
	TypeCTE              RelationType = "cte"
	TypeMaterializedView RelationType = "materialized_view"
	TypeEphemeral        RelationType = "ephemeral"
	TypeExternal         RelationType = "external"
	TypePointerTable     RelationType = "pointer_table"
	TypeFunction         RelationType = "function"
)

// Policy says something of each part of a relation's name: whether it is quoted,
// or whether it is written at all.
type Policy struct{ Database, Schema, Identifier bool }

// All is the policy that says yes to every part; dbt-duckdb's default.
func All() Policy { return Policy{Database: true, Schema: true, Identifier: true} }

// EventTimeFilter narrows a relation to a half-open span of time; the zero time
// leaves that side open.
type EventTimeFilter struct {
	Field      string
	Start, End time.Time
}

// Relation names a table or view. It is a value that never changes after it was
// made: the methods give changed copies.
type Relation struct {
	Database, Schema, Identifier string
	Type                         RelationType
	Quote, Include               Policy
	// External replaces the name with a table function call or a quoted path.
	External string
	// Limit is the number of rows to read, nil for all; 0 reads the shape only.
	Limit *int
	// EventTime filters what is read, nil for everything.
	EventTime *EventTimeFilter
	// Catalog is the configured catalog integration, "" for none.
	Catalog string

	infoSchema bool   // names database.INFORMATION_SCHEMA
	infoView   string // a view in it, "" for none
}

// NewRelation names a relation; "" leaves a part out.
func NewRelation(database, schema, identifier string, typ RelationType, quote Policy) *Relation {
	return &Relation{
		Database: database, Schema: schema, Identifier: identifier,
		Type: typ, Quote: quote, Include: All(),
	}
}

// EphemeralPrefix stands before the CTE name of an ephemeral model.
const EphemeralPrefix = "__dbt__cte__"

// NewEphemeral names the CTE of an ephemeral model.
func NewEphemeral(identifier string) *Relation {
	r := NewRelation("", "", EphemeralPrefix+identifier, TypeCTE, All())
	r.Quote.Identifier = false
	return r
}

// WithLimit gives the relation cut to n rows.
func (r *Relation) WithLimit(n int) *Relation {
	c := *r
	c.Limit = &n
	return &c
}

// WithEventTime gives the relation narrowed by f.
func (r *Relation) WithEventTime(f EventTimeFilter) *Relation {
	c := *r
	c.EventTime = &f
	return &c
}

// WithType gives the relation as another type.
func (r *Relation) WithType(t RelationType) *Relation {
	c := *r
	c.Type = t
	return &c
}

// WithoutIdentifier gives the schema that the relation is in.
func (r *Relation) WithoutIdentifier() *Relation {
	c := *r
	c.Identifier, c.Include.Identifier = "", false
	return &c
}

// InformationSchema gives the information schema of the relation's database, or
// one view of it.
func (r *Relation) InformationSchema(view string) *Relation {
	c := *r
	c.Schema, c.Identifier, c.Type = "", "INFORMATION_SCHEMA", TypeView
	c.Include = Policy{Database: r.Database != "", Identifier: true}
	c.Quote.Identifier = false
	c.External, c.Limit, c.EventTime = "", nil, nil
	c.infoSchema, c.infoView = true, view
	return &c
}

// Render gives the name as SQL, without limit and filter.
func (r *Relation) Render() string {
	if r.External != "" {
		return r.External
	}
	var parts []string
	add := func(include, quote bool, part string) {
		switch {
		case !include || part == "":
		case quote:
			parts = append(parts, Quote(part))
		default:
			parts = append(parts, part)
		}
	}
	add(r.Include.Database, r.Quote.Database, r.Database)
	add(r.Include.Schema, r.Quote.Schema, r.Schema)
	add(r.Include.Identifier, r.Quote.Identifier, r.Identifier)
	if r.infoView != "" {
		parts = append(parts, r.infoView)
	}
	return strings.Join(parts, ".")
}

// String gives what stands after FROM: the name, or a subquery when the relation
// is limited or filtered.
func (r *Relation) String() string {
	name := r.Render()
	if r.Type == TypeFunction {
		return name
	}
	switch {
	case r.Limit == nil:
	case *r.Limit == 0:
		name = "(select * from " + name + " where false limit 0)"
	default:
		name = fmt.Sprintf("(select * from %s limit %d)", name, *r.Limit)
	}
	if r.EventTime != nil {
		if where := r.EventTime.where(); where != "" {
			name = "(select * from " + name + " where " + where + ")"
		}
	}
	return name
}

func (f *EventTimeFilter) where() string {
	var parts []string
	if !f.Start.IsZero() {
		parts = append(parts, f.Field+" >= '"+timestampText(f.Start)+"'")
	}
	if !f.End.IsZero() {
		parts = append(parts, f.Field+" < '"+timestampText(f.End)+"'")
	}
	return strings.Join(parts, " and ")
}

// timestampText writes a moment as Python prints an aware UTC datetime.
func timestampText(t time.Time) string {
	t = t.UTC()
	if t.Nanosecond() == 0 {
		return t.Format("2006-01-02 15:04:05+00:00")
	}
	return t.Format("2006-01-02 15:04:05.000000+00:00")
}

// Quote writes an identifier in double quotes; quotes inside are doubled.
func Quote(identifier string) string {
	return `"` + strings.ReplaceAll(identifier, `"`, `""`) + `"`
}

// Literal writes a text in single quotes; quotes inside are doubled.
func Literal(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// SameName says whether both name one object, as DuckDB compares names: without
// regard to case.
func (r *Relation) SameName(o *Relation) bool {
	return strings.EqualFold(r.Database, o.Database) && strings.EqualFold(r.Schema, o.Schema) &&
		strings.EqualFold(r.Identifier, o.Identifier)
}
