package adapter

import (
	"context"
	"sort"
	"strings"
	"sync"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Cache knows which relations the warehouse has, so that a build asks the
// catalog once and not for every model. It is safe for concurrent use. Names are
// compared without regard to case, as DuckDB does.
type Cache struct {
	mu      sync.RWMutex
	schemas map[schemaKey]map[string]*Relation // by lower-case identifier
	said    map[string]bool                    // warnings already given in this run
}

type schemaKey struct{ database, schema string }

func keyOf(database, schema string) schemaKey {
	return schemaKey{strings.ToLower(database), strings.ToLower(schema)}
}

// NewCache makes an empty cache that knows no schema.
func NewCache() *Cache {
	return &Cache{schemas: map[schemaKey]map[string]*Relation{}, said: map[string]bool{}}
}

// SchemaRef names a schema.
type SchemaRef struct{ Database, Schema string }

// Load reads the relations of all the schemas with one query. A schema that is
// not there is remembered as empty.
func (c *Cache) Load(ctx context.Context, session warehouse.Session, schemas []SchemaRef) error {
	return c.load(ctx, session, schemas, true)
}

// load is Load that, without replace, keeps schemas which another worker has
// loaded meanwhile: they may know more than this session sees.
func (c *Cache) load(ctx context.Context, session warehouse.Session, schemas []SchemaRef, replace bool) error {
	found := map[schemaKey]map[string]*Relation{}
	for _, s := range schemas {
		found[keyOf(s.Database, s.Schema)] = map[string]*Relation{}
	}
	if len(found) == 0 {
		return nil
	}
	relations, err := listRelations(ctx, session, schemas)
	if err != nil {
		return fault.Wrap(err, fault.CodeOf(err), "cannot list the warehouse's relations")
	}
	for _, r := range relations {
		if s, ok := found[keyOf(r.Database, r.Schema)]; ok {
			s[strings.ToLower(r.Identifier)] = r
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, s := range found {
		if _, known := c.schemas[k]; replace || !known {
			c.schemas[k] = s
		}
	}
	return nil
}

// first says whether message is new to this run.
func (c *Cache) first(message string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.said[message] {
		return false
	}
	c.said[message] = true
	return true
}

func listRelations(ctx context.Context, session warehouse.Session, schemas []SchemaRef) (_ []*Relation, err error) {
	pairs := make([]string, 0, len(schemas))
	seen := map[schemaKey]bool{}
	for _, s := range schemas {
		k := keyOf(s.Database, s.Schema)
		if !seen[k] {
			seen[k] = true
			pairs = append(pairs, "("+Literal(k.database)+", "+Literal(k.schema)+")")
		}
	}
	in := strings.Join(pairs, ", ")
	rows, err := session.Query(ctx, `
select database_name, schema_name, table_name, 'table' from duckdb_tables()
where (lower(database_name), lower(schema_name)) in (`+in+`)
union all
select database_name, schema_name, view_name, 'view' from duckdb_views()
where (lower(database_name), lower(schema_name)) in (`+in+`)`)
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := rows.Close(); err == nil {
			err = cerr
		}
	}()
	var out []*Relation
	for rows.Next() {
		v := rows.Values()
		out = append(out, NewRelation(text(v[0]), text(v[1]), text(v[2]), RelationType(text(v[3])), All()))
	}
	return out, rows.Err()
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// Knows says whether the schema was loaded, so that an absent relation is known
// to be absent.
func (c *Cache) Knows(database, schema string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	_, ok := c.schemas[keyOf(database, schema)]
	return ok
}

// Get gives a relation, or nil when the warehouse has none of that name.
func (c *Cache) Get(database, schema, identifier string) *Relation {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.schemas[keyOf(database, schema)][strings.ToLower(identifier)]
}

// List gives a schema's relations, sorted by name.
func (c *Cache) List(database, schema string) []*Relation {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s := c.schemas[keyOf(database, schema)]
	out := make([]*Relation, 0, len(s))
	for _, r := range s {
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Identifier < out[j].Identifier })
	return out
}

// Add remembers a relation that was made. A relation without a schema, such as a
// temporary table, is not kept.
func (c *Cache) Add(r *Relation) { c.put(r.Database, r.Schema, r.Identifier, plain(r)) }

// Drop forgets a relation.
func (c *Cache) Drop(r *Relation) { c.put(r.Database, r.Schema, r.Identifier, nil) }

// DropSchema remembers a schema as empty.
func (c *Cache) DropSchema(database, schema string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.schemas[keyOf(database, schema)] = map[string]*Relation{}
}

// put sets or, with nil, removes an entry and gives what was there before.
func (c *Cache) put(database, schema, identifier string, r *Relation) *Relation {
	if schema == "" || identifier == "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	k, name := keyOf(database, schema), strings.ToLower(identifier)
	before := c.schemas[k][name]
	switch s, known := c.schemas[k]; {
	case r == nil:
		delete(s, name)
	case known:
		s[name] = r
	default:
		// The schema was never loaded: it stays unknown, for the rest of it is.
	}
	return before
}

// plain strips what belongs to one use of the relation and not to the object.
func plain(r *Relation) *Relation {
	return NewRelation(r.Database, r.Schema, r.Identifier, r.Type, All())
}
